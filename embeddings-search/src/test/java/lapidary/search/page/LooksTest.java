package lapidary.search.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the page looks, kept as pictures, and whether everybody can read it: by axe-core nothing serious in either theme, wide or on a phone. */
final class LooksTest {
  @RegisterExtension
  static final Site site = Site.with(240);

  /** Watches the check fail. */
  @Test
  void whatKeepsReadersOutIsFound() {
    try (Tab tab = site.open(Look.LIGHT)) {
      tab.go("/photos");
      assertThat(tab.page.locator(".tile.seen").first()).isVisible();
      tab.page.evaluate("() => document.querySelector('main').append(new Image(9, 9))");
      assertThatThrownBy(tab::requireAccessible).hasMessageContaining("image-alt");
    }
  }

  @Test
  void aRequestThatLeavesTheHostIsFound() {
    Tab tab = site.open(Look.LIGHT).expecting("Content Security Policy", "Fetch API");
    tab.go("/models");
    // The policy of the page forbids it; a page without one does not.
    tab.page.navigate("data:text/html,<img src='http://127.0.0.2:9/outside.png'>");
    assertThatThrownBy(tab::close)
        .hasMessageContaining("a request leaves the host: http://127.0.0.2");
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void photos(Look look) {
    try (Tab tab = site.open(look)) {
      tab.go("/photos");
      assertThat(tab.page.locator(".tile.seen").first()).isVisible();
      tab.requireAccessible();
      tab.screenshot("photos");
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void whatIsLikeAPhoto(Look look) {
    try (Tab tab = site.open(look)) {
      tab.go("/photos?near=" + DrawnPicture.id(42) + "&fold=1&min=0.5");
      assertThat(tab.page.locator(".tile.seen").first()).isVisible();
      tab.requireAccessible();
      tab.screenshot("photos-like");
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void onePhoto(Look look) {
    try (Tab tab = site.open(look)) {
      tab.go("/photos?like=" + DrawnPicture.id(42) + "&less=" + DrawnPicture.id(9) + "&q=teal&sel="
          + DrawnPicture.id(42));
      assertThat(tab.page.locator(".mini img[src]")).hasCount(8);
      tab.requireAccessible();
      tab.screenshot("photos-inspector");
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void models(Look look) {
    try (Tab tab = site.open(look)) {
      tab.go("/models");
      assertThat(tab.page.locator(".answer .shares li")).hasCount(5);
      tab.requireAccessible();
      tab.screenshot("models");
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void keys(Look look) {
    try (Tab tab = site.open(look)) {
      tab.go("/photos");
      assertThat(tab.page.locator(".tile.seen").first()).isVisible();
      tab.page.keyboard().press("?");
      tab.requireAccessible();
      tab.screenshot("keys");
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void nothingFits(Look look) {
    try (Tab tab = site.open(look)) {
      tab.go("/photos?q=zzz&label=amber");
      assertThat(tab.page.getByText("Nothing fits")).isVisible();
      tab.requireAccessible();
      tab.screenshot("photos-nothing-fits");
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void firstVisit(Look look) throws IOException {
    try (PageServer nothing = site.another(folder -> PageServer.start(folder, 0));
        Tab tab = site.open(nothing, look)) {
      tab.go("/");
      assertThat(tab.page.getByText("No collection yet")).isVisible();
      assertThat(tab.page.locator("code").first()).containsText("serve --demo");
      tab.requireAccessible();
      tab.screenshot("first-visit");
      tab.go("/models");
      assertThat(tab.page.getByText("No model yet")).isVisible();
      tab.requireAccessible();
      tab.screenshot("models-none");
    }
  }
}
