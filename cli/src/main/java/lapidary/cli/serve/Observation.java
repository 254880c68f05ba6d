package lapidary.cli.serve;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How a service is watched while it runs.
 *
 * @param metricsPort where metrics are answered by themselves, 0 for any free port; beside the rest if empty
 * @param accessLog where lines of the access log go; empty for none
 */
record Observation(OptionalInt metricsPort, Optional<Lines> accessLog) {
  /** Metrics beside the rest, and no access log. */
  static final Observation USUAL = new Observation(OptionalInt.empty(), Optional.empty());

  /** Opens what takes lines, from any thread. */
  @FunctionalInterface
  interface Lines {
    /**
     * Opens it.
     *
     * @param owner closes what is opened
     */
    Consumer<String> open(Serving owner);
  }
}
