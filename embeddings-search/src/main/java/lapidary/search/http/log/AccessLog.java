package lapidary.search.http.log;

import java.util.function.Consumer;
import lapidary.search.access.Holder;
import lapidary.search.http.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * A line of JSON for each request, written once it has been answered. Neither headers are in it nor what stands behind a question
 * mark, so no token is. Thread-safe.
 */
public final class AccessLog implements CallObserver {
  private final Consumer<String> out;

  /** @param out takes the lines, from any thread; such as a {@link LineFile} */
  public AccessLog(Consumer<String> out) {
    this.out = out;
  }

  /** To the logger {@code lapidary.access}, at level INFO. */
  public static AccessLog toLogger() {
    return new AccessLog(LogLine.toLogger("lapidary.access"));
  }

  /**
   * A line.
   *
   * @param at when it had been answered, in UTC
   * @param request its id
   * @param trace the trace that its client says it is part of; left out if it says none
   * @param who the name that goes with the token; left out if none was wanted or the token is unknown
   * @param from the address that sent it
   * @param path as it was sent, without what stands behind the question mark
   * @param route the row of the table that answered; left out if there is not one
   * @param status of the answer
   * @param bytes of the answer's content
   * @param millis that it took
   */
  private record Line(
      String at,
      String request,
      @Nullable String trace,
      @Nullable String who,
      String from,
      String method,
      String path,
      @Nullable String route,
      int status,
      long bytes,
      double millis) {
    static Line of(Ended ended) {
      Call call = ended.call();
      return new Line(
          LogLine.now(),
          call.id(),
          call.trace().orElse(null),
          call.holder().map(Holder::name).orElse(null),
          ended.from(),
          ended.method(),
          ended.path(),
          call.route().map(Route::path).orElse(null),
          ended.status(),
          ended.bytes(),
          Math.round(ended.nanos() / 1e3) / 1e3);
    }
  }

  @Override
  public void ended(Ended ended) {
    out.accept(LogLine.of(Line.of(ended)));
  }
}
