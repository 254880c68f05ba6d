package lapidary.search.http;

import java.util.List;
import lapidary.search.http.route.Route;

/** The rows of the table that a person's browser loads. Stateless. */
final class Pages {
  private Pages() {}

  static List<Route> all() {
    return List.of(
        page("/", "page.html"), page("/movies", "movies.html"), page("/space", "space.html"));
  }

  private static Route page(String path, String resource) {
    byte[] page = Resources.bytes(resource);
    return Route.open(path, exchange -> {
      // Nothing from elsewhere may run or be loaded, whatever an item's text says.
      exchange.header(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self';"
              + " img-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
      exchange.answer("text/html;charset=utf-8", page);
    });
  }
}
