package lapidary.search.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one does with photos. */
final class PhotosTest {
  private static final int PICTURES = 240;

  @RegisterExtension
  static final Site site = Site.with(PICTURES);

  private Tab tab;

  @BeforeEach
  void open() {
    tab = site.open(Look.LIGHT);
  }

  @AfterEach
  void close() {
    tab.close();
  }

  @Test
  void rowsFillTheWidthAndHoldOnlyWhatIsSeen() {
    tab.go("/");
    assertThat(tab.summary()).containsText("240 photos");
    assertThat(tab.tiles().first()).hasClass(Pattern.compile("seen"));
    int inDocument = tab.tiles().count();
    assertThat(inDocument).isBetween(20, 120);
    tab.page.waitForTimeout(400);
    Number gap = (Number)
        tab.page.evaluate(
            "() => { const right = Math.max(...[...document.querySelectorAll('.cell')].map(each => each.getBoundingClientRect().right));"
                + " return Math.abs(right - document.querySelector('.grid').getBoundingClientRect().right); }");
    assertThat(gap.doubleValue()).as("pixels beside the rows").isLessThan(1);
    assertThat(tab.page.locator(".cell").first())
        .hasAttribute("aria-setsize", Integer.toString(PICTURES));
  }

  @Test
  void theSpaceLiesAboveThePhotosAsWideAsThey() {
    tab.go("/");
    assertThat(tab.page.locator(".strip-stage canvas")).isVisible();
    double grid = tab.page.locator(".grid").boundingBox().width;
    assertThat(tab.page.locator(".strip-stage").boundingBox().width).isCloseTo(grid, within(4.));
  }

  @Test
  void wordsFindWhatHasThemInItsLabel() {
    tab.go("/");
    tab.search("fern");
    assertThat(tab.summary()).containsText("found");
    assertThat(tab.tiles().first()).hasAttribute("aria-label", Pattern.compile("^fern, "));
    assertThat(tab.address()).isEqualTo("/photos?q=fern");
    assertThat(tab.page.locator(".slide")).isHidden();
  }

  @Test
  void aDroppedPictureFindsItselfFirst() {
    tab.go("/");
    assertThat(tab.tiles().first()).isVisible();
    tab.drop(DrawnPicture.png(42), "Search by it");
    assertThat(tab.summary()).containsText("like this");
    assertThat(tab.tiles().first()).hasAttribute("aria-label", label(42) + ", likeness 1.00");
    assertThat(chip("dropped.png")).isVisible();
  }

  @Test
  void aPastedPictureAndWordsFindTogether() {
    tab.go("/");
    assertThat(tab.tiles().first()).isVisible();
    tab.paste(DrawnPicture.png(42));
    assertThat(tab.summary()).containsText("like this");
    tab.search("teal");
    assertThat(tab.summary()).containsText("found");
    assertThat(chip("dropped.png")).isVisible();
    assertThat(tab.page.locator(".tile[aria-label^=teal]").first()).isVisible();
    assertThat(tab.tiles().first())
        .hasAttribute("aria-label", Pattern.compile(label(42) + "|^teal.*"));
  }

  @Test
  void twoPicturesAreSearchedByTheirVectors() {
    tab.go("/");
    assertThat(tab.tiles().first()).isVisible();
    tab.paste(DrawnPicture.png(42));
    assertThat(tab.summary()).containsText("like this");
    tab.paste(DrawnPicture.png(43));
    assertThat(tab.summary()).containsText("like these");
    assertThat(tab.page.locator(".query")).hasCount(2);
  }

  @Test
  void labelsAndAttributesNarrowWhatIsShown() {
    tab.go("/");
    chipOf("amber").click();
    assertThat(tab.summary()).containsText("28 photos");
    assertThat(tab.page.locator(".tile:not([aria-label^=amber])")).hasCount(0);
    tab.page.getByText("split", new Page.GetByTextOptions().setExact(true)).click();
    chipOf("test").click();
    assertThat(tab.summary()).containsText("12 photos");
    assertThat(tab.address()).contains("label=amber", "is=");
    tab.button("Clear filters").click();
    assertThat(tab.summary()).containsText("240 photos");
  }

  @Test
  void theSliderLeavesWhatIsLikeEnough() {
    tab.go("/photos?near=" + DrawnPicture.id(42));
    assertThat(tab.summary()).containsText("239 like this");
    Locator slider =
        tab.page.getByRole(AriaRole.SLIDER, new Page.GetByRoleOptions().setName("Least likeness"));
    slider.fill("0.9");
    assertThat(tab.summary()).not().containsText("239 like this");
    assertThat(tab.address()).contains("min=0.9");
    double least = tab.page.locator(".tile em").allTextContents().stream()
        .mapToDouble(text -> Double.parseDouble(text.replace('−', '-')))
        .min()
        .orElseThrow();
    assertThat(least).isGreaterThanOrEqualTo(.9);
  }

  @Test
  void nearDuplicatesBecomeAStack() {
    int copy = 11;
    assertThat(DrawnPicture.isCopy(copy)).isTrue();
    tab.go("/photos?near=" + DrawnPicture.id(50));
    assertThat(tab.summary()).containsText("239 like this");
    tab.button("Fold copies").click();
    assertThat(tab.summary()).not().containsText("239 like this");
    assertThat(tab.page.locator(".stack").first()).hasText(Pattern.compile("[2-9]"));
  }

  @Test
  void likesAndLessChangeWhatIsFound() {
    tab.go("/photos?sel=" + DrawnPicture.id(8));
    assertThat(tab.page.getByText("What the model sees")).isVisible();
    tab.button("Like").click();
    assertThat(tab.tiles().first())
        .hasAttribute("aria-label", Pattern.compile("^" + DrawnPicture.label(8)));
    tab.go("/photos?like=" + DrawnPicture.id(8) + "&sel=" + DrawnPicture.id(20));
    tab.button("Less").click();
    assertThat(tab.page.locator(".query.less")).hasCount(1);
    assertThat(tab.page.locator(".query.like")).hasCount(1);
    assertThat(tab.summary()).containsText("like these");
  }

  @Test
  void theInspectorShowsTheFileItself() {
    tab.go("/?sel=amber%2Famber-0000.png");
    Locator picture = tab.page.locator(".big img");
    assertThat(picture).isVisible();
    tab.page.waitForFunction(
        "() => document.querySelector('.big img').naturalWidth === " + DrawnPicture.width(0));
    tab.requireAccessible();
  }

  @Test
  void theInspectorTellsWhatTheModelSees() {
    tab.go("/");
    tab.tiles().first().click();
    Locator side = tab.page.getByRole(AriaRole.COMPLEMENTARY);
    assertThat(side.locator(".shares li")).hasCount(5);
    assertThat(side.locator(".shares b").first()).hasText(DrawnPicture.label(0));
    assertThat(side.locator(".mini button")).hasCount(8);
    tab.button("Similar").click();
    assertThat(tab.summary()).containsText("like this");
    tab.page.keyboard().press("Escape");
    assertThat(side).isHidden();
  }

  @Test
  void keysMoveOpenLikeAndSearch() {
    tab.go("/");
    assertThat(tab.tiles().first()).isVisible();
    tab.page.keyboard().press("ArrowRight");
    tab.page.keyboard().press("ArrowRight");
    tab.page.keyboard().press("Enter");
    assertThat(tab.page.locator(".tile[aria-current]")).hasAttribute("aria-label", label(1));
    tab.page.keyboard().press("s");
    assertThat(tab.summary()).containsText("like this");
    tab.page.keyboard().press("/");
    assertThat(tab.field()).isFocused();
    tab.page.keyboard().press("Escape");
    tab.page.keyboard().press("?");
    assertThat(tab.page.getByText("Less like this")).isVisible();
  }

  @Test
  void backAndForwardAndALinkShowTheSame() {
    tab.go("/");
    tab.search("rose");
    assertThat(tab.summary()).containsText("found");
    chipOf("amber").click();
    assertThat(tab.page.getByText("Nothing fits")).isVisible();
    tab.page.goBack();
    assertThat(tab.tiles().first()).hasAttribute("aria-label", Pattern.compile("^rose"));
    tab.page.goBack();
    assertThat(tab.summary()).containsText("240 photos");
    tab.page.goForward();
    assertThat(tab.field()).hasValue("rose");
    String link = tab.address();
    try (Tab other = site.open(Look.DARK)) {
      other.go(link);
      assertThat(other.field()).hasValue("rose");
      assertThat(other.tiles().first()).hasAttribute("aria-label", Pattern.compile("^rose"));
    }
  }

  @Test
  void aPhotoIsAddedAndRemoved() {
    tab.go("/");
    assertThat(tab.button("Add photos")).isVisible();
    tab.drop(DrawnPicture.png(7), "Add to the collection");
    tab.page.getByLabel("Id", new Page.GetByLabelOptions().setExact(true)).fill("new/one.png");
    tab.page.getByLabel("Label, if they have one").fill("mine");
    tab.button("Add 1 photo").click();
    assertThat(tab.summary()).containsText("241 photos");
    chipOf("mine").click();
    tab.tiles().first().click();
    assertThat(tab.page.getByRole(AriaRole.COMPLEMENTARY)).containsText("new/one.png");
    // It has no file, only its small picture; a request for the file would fail the test.
    assertThat(tab.page.locator(".big img[src]")).isVisible();
    tab.button("Remove").click();
    tab.button("Remove").click();
    assertThat(tab.page.getByText("new/one.png is removed.")).isVisible();
    tab.go("/");
    assertThat(tab.summary()).containsText("240 photos");
  }

  private static String label(int number) {
    String id = DrawnPicture.id(number);
    return DrawnPicture.label(number) + ", " + id.substring(id.lastIndexOf('/') + 1);
  }

  private Locator chip(String text) {
    return tab.page.locator(".query").filter(new Locator.FilterOptions().setHasText(text));
  }

  private Locator chipOf(String text) {
    return tab.page
        .locator("button.chip")
        .filter(
            new Locator.FilterOptions().setHasText(Pattern.compile("^" + text + "\\s?[0-9,]+$")));
  }
}
