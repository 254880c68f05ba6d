package lapidary.search.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lapidary.search.http.route.Route;

/** The rows of the table that a person's browser loads. Each page is one file with the form in it that asks for a token. Stateless. */
final class Pages {
  /** Stands in each page where the form goes. */
  private static final String FORM = "access.html";

  private Pages() {}

  static List<Route> all() {
    String form = text(FORM);
    return List.of(
        page("/", "page.html", form),
        page("/movies", "movies.html", form),
        page("/space", "space.html", form));
  }

  private static Route page(String path, String resource, String form) {
    byte[] page =
        text(resource).replace("<!-- " + FORM + " -->", form).getBytes(StandardCharsets.UTF_8);
    return Route.open(path, exchange -> {
      // Nothing from elsewhere may run or be loaded, whatever an item's text says.
      exchange.header(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self';"
              + " img-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
      exchange.answer("text/html;charset=utf-8", page);
    });
  }

  private static String text(String resource) {
    return new String(Resources.bytes(resource), StandardCharsets.UTF_8);
  }
}
