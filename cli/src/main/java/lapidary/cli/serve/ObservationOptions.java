package lapidary.cli.serve;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import lapidary.models.InvalidInputException;
import lapidary.search.http.log.LineFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How a service is watched while it runs. */
@Command
final class ObservationOptions {
  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Answer GET /metrics (Prometheus) at this port of the same host, 0 for any free one, to everybody and without a token;"
              + " else it is answered beside the rest, where tokens are wanted to who may read.")
  private @Nullable Integer metricsPort;

  @Option(
      names = "--access-log",
      arity = "0..1",
      fallbackValue = STANDARD_OUTPUT,
      paramLabel = "FILE",
      description =
          "Write a line of JSON for each request to this file, at its end, or without a file to standard output.")
  private @Nullable String accessLog;

  /**
   * What was asked for.
   *
   * @param out standard output
   */
  Observation observation(PrintWriter out) {
    if (metricsPort != null && (metricsPort < 0 || metricsPort > 65_535)) {
      throw new InvalidInputException(
          "--metrics-port " + metricsPort + " is out of range; give 0 to 65535");
    }
    return new Observation(
        metricsPort == null ? OptionalInt.empty() : OptionalInt.of(metricsPort), lines(out));
  }

  private Optional<Observation.Lines> lines(PrintWriter out) {
    return Optional.ofNullable(accessLog)
        .map(place -> place.equals(STANDARD_OUTPUT)
            ? owner -> out::println
            : owner -> owner.own(LineFile.open(Path.of(place))));
  }
}
