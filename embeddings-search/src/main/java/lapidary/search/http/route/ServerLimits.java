package lapidary.search.http.route;

import java.time.Duration;
import lapidary.models.InvalidInputException;

/**
 * What a server takes.
 *
 * @param bodyBytes the longest request body; one of JSON has 4 MiB at most
 * @param workers requests that are worked on at the same time
 * @param waiting further requests that may wait, as far as all bodies fit into a quarter of the heap; more are answered with
 *     status 429
 * @param time the longest that a request may take to arrive, and then again to be worked on
 * @param stopTime the longest that stopping waits for requests in flight
 */
public record ServerLimits(
    int bodyBytes, int workers, int waiting, Duration time, Duration stopTime) {
  /** Refuses limits that let nothing through. */
  public ServerLimits {
    if (bodyBytes < 1
        || workers < 1
        || waiting < 0
        || time.toMillis() < 1
        || stopTime.isNegative()) {
      throw new InvalidInputException(
          "limits of " + bodyBytes + " bytes, " + workers + " workers, " + waiting + " waiting, "
              + time + " and " + stopTime + " let nothing through; raise them");
    }
  }

  /** 16 MiB, a worker a processor, 64 waiting, half a minute for a request and for stopping. */
  public static ServerLimits usual() {
    Duration halfMinute = Duration.ofSeconds(30);
    return new ServerLimits(
        16 << 20, Runtime.getRuntime().availableProcessors(), 64, halfMinute, halfMinute);
  }
}
