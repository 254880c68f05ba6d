package lapidary.runtime.isolated;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a child ended.
 *
 * @param code exit code, 128 and the signal's number if it died of one, or {@link #TOO_LATE}
 * @param said what it printed, a line each
 * @param crash what Java wrote of a crash, or nothing
 * @param log what it printed as errors
 */
public record Ending(int code, List<String> said, List<String> crash, List<String> log) {
  /** The code of a child that was killed because its time was over. */
  public static final int TOO_LATE = -1;

  private static final int SIGNAL = 128;
  private static final int SIGKILL = 9;
  private static final Pattern CAUSE = Pattern.compile("#\\s+(SIG[A-Z]+|EXCEPTION_[A-Z_]+)\\b.*");

  /** Copies the lists. */
  public Ending {
    said = List.copyOf(said);
    crash = List.copyOf(crash);
    log = List.copyOf(log);
  }

  /** Whether Java found its classes and the program began. */
  public boolean hasBegun() {
    return said.contains(Guard.READY);
  }

  /** The last line it printed that begins with this, without it. */
  public Optional<String> last(String beginning) {
    return said.stream()
        .filter(line -> line.startsWith(beginning))
        .reduce((first, second) -> second)
        .map(line -> line.substring(beginning.length()));
  }

  /** What it died of, such as {@code SIGSEGV (exit code 134)}, to be read after "it died of". */
  public String cause() {
    if (code == TOO_LATE) {
      return "its deadline: it was killed";
    }
    if (isOutOfMemory()) {
      return "a lack of memory (exit code " + code + ")";
    }
    if (code == SIGNAL + SIGKILL) {
      return "signal 9 (exit code 137), which the system sends when memory runs out";
    }
    return crash.stream()
        .map(CAUSE::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1) + " (exit code " + code + ")")
        .findFirst()
        .orElse(
            code > SIGNAL
                ? "signal " + (code - SIGNAL) + " (exit code " + code + ")"
                : "exit code " + code);
  }

  /** The first lines of what it printed as errors, as one. */
  public String complaint() {
    String text = String.join(" ", log.stream().limit(3).toList()).strip();
    return text.isEmpty() ? cause() : text;
  }

  private boolean isOutOfMemory() {
    return Stream.of(crash, log, said)
        .flatMap(List::stream)
        .anyMatch(line -> line.contains("OutOfMemoryError")
            || line.contains("insufficient memory")
            || line.contains("std::bad_alloc"));
  }
}
