package lapidary.search.http.route;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.OptionalLong;
import lapidary.models.InvalidInputException;

/**
 * Until when a client waits for its answer, as a header tells: what would come too late is not begun. Immutable, thread-safe.
 *
 * @param end on the clock of {@link System#nanoTime}; empty if the client has not said
 * @param milliseconds what it has said
 */
record Deadline(OptionalLong end, int milliseconds) {
  /** What Envoy, and Istio with it, sets on each request it passes on; milliseconds, 0 for no end. */
  private static final String HEADER = "X-Envoy-Expected-Rq-Timeout-Ms";

  /** Of a request whose head has just arrived. */
  static Deadline of(Context context) {
    String text = context.header(HEADER);
    if (text == null) {
      return new Deadline(OptionalLong.empty(), 0);
    }
    // Nine digits fit an int.
    if (!text.matches("[0-9]{1,9}")) {
      throw new InvalidInputException(HEADER + " is " + text + "; give whole milliseconds");
    }
    int milliseconds = Integer.parseInt(text);
    return milliseconds == 0
        ? new Deadline(OptionalLong.empty(), 0)
        : new Deadline(
            OptionalLong.of(System.nanoTime() + Duration.ofMillis(milliseconds).toNanos()),
            milliseconds);
  }

  /** Whether the client has said. */
  boolean isGiven() {
    return end.isPresent();
  }

  /** Nanoseconds that a stage may take which may take so long at most. */
  long left(Duration most) {
    return end.isEmpty()
        ? most.toNanos()
        : Math.min(most.toNanos(), end.getAsLong() - System.nanoTime());
  }

  /** Why a stage was given up: by the client's end, if that has passed. */
  HttpProblem missed(HttpProblem otherwise) {
    return end.isPresent() && end.getAsLong() - System.nanoTime() <= 0
        ? new HttpProblem(
            504,
            "the " + milliseconds + " ms that the header " + HEADER
                + " gives have passed; allow more")
        : otherwise;
  }
}
