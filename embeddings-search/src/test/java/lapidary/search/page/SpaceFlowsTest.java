package lapidary.search.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lapidary.models.Catalogue;
import lapidary.search.access.Access;
import lapidary.search.http.Feature;
import lapidary.search.movies.MovieCatalogue;
import lapidary.search.movies.MovieService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one does in the space. */
final class SpaceFlowsTest {
  private static final int PICTURES = 600;
  /** A busy machine draws in software. */
  private static final double PATIENCE_MILLIS = 30_000;

  private static final List<String> GENRES = List.of("Drama", "Comedy", "Crime");

  @RegisterExtension
  static final Site site = Site.of(folder -> PageServer.start(
      folder,
      PICTURES,
      new Access.Loopback(),
      Feature.movies(new MovieService(films(), Optional.empty()))));

  @BeforeAll
  static void beMorePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  private static MovieCatalogue films() {
    Random random = new Random(3);
    List<Catalogue.Item> films = IntStream.range(0, 120)
        .mapToObj(i -> Catalogue.Item.of("f" + i, "Film number " + i, List.of(GENRES.get(i % 3)))
            .rated(i, 3))
        .toList();
    float[][] embeddings = new float[120][6];
    float[] biases = new float[120];
    for (int i = 0; i < 120; i++) {
      for (int k = 0; k < 6; k++) {
        embeddings[i][k] = (float) random.nextGaussian() + (k == i % 3 ? 4 : 0);
      }
    }
    return MovieCatalogue.of(films, embeddings, biases);
  }

  private static Tab open(Look look, String path) {
    Tab tab = site.open(look).go(path);
    assertThat(note(tab)).containsText("of");
    return tab;
  }

  private static Locator note(Tab tab) {
    return tab.page.locator(".space-place > .space-note");
  }

  @Test
  void allItemsAreDrawnAndTheAxesSayWhatTheyExplain() {
    for (Look look : Look.values()) {
      try (Tab tab = open(look, "/space")) {
        assertThat(note(tab)).containsText("600 of 600 items · PCA,");
        assertThat(tab.page.locator(".axis-name").first()).hasText(Pattern.compile("PC 1 · .* %"));
        assertThat(tab.page.locator(".legend li").first()).isVisible();
        tab.screenshot("space");
        tab.requireAccessible();
      }
    }
  }

  @Test
  void theLegendHidesShowsAndIsolates() {
    try (Tab tab = open(Look.LIGHT, "/space")) {
      Locator rows = tab.page.locator(".legend li button");
      rows.first().click();
      assertThat(rows.first()).hasAttribute("aria-pressed", "false");
      rows.first().click();
      assertThat(rows.first()).hasAttribute("aria-pressed", "true");
      rows.nth(1).dblclick();
      assertThat(rows.nth(1)).hasAttribute("aria-pressed", "true");
      assertThat(tab.page.locator(".legend li button[aria-pressed=false]"))
          .hasCount(rows.count() - 1);
      tab.screenshot("space-isolated");
      tab.button("Show all").click();
      assertThat(tab.page.locator(".legend li button[aria-pressed=false]")).hasCount(0);
    }
  }

  @Test
  void whatIsDrawnAroundBecomesAGridAndASearch() {
    try (Tab tab = open(Look.LIGHT, "/space?flat=1")) {
      tab.button("Lasso").click();
      BoundingBox box = tab.page.locator("canvas").boundingBox();
      tab.page.mouse().move(box.x + 30, box.y + 80);
      tab.page.mouse().down();
      tab.page.mouse().move(box.x + box.width - 30, box.y + 80);
      tab.page.mouse().move(box.x + box.width - 30, box.y + box.height - 30);
      tab.page.mouse().move(box.x + 30, box.y + box.height - 30);
      tab.page.mouse().up();
      Locator panel = tab.page.locator(".chosen-points");
      assertThat(panel.locator("h2")).hasText(Pattern.compile("\\d+ items selected"));
      assertThat(panel.locator(".tiles button").first()).isVisible();
      assertThat(panel.locator(".tiles button").count()).isEqualTo(60);
      tab.screenshot("space-lasso");
      tab.requireAccessible();
      tab.button("Search for more like these").click();
      assertThat(tab.page.locator(".space-found")).containsText("found, lit up");
      assertThat(tab.address()).contains("like=");
    }
  }

  @Test
  void whatIsFoundLightsUpAndTheBackButtonPutsItOut() {
    try (Tab tab = open(Look.DARK, "/space")) {
      String word = tab.page.locator(".legend li span").first().innerText();
      tab.search(word);
      assertThat(tab.page.locator(".space-found")).containsText("found, lit up");
      assertThat(tab.address()).contains("q=" + word);
      tab.screenshot("space-found");
      tab.page.goBack();
      assertThat(tab.page.locator(".space-found")).isHidden();
    }
  }

  @Test
  void aPointTellsWhatItIsAndIsLookedAtByAClick() {
    try (Tab tab = open(Look.LIGHT, "/space?flat=1")) {
      tab.page.locator("canvas").focus();
      tab.page.keyboard().press("Enter");
      assertThat(tab.page.locator(".side h2")).isVisible();
      assertThat(tab.page.locator(".over .ring")).isVisible();
      assertThat(tab.address()).contains("sel=");
      BoundingBox ring = tab.page.locator(".over .ring").boundingBox();
      tab.page.waitForTimeout(500);
      tab.page.mouse().move(ring.x + ring.width / 2, ring.y + ring.height / 2);
      assertThat(tab.page.locator(".tip strong")).isVisible();
      tab.screenshot("space-selected");
      tab.page.keyboard().press("Escape");
      assertThat(tab.page.locator(".over .ring")).isHidden();
    }
  }

  @Test
  void aSharedLinkFliesToItsItem() {
    try (Tab tab = open(Look.PHONE, "/space?sel=" + DrawnPicture.id(5))) {
      assertThat(tab.page.locator(".side h2")).isVisible();
      tab.screenshot("space-shared");
      tab.requireAccessible();
    }
  }

  @Test
  void nearToThePointsPicturesTakeTheirPlaces() {
    try (Tab tab = open(Look.LIGHT, "/space?flat=1")) {
      tab.page.locator("canvas").focus();
      for (int i = 0; i < 6; i++) {
        tab.page.keyboard().press("+");
      }
      assertThat(tab.page.locator(".point-picture img[src]").first()).isVisible();
      assertThat(tab.page.locator(".point-picture").count()).isLessThanOrEqualTo(60);
      tab.screenshot("space-pictures");
    }
  }

  @Test
  void anotherLayoutIsComputedInTheBackground() {
    try (Tab tab = open(Look.LIGHT, "/space")) {
      tab.page.setDefaultTimeout(60_000);
      tab.page.getByLabel("Layout").selectOption("umap");
      note(tab)
          .filter(new Locator.FilterOptions().setHasText("UMAP"))
          .waitFor(new Locator.WaitForOptions().setTimeout(60_000));
      assertThat(note(tab)).containsText("600 of 600 items · UMAP");
      tab.screenshot("space-umap");
    }
  }

  @Test
  void numbersAreAScale() {
    try (Tab tab = open(Look.DARK, "/space?by=year")) {
      assertThat(tab.page.locator(".legend .ticks span").first()).hasText("1990");
      tab.screenshot("space-scale");
    }
  }

  @Test
  void filmsHaveASpaceToo() {
    for (Look look : List.of(Look.LIGHT, Look.PHONE_DARK)) {
      try (Tab tab = open(look, "/space?of=films")) {
        assertThat(note(tab)).containsText("120 of 120 items");
        assertThat(tab.page.locator(".legend")).containsText("Crime");
        tab.search("number 77");
        assertThat(tab.page.locator(".space-found")).containsText("1 found");
        tab.page
            .locator(".space-found")
            .getByText("List", new Locator.GetByTextOptions().setExact(true))
            .click();
        tab.page.locator(".chosen-points .titles button").first().click();
        assertThat(tab.page.locator(".side h2")).hasText("Film number 77");
        tab.screenshot("space-films");
        tab.requireAccessible();
      }
    }
  }

  /** What the server would say of more items, said of these. */
  private static void answering(Tab tab, UnaryOperator<String> change) {
    tab.page.route("**/projection?*", route -> {
      APIResponse answer = route.fetch();
      route.fulfill(
          new Route.FulfillOptions().setResponse(answer).setBody(change.apply(answer.text())));
    });
  }

  @Test
  void whatUmapDoesWithManyIsSaidBeforeOneChoosesIt() {
    try (Tab tab = site.open(Look.LIGHT)) {
      answering(tab, text -> text.replace("30000", "150"));
      tab.go("/space");
      assertThat(layout(tab, "umap")).hasText("UMAP of 150");
      tab.page.getByLabel("Layout").selectOption("umap");
      assertThat(note(tab)).containsText("UMAP of 150 (25 %), the others beside the nearest");
    }
  }

  @Test
  void whatIsTooMuchForUmapIsSaidInItsPlace() {
    try (Tab tab = site.open(Look.LIGHT)) {
      answering(tab, text -> text.replace(",\"umap\"]", "]").replace("200000", "500"));
      tab.go("/space");
      assertThat(layout(tab, "umap")).hasText("UMAP, up to 500");
      assertThat(layout(tab, "umap")).hasAttribute("disabled", "");
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void howFarUmapIsIsShownWhileItIsComputed(Look look) {
    AtomicBoolean isReady = new AtomicBoolean();
    try (Tab tab = site.open(look)) {
      tab.page.route("**/projection?method=umap", route -> {
        if (isReady.get()) {
          route.resume();
        } else {
          route.fulfill(new Route.FulfillOptions()
              .setContentType("application/json")
              .setBody("{\"state\":\"computing\",\"progress\":0.42}"));
        }
      });
      tab.go("/space?method=umap");
      assertThat(tab.page.locator(".computing")).containsText("The server places the items: 42 %");
      tab.page.waitForTimeout(2500);
      tab.requireAccessible();
      tab.screenshot("space-computing");
      isReady.set(true);
      assertThat(note(tab)).containsText("UMAP: near ones are alike");
      assertThat(tab.page.locator(".computing")).isHidden();
    }
  }

  private static Locator layout(Tab tab, String method) {
    return tab.page.locator("select[aria-label=Layout] option[value=" + method + "]");
  }

  @Test
  void motionStopsForWhoDoesNotWantIt() {
    try (Tab tab = site.open(Look.LIGHT)) {
      tab.page.emulateMedia(new Page.EmulateMediaOptions()
          .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE));
      tab.go("/space");
      assertThat(note(tab)).containsText("600 of 600");
      Object axis = tab.page.locator(".axis-name").nth(2).boundingBox();
      assertThat(axis).isNotNull();
      tab.button("2-D").click();
      assertThat(tab.page.locator(".axis-name").nth(2)).isHidden();
    }
  }
}
