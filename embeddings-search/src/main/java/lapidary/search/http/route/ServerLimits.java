package lapidary.search.http.route;

import java.time.Duration;
import lapidary.models.InvalidInputException;

/**
 * What a server takes. A third of the memory is for what is on its way: bodies until they are worked on, answers until they are read.
 * A third is for small work, and one for large work, which is done by other threads: a search by id does not wait for pictures.
 * Immutable, thread-safe.
 *
 * @param bodyBytes the longest request body, unpacked
 * @param workers requests of small work that are done at the same time, and of large work as far as memory allows
 * @param waiting further requests of each that may wait; more are answered with status 429
 * @param time the longest that the head of a request may take to arrive, then again its body, its turn and its work, and its answer
 *     until it is read
 * @param stopTime the longest that stopping waits for requests in flight
 * @param memory bytes of the heap that all requests together may take; the other limits follow from it
 */
public record ServerLimits(
    int bodyBytes, int workers, int waiting, Duration time, Duration stopTime, long memory) {
  /** A body up to this long is small work, if it is JSON. */
  static final int SMALL_BODY = 64 << 10;

  /** What large work should have, so that a photo of 12 million pixels fits. */
  private static final long LARGE_WORK = 128L << 20;

  /** How many times its bytes a tree of JSON takes. */
  private static final int TREE = 30;
  /** Bytes of a pixel while a picture is decoded, turned and made smaller; a quarter more is for the file and its copies. */
  private static final int PIXEL = 8;

  private static final int MOST_JSON = 4 << 20;
  private static final int MOST_PIXELS = 100_000_000;
  private static final int MOST_ANSWER = 32 << 20;
  private static final int MOST_CONNECTIONS = 10_000;
  /** Of the head of a request, of buffers, and of what knows about them. */
  private static final int CONNECTION = 64 << 10;

  /** Refuses limits that let nothing through. */
  public ServerLimits {
    if (bodyBytes < 1
        || workers < 1
        || waiting < 0
        || time.toMillis() < 1
        || stopTime.isNegative()
        || memory < 1 << 20) {
      throw new InvalidInputException(
          "limits of " + bodyBytes + " bytes, " + workers + " workers, " + waiting + " waiting, "
              + time + ", " + stopTime + " and " + memory
              + " bytes of memory let nothing through; raise them");
    }
  }

  /** Three quarters of the heap. */
  public ServerLimits(int bodyBytes, int workers, int waiting, Duration time, Duration stopTime) {
    this(bodyBytes, workers, waiting, time, stopTime, threeQuarters());
  }

  private static long threeQuarters() {
    return Runtime.getRuntime().maxMemory() / 4 * 3;
  }

  /**
   * Of three quarters of the heap; bodies of 16 MiB, where an eighth of what is for bodies and answers is as much; a worker a processor,
   * 64 waiting, half a minute for each stage of a request and for stopping.
   */
  public static ServerLimits usual() {
    Duration halfMinute = Duration.ofSeconds(30);
    int bodyBytes = (int) Math.min(16 << 20, threeQuarters() / 3 / 8);
    return new ServerLimits(
        bodyBytes, Runtime.getRuntime().availableProcessors(), 64, halfMinute, halfMinute);
  }

  public ServerLimits withMemory(long bytes) {
    return new ServerLimits(bodyBytes, workers, waiting, time, stopTime, bytes);
  }

  /** Bytes of bodies and answers that are on their way. */
  long onTheWay() {
    return Math.max(bodyBytes, memory / 3);
  }

  /** Requests of large work that are done at the same time. */
  int largeWorkers() {
    return (int) Math.max(1, Math.min(workers, memory / 3 / LARGE_WORK));
  }

  private long largeWork() {
    return memory / 3 / largeWorkers();
  }

  /** The longest body of JSON, unpacked. */
  public int jsonBytes() {
    return (int) Math.min(MOST_JSON, largeWork() / TREE);
  }

  /** The largest picture. */
  public int pixels() {
    return (int) Math.min(MOST_PIXELS, largeWork() / 4 * 3 / PIXEL);
  }

  /** The longest answer; while it is written there are two of it beside what it tells of. */
  public int answerBytes() {
    return (int) Math.min(MOST_ANSWER, memory / 3 / workers / 4);
  }

  /** Connections that are open at the same time; more are left waiting by the system. */
  public int connections() {
    return (int) Math.max(1, Math.min(MOST_CONNECTIONS, memory / CONNECTION));
  }
}
