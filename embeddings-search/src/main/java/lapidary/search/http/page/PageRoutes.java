package lapidary.search.http.page;

import io.javalin.http.Header;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lapidary.search.http.route.EntityTag;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.HttpProblem;
import lapidary.search.http.route.Route;

/**
 * The rows of the table that a person's browser loads: one shell for every view, the files it asks for, and where the page of films was
 * before. Open to everybody, since a browser has no token before the page asks for it; nothing here tells of the data. Thread-safe.
 */
public final class PageRoutes {
  private static final String FILES = "/page";

  /** Nothing from elsewhere may run or be loaded, whatever an item's text says. */
  private static final String POLICY = String.join(
      "; ",
      "default-src 'self'",
      "img-src 'self' blob: data:",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'none'");

  private static final String FIRST_VIEW = "photos";
  private static final List<String> VIEWS = List.of(FIRST_VIEW, "space", "films", "models");

  /** Parts of a path below the folder's, deepest last: a parameter of a route is one part. */
  private static final List<String> PARTS = List.of("version", "folder", "part", "file");

  /** Asked again each time and answered 304: a new version of the server is seen at once. */
  private static final String ASK_AGAIN = "no-cache";

  /** What an address with its version gives never changes. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private static final Pattern VERSION = Pattern.compile("(v-[0-9a-f]+)/(.+)");

  private final PageFiles files = new PageFiles();
  private final Shell shell = new Shell(files);

  /** All of them. */
  public List<Route> all() {
    Stream<Route> views = Stream.concat(
        Stream.of(view("/", FIRST_VIEW)), VIEWS.stream().map(view -> view("/" + view, view)));
    Stream<Route> old = Stream.of(Route.open("/movies", PageRoutes::moved));
    Stream<Route> depths = IntStream.rangeClosed(1, PARTS.size()).mapToObj(this::filesAt);
    return Stream.of(views, old, depths).flatMap(each -> each).toList();
  }

  private Route view(String path, String view) {
    return Route.open(path, exchange -> send(exchange, shell.of(view), ASK_AGAIN));
  }

  private Route filesAt(int depth) {
    List<String> parts = PARTS.subList(PARTS.size() - depth, PARTS.size());
    String path = parts.stream().map(part -> "/{" + part + "}").collect(Collectors.joining());
    return Route.open(
        FILES + path,
        exchange ->
            send(exchange, parts.stream().map(exchange::path).collect(Collectors.joining("/"))));
  }

  private static void moved(Exchange exchange) {
    exchange.header(Header.LOCATION, "/films");
    exchange.answer(308);
  }

  /** A page that was opened before the server became another one gets what there is now. */
  private void send(Exchange exchange, String path) {
    Matcher versioned = VERSION.matcher(path);
    String name = versioned.matches() ? versioned.group(2) : path;
    PageFile file =
        files.file(name).orElseThrow(() -> new HttpProblem(404, "the page has no file " + name));
    boolean isThis = versioned.matches() && versioned.group(1).equals(shell.version());
    send(exchange, file, isThis ? FOR_EVER : ASK_AGAIN);
  }

  private static void send(Exchange exchange, PageFile file, String kept) {
    boolean gzip =
        exchange.sent(Header.ACCEPT_ENCODING).filter(PageRoutes::gzip).isPresent();
    exchange.header("Content-Security-Policy", POLICY);
    exchange.header("Referrer-Policy", "no-referrer");
    exchange.header(Header.VARY, Header.ACCEPT_ENCODING);
    exchange.header(Header.CACHE_CONTROL, kept);
    EntityTag tag = file.tag(gzip);
    exchange.header(EntityTag.HEADER, tag.text());
    if (tag.isAmong(exchange.sent(Header.IF_NONE_MATCH))) {
      exchange.answer(304);
      return;
    }
    if (gzip) {
      exchange.header(Header.CONTENT_ENCODING, "gzip");
    }
    exchange.answer(file.mediaType(), file.content(gzip));
  }

  private static boolean gzip(String accepted) {
    return Stream.of(accepted.split(","))
        .map(String::strip)
        .anyMatch(coding -> coding.matches("gzip|gzip;\\s*q=(1|1\\.0*|0\\.0*[1-9][0-9]*)"));
  }
}
