package lapidary.search.http.access;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests that call this server by a name of this very machine. A page of a foreign site can make its own name point to
 * loopback (DNS rebinding) and would then read what a server without a token answers; its requests still carry its name. Stateless.
 */
public final class LocalName {
  private static final Pattern LOCAL =
      Pattern.compile("(?i)(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

  private LocalName() {}

  /**
   * Whether a request is for this machine.
   *
   * @param host the header of that name, or null if there is not one
   */
  public static boolean is(@Nullable String host) {
    return host != null && LOCAL.matcher(host).matches();
  }
}
