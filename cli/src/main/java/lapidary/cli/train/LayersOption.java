package lapidary.cli.train;

import java.util.List;
import lapidary.models.Tabular;
import lapidary.trainer.kind.TableModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The layers of a network for tables. */
final class LayersOption {
  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "N",
      description = "Widths of the hidden layers; default 200,100.")
  private List<Integer> layers = List.of();

  @Option(names = "--dropout", paramLabel = "P", description = "Dropout after each hidden layer.")
  private @Nullable Double dropout;

  @Option(
      names = "--embedding-dropout",
      paramLabel = "P",
      description = "Dropout on the embeddings.")
  private @Nullable Double embeddingDropout;

  TableModel applyTo(TableModel model) {
    Tabular.Hidden usual = model.hidden();
    return new TableModel(new Tabular.Hidden(
        layers.isEmpty() ? usual.layers() : layers,
        dropout == null ? usual.dropout() : dropout,
        embeddingDropout == null ? usual.embeddingDropout() : embeddingDropout));
  }
}
