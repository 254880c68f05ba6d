package lapidary.search.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import lapidary.search.access.Access;
import lapidary.search.http.Feature;
import lapidary.search.inference.TinyModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one sees of models, and trying one. */
final class ModelsTest {
  @TempDir
  static Path folder;

  private static Browser browser;
  private static PageServer server;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
    server = PageServer.start(folder, 60, new Access.Loopback(), Feature.noMovies());
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
      browser.close();
    }
  }

  @Test
  void theFormIsFilledInWithAnExampleThatIsAnswered() {
    try (Tab tab = browser.open(server, Look.LIGHT)) {
      tab.go("/models");
      assertThat(tab.page.locator(".answer .shares b").first()).hasText(DrawnPicture.label(0));
      assertThat(tab.page.locator(".command code")).containsText("/v1/models/palette/predict");
      assertThat(tab.page.locator(".command code")).containsText("-F k=5");
    }
  }

  @Test
  void anotherPictureAndFewerClassesAreAnsweredAndTold() throws IOException {
    Path picture = Files.write(folder.resolve("other.png"), DrawnPicture.png(3));
    try (Tab tab = browser.open(server, Look.LIGHT)) {
      tab.go("/models?model=palette");
      assertThat(tab.page.locator(".answer .shares li")).hasCount(5);
      tab.page.getByLabel("Another picture").setInputFiles(picture);
      tab.page.getByLabel("Classes, at most").fill("2");
      assertThat(tab.page.locator(".command code")).containsText("image=@other.png");
      tab.button("Run").click();
      assertThat(tab.page.locator(".answer .shares li")).hasCount(2);
      assertThat(tab.page.locator(".answer .shares b").first()).hasText(DrawnPicture.label(3));
    }
  }

  @Test
  void whatItDoesIsDrawnAsItIsDone() {
    try (Tab tab = browser.open(server, Look.LIGHT)) {
      tab.go("/models");
      assertThat(tab.page.locator(".answer .shares li")).hasCount(5);
      assertThat(tab.page.locator(".chart").last()).containsText(Pattern.compile("1: [0-9]+"));
      tab.button("Run").click();
      assertThat(tab.page.locator(".chart").first()).containsText(Pattern.compile("now .* ms"));
    }
  }

  /** What has no picture, columns or ids is run by its tensors, of which each has a field. */
  @Test
  void aModelOfTensorsHasAFieldForEach() throws IOException {
    try (PageServer own =
            PageServer.start(folder.resolve("tensors"), 0).serving("sums", TinyModel.sums());
        Tab tab = browser.open(own, Look.LIGHT)) {
      tab.go("/models");
      assertThat(tab.page.locator(".answer")).containsText("sum");
      tab.page.getByLabel("a, FP32 [2]").fill("[1, 2]");
      tab.page.getByLabel("b, FP32 [2]").fill("[30, 40]");
      assertThat(tab.page.locator(".command code")).containsText("/v2/models/sums/infer");
      tab.button("Run").click();
      assertThat(tab.page.locator(".answer")).containsText(Pattern.compile("31[^0-9]+42"));
      assertThat(tab.page.locator(".answer")).containsText(Pattern.compile("-29[^0-9]+38"));
      tab.requireAccessible();
      tab.page.getByLabel("a, FP32 [2]").fill("[1, 2");
      tab.button("Run").click();
      assertThat(tab.page.locator(".answer .trouble")).isVisible();
    }
  }

  @Test
  void aModelIsFoundByItsName() {
    try (Tab tab = browser.open(server, Look.LIGHT)) {
      tab.go("/models");
      tab.field().fill("pal");
      assertThat(tab.page.locator(".card")).isVisible();
      tab.field().fill("nothing");
      assertThat(tab.page.getByText("0 of 1 model")).isVisible();
      assertThat(tab.page.locator(".card")).isHidden();
    }
  }
}
