package lapidary.cli.train;

import java.util.List;
import lapidary.models.Tabular;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.kind.TableModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The size of tabular's network. */
final class LayersOption {
  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "N",
      description = "tabular: widths of the hidden layers; default 200,100.")
  private List<Integer> layers = List.of();

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description = "tabular: dropout after each hidden layer; default 0.1.")
  private @Nullable Double dropout;

  @Option(
      names = "--embedding-dropout",
      paramLabel = "P",
      description = "tabular: dropout on the embeddings; default 0.04.")
  private @Nullable Double embeddingDropout;

  boolean given() {
    return !layers.isEmpty() || dropout != null || embeddingDropout != null;
  }

  ModelChoice applyTo(ModelChoice choice) {
    if (!(choice instanceof TableModel table)) {
      return choice;
    }
    Tabular.Hidden usual = table.hidden();
    return new TableModel(new Tabular.Hidden(
        layers.isEmpty() ? usual.layers() : layers,
        dropout == null ? usual.dropout() : dropout,
        embeddingDropout == null ? usual.embeddingDropout() : embeddingDropout));
  }
}
