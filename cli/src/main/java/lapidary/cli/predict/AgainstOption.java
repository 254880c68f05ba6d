package lapidary.cli.predict;

import java.nio.file.Path;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which other file a file is held against. */
final class AgainstOption {
  private static final double USUAL = 0.01;

  @Option(
      names = "--against",
      paramLabel = "OTHER.onnx",
      description =
          "Compare with a second file on the same rows: scores, answers row by row, speed by"
              + " turns, size.")
  private @Nullable Path against;

  @Option(
      names = "--tolerance",
      paramLabel = "SHARE",
      description =
          "With --against: numbers that differ by no more than this share of the other file's mean"
              + " answer count as the same; default 0.01.")
  private @Nullable Double tolerance;

  /** @throws InvalidInputException if there is a tolerance and no file */
  Optional<Path> file() {
    if (against == null && tolerance != null) {
      throw new InvalidInputException(
          "--tolerance is for comparing two files; give --against OTHER.onnx too, or omit it");
    }
    return Optional.ofNullable(against);
  }

  double tolerance() {
    return tolerance == null ? USUAL : tolerance;
  }
}
