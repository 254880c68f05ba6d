package lapidary.search.http.log;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a distributed trace a request was sent, as its header {@code traceparent} tells. W3C Trace Context, §3.2.
 *
 * @param traceId of the whole trace, 32 lower-case hexadecimal digits, not all 0
 * @param parentId of the step that sent the request, 16 of them
 * @param flags 8 bits; the lowest says that the sender may have recorded it
 */
record TraceParent(String traceId, String parentId, int flags) {
  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  private static final String NO_VERSION = "ff";
  private static final Pattern ZEROS = Pattern.compile("0+");

  /**
   * From the headers of that name; empty if there is not exactly one, or it is malformed: then there is no trace. A later version is
   * read as far as this one is in it.
   */
  static Optional<TraceParent> of(List<String> headers) {
    return headers.size() == 1 ? of(headers.get(0)) : Optional.empty();
  }

  private static Optional<TraceParent> of(String header) {
    Matcher parts = FORM.matcher(header);
    if (!parts.matches() || !isVersion(parts.group(1), parts.group(5) != null)) {
      return Optional.empty();
    }
    String trace = parts.group(2);
    String parent = parts.group(3);
    return ZEROS.matcher(trace).matches() || ZEROS.matcher(parent).matches()
        ? Optional.empty()
        : Optional.of(new TraceParent(trace, parent, Integer.parseInt(parts.group(4), 16)));
  }

  /** Only later versions than 00 may go on behind the flags. */
  private static boolean isVersion(String version, boolean goesOn) {
    return !version.equals(NO_VERSION) && !(version.equals("00") && goesOn);
  }
}
