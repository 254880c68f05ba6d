package lapidary.cli;

import java.io.PrintWriter;
import lapidary.exporter.ParityRows;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Parity;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ImageDatasets;
import lapidary.trainer.data.LabelledImages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How parity is checked: on which rows and how strictly. */
final class ParityOption {
  private static final int ROWS = 8;

  @Option(
      names = "--tolerance",
      paramLabel = "T",
      description = "Largest relative difference allowed; default 1e-4, for fp16 1e-2.")
  private @Nullable Double tolerance;

  @Option(
      names = "--data",
      paramLabel = "NAME|PATH",
      description = "Rows for the parity check; default the model's own data.")
  private @Nullable String data;

  @Nullable
  Double tolerance() {
    return tolerance;
  }

  /** Real rows of the data the model was trained on; random ones, said so, if that data is not at hand. */
  ParityRows rows(ModelDescription description, Console console) {
    String name = data == null ? description.provenance().data().name() : data;
    try {
      LabelledImages rows = ImageDatasets.load(
              name, DataRoots.fromEnvironment(console.environment()))
          .test();
      return ParityRows.validation(rows.pixels().slice(0, Math.min(ROWS, rows.count())));
    } catch (InvalidInputException | EnvironmentException e) {
      if (data != null) {
        throw e;
      }
      console
          .err()
          .println("lapidary: parity is checked on random rows, since " + name
              + " is not at hand; name rows with --data");
      return ParityRows.random(description.provenance().seed());
    }
  }

  static void print(Parity parity, PrintWriter out) {
    out.printf(
        "parity on %s rows, batches %s: worst relative difference %.1e (allowed %.1e)%n",
        parity.rows(), parity.batches(), parity.worstRelative(), parity.tolerance());
    parity
        .outputs()
        .forEach(d -> out.printf(
            "  %-14s absolute %.1e, relative %.1e%s%n",
            d.output(), d.absolute(), d.relative(), d.sameTop1() ? "" : ", another top answer"));
  }
}
