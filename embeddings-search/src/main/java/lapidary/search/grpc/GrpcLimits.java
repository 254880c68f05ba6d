package lapidary.search.grpc;

import java.time.Duration;
import lapidary.models.InvalidInputException;

/**
 * What a gRPC server takes. Messages that are worked on or wait for it are bounded by {@code messageBytes} times {@code workers} and
 * {@code waiting} together, those on their way by {@code arrivingBytes}.
 *
 * @param messageBytes the longest message
 * @param workers calls that are worked on by threads of the server at the same time
 * @param waiting further calls that may wait; more are refused with RESOURCE_EXHAUSTED
 * @param arrivingBytes of all messages on their way together; a call that would take more is refused with RESOURCE_EXHAUSTED
 * @param arrival the longest that a message may be on its way; then its call ends with DEADLINE_EXCEEDED
 * @param stopTime the longest that stopping waits for calls in flight
 */
public record GrpcLimits(
    int messageBytes,
    int workers,
    int waiting,
    long arrivingBytes,
    Duration arrival,
    Duration stopTime) {
  private static final int USUAL_MESSAGE = 16 << 20;
  private static final int USUAL_WAITING = 64;

  /** Refuses limits that let nothing through. */
  public GrpcLimits {
    if (messageBytes < 1
        || workers < 1
        || waiting < 0
        || arrivingBytes < messageBytes
        || arrival.toMillis() < 1
        || stopTime.isNegative()) {
      throw new InvalidInputException(
          "limits of " + messageBytes + " bytes, " + workers + " workers, " + waiting + " waiting, "
              + arrivingBytes + " bytes arriving, " + arrival + " and " + stopTime
              + " let nothing through; raise them");
    }
  }

  /**
   * A worker a processor, 64 waiting, half a minute for a message and for stopping. Messages have up to 16 MiB, less where a quarter of
   * the heap has no room for as many as may be worked on and wait; those arriving take a quarter of the heap's size outside of it.
   */
  public static GrpcLimits usual() {
    int workers = Runtime.getRuntime().availableProcessors();
    long quarter = Runtime.getRuntime().maxMemory() / 4;
    int message = (int) Math.min(USUAL_MESSAGE, quarter / (workers + USUAL_WAITING));
    Duration halfMinute = Duration.ofSeconds(30);
    return new GrpcLimits(
        message, workers, USUAL_WAITING, Math.max(message, quarter), halfMinute, halfMinute);
  }
}
