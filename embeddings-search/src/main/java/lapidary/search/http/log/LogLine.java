package lapidary.search.http.log;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import lapidary.search.http.route.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lines of JSON, one an event. Stateless. */
final class LogLine {
  private LogLine() {}

  static String of(Record event) {
    return new String(Json.bytes(event), StandardCharsets.UTF_8);
  }

  /** Now, in UTC, to the millisecond. */
  static String now() {
    return Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** Takes lines to a logger, at level INFO. */
  static Consumer<String> toLogger(String name) {
    Logger log = LoggerFactory.getLogger(name);
    return line -> log.info("{}", line);
  }
}
