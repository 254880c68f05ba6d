package lapidary.search.http.log;

import io.javalin.http.Context;
import java.util.function.Consumer;
import lapidary.search.access.Holder;
import lapidary.search.http.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * A line of JSON for each request that is to change something, written before its answer is sent: by whom, what, and how it went.
 * Thread-safe.
 */
public final class AuditLog {
  private final Consumer<String> out;

  /** @param out takes the lines, from any thread */
  public AuditLog(Consumer<String> out) {
    this.out = out;
  }

  /** To the logger {@code lapidary.audit}, at level INFO. */
  public static AuditLog toLogger() {
    return new AuditLog(LogLine.toLogger("lapidary.audit"));
  }

  /**
   * A line.
   *
   * @param at when it had been done, in UTC
   * @param request its id
   * @param who the name that goes with the token; left out if none was wanted or the token is unknown
   * @param from the address that sent it
   * @param path as it was sent
   * @param status of the answer
   */
  private record Line(
      String at,
      String request,
      @Nullable String who,
      String from,
      String method,
      String path,
      int status) {}

  /** Whatever was asked is about to be answered. */
  public void end(Context context) {
    Call call = Call.of(context);
    if (call.route().filter(Route::writes).isPresent()) {
      out.accept(LogLine.of(new Line(
          LogLine.now(),
          call.id(),
          call.holder().map(Holder::name).orElse(null),
          context.ip(),
          context.method().name(),
          context.path(),
          context.statusCode())));
    }
  }
}
