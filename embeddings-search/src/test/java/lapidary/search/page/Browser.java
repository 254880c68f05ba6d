package lapidary.search.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Chromium, as the system has it: nothing is downloaded. One for a class of tests; not thread-safe. */
final class Browser implements AutoCloseable {
  private static final List<String> PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  /**
   * Nothing is asked of the network but the page; WebGL is drawn in software, the same everywhere. The page itself is put together by the
   * processor, as Chromium does where there is no graphics card: by SwiftShader even an empty page would get half its frames.
   */
  private static final List<String> FLAGS = List.of(
      "--no-sandbox",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--disable-gpu-compositing",
      // A camera that films a clock, for pages that may use one.
      "--use-fake-device-for-media-stream");

  /** Milliseconds: a machine that does much else draws slowly. */
  private static final double PATIENCE = 20_000;

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;

  private Browser(Path executable) {
    playwright = Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium = playwright
        .chromium()
        .launch(new LaunchOptions().setExecutablePath(executable).setArgs(FLAGS));
  }

  /** Starts it; skips the tests where there is none, but not in continuous integration, which installs it. */
  static Browser start() {
    Assumptions.assumeFalse(
        "no".equals(System.getenv("LAPIDARY_BROWSER")),
        "the page is not tested, since LAPIDARY_BROWSER=no says that it was on another JDK");
    Optional<Path> chromium =
        PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    if ("true".equals(System.getenv("CI"))) {
      assertThat(chromium)
          .as("Chromium at one of " + PLACES + "; .ci/run installs it")
          .isPresent();
    }
    Assumptions.assumeTrue(
        chromium.isPresent(), "the page is tested in Chromium, which is at none of " + PLACES);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    return new Browser(chromium.orElseThrow());
  }

  /** A tab of a person who has not been here before. */
  Tab open(PageServer server, Look look) {
    return new Tab(chromium.newContext(look.context()), server, look);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
