package lapidary.cli.search;

import java.util.Optional;
import lapidary.models.DecimalNumber;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.PcaOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how vectors are reduced. */
final class PcaOption {
  @Option(
      names = "--components",
      paramLabel = "K|SHARE",
      description =
          "Keep K principal components, such as 32, or as many as explain a share, such as 0.95.")
  private @Nullable String components;

  @Option(names = "--pca", hidden = true, description = "What --components was called before.")
  @SuppressWarnings("UnusedMethod") // picocli calls it
  private void pca(String text) {
    components = text;
  }

  @Option(names = "--uncentred", description = "Do not subtract the mean before the PCA.")
  private boolean uncentred;

  @Option(names = "--whiten", description = "Scale every component to variance 1.")
  private boolean whiten;

  Optional<PcaOptions> options() {
    if (components == null) {
      if (uncentred || whiten) {
        throw new InvalidInputException(
            "--uncentred and --whiten say how to reduce; give --components as well");
      }
      return Optional.empty();
    }
    PcaOptions options = parse(components);
    options = uncentred ? options.notCentred() : options;
    return Optional.of(whiten ? options.whitening() : options);
  }

  private static PcaOptions parse(String text) {
    try {
      return text.contains(".")
          ? PcaOptions.explaining(DecimalNumber.toDouble(text))
          : PcaOptions.keeping(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "--components " + text + " is neither a number of components nor a share such as 0.95",
          e);
    }
  }
}
