package lapidary.search.http.log;

import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names requests, so that a client's complaint is found in the logs: as the client or a proxy named it, or else by a number behind
 * eight digits that each server has of when and as which process it began. Thread-safe.
 */
final class RequestIds {
  static final String HEADER = "X-Request-Id";

  /** Long enough for what proxies send; nothing that could end a line of a log, or be read as markup. */
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:+/=@~-]{1,128}");

  private final String own;
  private final AtomicLong last = new AtomicLong();

  RequestIds() {
    long process = ProcessHandle.current().pid();
    this.own = HexFormat.of()
        .toHexDigits(Objects.hash(process, System.currentTimeMillis(), System.nanoTime()));
  }

  /** @param sent what the header says, or null without one */
  String of(@Nullable String sent) {
    return Optional.ofNullable(sent)
        .filter(id -> SANE.matcher(id).matches())
        .orElseGet(() -> own + "-" + last.incrementAndGet());
  }
}
