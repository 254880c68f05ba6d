package lapidary.search.grpc;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.grpc.Status;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import lapidary.search.access.Holder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line of JSON for each call that is to change something: by whom, what, and how it went. Thread-safe. */
final class CallAudit {
  private static final Logger LOG = LoggerFactory.getLogger("lapidary.audit");

  private final JsonMapper json = JsonMapper.builder()
      .defaultPropertyInclusion(
          JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
      .build();
  private final Consumer<String> out;

  /** @param out takes the lines, from any thread */
  CallAudit(Consumer<String> out) {
    this.out = out;
  }

  /** To the logger {@code lapidary.audit}, at level INFO, as the HTTP server does. */
  static CallAudit toLogger() {
    return new CallAudit(line -> LOG.info("{}", line));
  }

  /**
   * A line.
   *
   * @param at when it had been answered, in UTC
   * @param who the name that goes with the token; left out if none was wanted or the token is unknown
   * @param from the address that called
   * @param path the method, and behind it the model if the call came so far
   * @param status of the answer
   */
  private record Line(
      String at, @Nullable String who, String from, String method, String path, String status) {}

  void line(Caller caller, String path, Status.Code status) {
    Line line = new Line(
        Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS).toString(),
        caller.holder().map(Holder::name).orElse(null),
        caller.address(),
        "GRPC",
        "/" + path,
        status.name());
    try {
      out.accept(json.writeValueAsString(line));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line of texts cannot be written as JSON", e);
    }
  }
}
