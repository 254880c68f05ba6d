package lapidary.search.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page costs, printed; what does not depend on the machine is held to its bound. */
final class BudgetsTest {
  private static final int PICTURES = 10_000;
  private static final int MOST_BYTES = 150_000;

  /** So few are in the document, however many there are. */
  private static final int MOST_TILES = 160;

  private static final String PAINT = "performance.getEntriesByName('first-contentful-paint')";

  private static final String SCROLL = """
      () => new Promise(resolve => {
        const main = document.querySelector('main');
        const frames = [];
        let most = 0;
        const begun = performance.now();
        const step = now => {
          frames.push(now);
          most = Math.max(most, document.querySelectorAll('.cell').length);
          main.scrollTop += 60;
          if (now - begun < 3000) requestAnimationFrame(step);
          else resolve({ frames: frames.length / ((frames.at(-1) - frames[0]) / 1000), most, scrolled: main.scrollTop });
        };
        requestAnimationFrame(step);
      })""";

  @Test
  void codeIsSmall() throws IOException {
    Path page = Path.of("src", "main", "resources", "lapidary", "search", "http", "page");
    try (Stream<Path> files = Files.walk(page)) {
      int bytes =
          files.filter(Files::isRegularFile).mapToInt(BudgetsTest::packed).sum();
      System.out.println("page: " + bytes + " bytes of code, compressed");
      assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
    }
  }

  private static int packed(Path file) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.size();
  }

  @Test
  void tenThousandPhotosAreScrolledWithFewInTheDocument(@TempDir Path folder) throws Exception {
    try (Browser browser = Browser.start();
        PageServer server = PageServer.start(folder, PICTURES);
        Tab tab = browser.open(server, Look.LIGHT)) {
      tab.go("/");
      assertThat(tab.page.locator(".tile.seen").first()).isVisible();
      // A second visit: the first one also warms up the server.
      tab.page.reload();
      assertThat(tab.page.locator(".tile.seen").first()).isVisible();
      Object usable = tab.page.evaluate("() => Math.round(performance.now())");
      tab.page.waitForFunction("() => " + PAINT + ".length > 0");
      Object painted = tab.page.evaluate("() => Math.round(" + PAINT + "[0].startTime)");
      Map<?, ?> scrolled = (Map<?, ?>) tab.page.evaluate(SCROLL);
      System.out.printf(
          "page: first paint %s ms, usable within %s ms, %.0f frames/s over %s pixels, at most %s of %d photos in the document%n",
          painted,
          usable,
          ((Number) scrolled.get("frames")).doubleValue(),
          scrolled.get("scrolled"),
          scrolled.get("most"),
          PICTURES);
      assertThat(((Number) scrolled.get("most")).intValue()).isLessThan(MOST_TILES);
      assertThat(((Number) scrolled.get("scrolled")).intValue()).isPositive();
    }
  }
}
