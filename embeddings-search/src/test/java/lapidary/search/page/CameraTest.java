package lapidary.search.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Searching by what the camera of a computer sees. */
final class CameraTest {
  private static final int PICTURES = 40;

  @RegisterExtension
  static final Site site = Site.with(PICTURES);

  @Test
  void aPhotoThatIsTakenIsSearchedBy() {
    for (Look look : new Look[] {Look.LIGHT, Look.DARK}) {
      try (Tab tab = site.open(look).allowingCamera()) {
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
    try (Tab tab = site.open(Look.LIGHT)) {
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
