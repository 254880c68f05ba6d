package lapidary.search.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searching by what the camera of a computer sees. */
final class CameraTest {
  private static final int PICTURES = 40;

  @TempDir
  static Path folder;

  private static Browser browser;
  private static PageServer server;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start();
    server = PageServer.start(folder, PICTURES);
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
      browser.close();
    }
  }

  @Test
  void aPhotoThatIsTakenIsSearchedBy() {
    for (Look look : new Look[] {Look.LIGHT, Look.DARK}) {
      try (Tab tab = browser.open(server, look).allowingCamera()) {
        tab.go("/");
        tab.button("Take a photo").click();
        Locator take = tab.button("Take the photo");
        assertThat(take).isEnabled();
        tab.requireAccessible();
        tab.screenshot("camera");
        take.click();
        assertThat(tab.page.locator(".camera-dialog")).isHidden();
        assertThat(tab.page.locator(".query .chip-picture img")).isVisible();
        assertThat(tab.tiles().first()).isVisible();
        assertThat(tab.summary()).containsText("40");
      }
    }
  }

  @Test
  void withoutLeaveItSaysSoAndTakesAFile() {
    try (Tab tab = browser.open(server, Look.LIGHT)) {
      tab.go("/");
      tab.button("Take a photo").click();
      assertThat(tab.page.locator(".camera-dialog")).containsText("The camera may not be used.");
      assertThat(tab.button("Take the photo")).isDisabled();
      tab.requireAccessible();
      tab.screenshot("camera-refused");
      FileChooser chooser = tab.page.waitForFileChooser(tab.button("Choose a file")::click);
      chooser.setFiles(new FilePayload("chosen.png", "image/png", DrawnPicture.png(3)));
      assertThat(tab.page.locator(".query .chip-picture img")).isVisible();
    }
  }
}
