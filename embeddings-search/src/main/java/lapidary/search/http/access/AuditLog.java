package lapidary.search.http.access;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import lapidary.search.access.Holder;
import lapidary.search.http.route.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line of JSON for each request that is to change something, written once it has been answered: by whom, what, and how it went.
 * Thread-safe.
 */
public final class AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger("lapidary.audit");
  private static final String ENTRY = "lapidary.audit";

  private final Consumer<String> out;

  /** @param out takes the lines, from any thread */
  public AuditLog(Consumer<String> out) {
    this.out = out;
  }

  /** To the logger {@code lapidary.audit}, at level INFO. */
  public static AuditLog toLogger() {
    return new AuditLog(line -> LOG.info("{}", line));
  }

  /** What is known before the answer. */
  private record Entry(Optional<Holder> holder) {}

  /**
   * A line.
   *
   * @param at when it had been answered, in UTC
   * @param who the name that goes with the token; left out if none was wanted or the token is unknown
   * @param from the address that sent it
   * @param path as it was sent
   * @param status of the answer
   */
  private record Line(
      String at, @Nullable String who, String from, String method, String path, int status) {}

  /** A request is to change something. */
  public void begin(Context context, Optional<Holder> holder) {
    context.attribute(ENTRY, new Entry(holder));
  }

  /** Whatever was asked has been answered. */
  public void end(Context context) {
    Entry entry = context.attribute(ENTRY);
    if (entry != null) {
      Line line = new Line(
          Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS).toString(),
          entry.holder().map(Holder::name).orElse(null),
          context.ip(),
          context.method().name(),
          context.path(),
          context.statusCode());
      out.accept(new String(Json.bytes(line), StandardCharsets.UTF_8));
    }
  }
}
