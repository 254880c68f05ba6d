package lapidary.search.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.regex.Pattern;

/**
 * Lets requests in that call this server by a name of this very machine. A page of a foreign site can make its own name point to
 * loopback (DNS rebinding) and would then read what a server without a token answers; its requests still carry its name. Stateless.
 */
final class LocalName {
  private static final Pattern LOCAL =
      Pattern.compile("(?i)(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

  private LocalName() {}

  static void require(Context context) {
    String host = context.header(Header.HOST);
    if (host == null || !LOCAL.matcher(host).matches()) {
      throw new HttpProblem(
          403, "this server answers this machine only; call it localhost, 127.0.0.1 or [::1]");
    }
  }
}
