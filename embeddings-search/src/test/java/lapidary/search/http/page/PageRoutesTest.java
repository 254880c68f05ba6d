package lapidary.search.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import lapidary.search.http.Feature;
import lapidary.search.http.SearchServer;
import lapidary.search.http.ServerOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PageRoutesTest {
  private static final Pattern IMPORT = Pattern.compile("(?:from|import)\\s*\\(?\\s*'(\\.[^']+)'");
  private static final Pattern STATIC = Pattern.compile("(?:from|import)\\s*'(\\.[^']+)'");
  private static final Pattern LINKED = Pattern.compile("(?:href|src)=\"(/page/[^\"]+)\"");

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static SearchServer server;

  @BeforeAll
  static void start() {
    server = SearchServer.start(List.of(Feature.noMovies()), ServerOptions.loopback(0));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = get(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String withoutPreloads(String shell) {
    return shell.replaceAll("<link rel=\"modulepreload\"[^>]*>\n", "");
  }

  @Test
  void everyViewIsTheSameShellButForWhatItNamesAtOnce() throws Exception {
    String shell = text("/");
    assertThat(shell).contains("<title>Lapidary</title>", "/main.js");
    for (String view : List.of("photos", "space", "films", "models")) {
      String own = text("/" + view);
      assertThat(withoutPreloads(own)).isEqualTo(withoutPreloads(shell));
      assertThat(own).contains("/views/" + view + ".js\"");
    }
    assertThat(text("/films")).doesNotContain("/views/photos/grid.js", "/three/");
  }

  /** Else a browser would find one module in another, a journey each. */
  @Test
  void everyModuleThatAViewBeginsWithIsNamedAtOnce() throws Exception {
    List<String> named = LINKED
        .matcher(text("/photos"))
        .results()
        .map(found -> found.group(1))
        .filter(path -> path.endsWith(".js"))
        .toList();
    for (String path : named) {
      assertThat(named).containsAll(imported(path, STATIC).toList());
    }
    assertThat(named).anyMatch(path -> path.endsWith("/views/photos/tile.js"));
  }

  @Test
  void whatAnAddressWithAVersionGivesIsKept() throws Exception {
    String path = LINKED.matcher(text("/")).results().findFirst().orElseThrow().group(1);
    assertThat(path).startsWith("/page/v-");
    assertThat(header(get(path), "Cache-Control")).contains("immutable", "max-age=31536000");
    String old = path.replaceFirst("v-[0-9a-f]+", "v-0123456789ab");
    assertThat(get(old).body()).isEqualTo(get(path).body());
    assertThat(header(get(old), "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(get("/"), "Cache-Control")).isEqualTo("no-cache");
  }

  private static Stream<String> imported(String path, Pattern how) throws Exception {
    return how.matcher(text(path))
        .results()
        .map(found -> URI.create(path).resolve(found.group(1)).getPath());
  }

  @Test
  void whereTheFilmsWereLeadsToWhereTheyAre() throws Exception {
    HttpResponse<byte[]> moved = get("/movies");
    assertThat(moved.statusCode()).isEqualTo(308);
    assertThat(header(moved, "Location")).isEqualTo("/films");
  }

  @Test
  void typesAreThoseThatABrowserTakes() throws Exception {
    Map<String, String> types = Map.of(
        "/photos", "text/html;charset=utf-8",
        "/page/main.js", "text/javascript;charset=utf-8",
        "/page/core/dom.js", "text/javascript;charset=utf-8",
        "/page/page.css", "text/css;charset=utf-8",
        "/page/mark.svg", "image/svg+xml");
    for (Map.Entry<String, String> type : types.entrySet()) {
      HttpResponse<byte[]> answer = get(type.getKey());
      assertThat(header(answer, "Content-Type")).as(type.getKey()).isEqualTo(type.getValue());
      assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    }
  }

  @Test
  void thePolicyLetsNothingRunThatIsNotAFileOfThePage() throws Exception {
    String policy = header(get("/"), "Content-Security-Policy");
    assertThat(policy)
        .contains("default-src 'self'", "connect-src 'self'", "object-src 'none'")
        .contains("base-uri 'none'", "frame-ancestors 'none'", "form-action 'none'")
        .doesNotContain("unsafe", "http:", "https:");
    assertThat(text("/")).doesNotContain("style=", "<style", "onclick", "https:");
  }

  @Test
  void whatABrowserHasIsNotSentAgain() throws Exception {
    String tag = header(get("/page/core/dom.js"), "ETag");
    HttpResponse<byte[]> again = get("/page/core/dom.js", "If-None-Match", "\"other\", " + tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(tag);
    assertThat(get("/page/core/dom.js", "If-None-Match", "\"other\"").statusCode())
        .isEqualTo(200);
    assertThat(header(get("/page/core/api.js"), "ETag")).isNotEqualTo(tag);
  }

  @Test
  void filesArePackedForWhoTakesThat() throws Exception {
    byte[] plain = get("/page/page.css").body();
    HttpResponse<byte[]> packed = get("/page/page.css", "Accept-Encoding", "br, gzip;q=0.5");
    assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(packed, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(packed.body().length).isLessThan(plain.length / 2);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .isEqualTo(plain);
    assertThat(header(get("/page/page.css", "Accept-Encoding", "gzip;q=0"), "Content-Encoding"))
        .isEmpty();
    // Another content of the same file has another tag.
    assertThat(header(packed, "ETag")).isNotEqualTo(header(get("/page/page.css"), "ETag"));
  }

  @Test
  void nothingOutsideThePageIsSent() throws Exception {
    for (String path : List.of(
        "/page/PageRoutes.class",
        "/page/..%2Fopenapi/base.json",
        "/page/%2e%2e/%2e%2e/openapi/base.json",
        "/page/core",
        "/page/core/none.js",
        "/page/package-info.class",
        "/page/Main.js")) {
      assertThat(get(path).statusCode()).as(path).isIn(400, 404);
    }
  }

  /** From the shell on, through every import. */
  @Test
  void everythingThatThePageAsksForIsThere() throws Exception {
    Set<String> seen = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(
        LINKED.matcher(text("/")).results().map(found -> found.group(1)).toList());
    while (!open.isEmpty()) {
      String path = open.pop();
      if (seen.add(path)) {
        imported(path, IMPORT).forEach(open::push);
      }
    }
    assertThat(seen.stream().map(path -> path.replaceFirst("v-[0-9a-f]+/", "")))
        .contains("/page/page.css", "/page/frame/frame.js", "/page/views/photos/grid.js");
  }
}
