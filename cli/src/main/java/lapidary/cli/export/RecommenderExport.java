package lapidary.cli.export;

import java.nio.file.Path;
import java.util.Optional;
import lapidary.cli.console.Console;
import lapidary.exporter.ExportOptions;
import lapidary.exporter.OnnxExporter;
import lapidary.models.Catalogue;
import lapidary.models.DescriptionCodec;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.trainer.TrainedModel;
import org.jspecify.annotations.Nullable;

/** The item file of a recommender: embeddings, biases, and the catalogue as metadata. Stateless. */
final class RecommenderExport {
  private RecommenderExport() {}

  /** Refuses an item file of a model that has no items, before anything is written. */
  static void requireFits(TrainedModel trained, @Nullable Path items) {
    if (items != null && !trained.recommends()) {
      throw new InvalidInputException(
          trained.description().architecture().name() + " has no items; omit --items");
    }
  }

  /** Refuses two files of one name. */
  static void requireTwo(Path ratings, @Nullable Path items) {
    if (items != null
        && items.toAbsolutePath().normalize().equals(ratings.toAbsolutePath().normalize())) {
      throw new InvalidInputException(
          items + " cannot be the rating file and the item file; give --items another name");
    }
  }

  /** The item file to write beside the rating file, if one is asked for. */
  static Optional<OnnxExporter.Job> items(
      TrainedModel trained,
      @Nullable Path target,
      ExportOptions options,
      ParityOption parity,
      Console console) {
    if (target == null) {
      return Optional.empty();
    }
    ModelDescription description = trained.itemDescription();
    Catalogue catalogue = trained.catalogue();
    return Optional.of(new OnnxExporter.Job(
        trained.itemBlock(),
        description,
        target,
        options.withMetadata(DescriptionCodec.toMetadata(catalogue)),
        parity.rows(description, trained.data(), console)));
  }
}
