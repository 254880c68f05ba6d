package lapidary.search.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import lapidary.search.access.Access;
import lapidary.search.http.Feature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one does with films. */
final class FilmFlowsTest {
  @RegisterExtension
  static final Site site = Site.of(FilmFlowsTest::films);

  private static PageServer films(Path folder) throws IOException {
    return PageServer.start(
        folder, 0, new Access.Loopback(), Feature.movies(SampleFilms.service()));
  }

  private static Tab open(Look look, String path) {
    return site.open(look).go(path);
  }

  private static Locator row(Tab tab, String title) {
    return tab.page.getByRole(
        AriaRole.REGION, new Page.GetByRoleOptions().setName(title).setExact(true));
  }

  private static Locator found(Tab tab) {
    return tab.page.locator(".films-grid .film");
  }

  private static List<String> names(Locator row) {
    return row.locator(".film b").allInnerTexts();
  }

  /** Rates a film that is offered, by its name. */
  private static void rate(Tab tab, String film, int rating) {
    tab.page
        .locator(".to-rate", new Page.LocatorOptions().setHasText(film))
        .locator("[data-step='" + rating + "']")
        .click();
  }

  @Test
  void aFilmIsFoundAsOneTypesInSpiteOfErrors() {
    try (Tab tab = open(Look.LIGHT, "/films")) {
      assertThat(row(tab, "Best liked for what they are")).isVisible();
      tab.field().pressSequentially("the godfahter");
      assertThat(found(tab)).hasCount(1);
      assertThat(found(tab).first())
          .hasAttribute("aria-label", Pattern.compile("^The Godfather, 1972, Crime"));
      assertThat(tab.address()).isEqualTo("/films?q=the+godfahter");
      tab.field().fill("zebra 1982");
      assertThat(tab.page.getByText("No film fits")).isVisible();
      tab.field().fill("runner 1982");
      assertThat(found(tab).first()).containsText("Blade Runner");
      tab.field().fill("");
      assertThat(row(tab, "Best liked for what they are")).isVisible();
      assertThat(tab.address()).isEqualTo("/films");
    }
  }

  @Test
  void fiveRatingsMakeAListThatChangesWithEach() {
    try (Tab tab = open(Look.LIGHT, "/films")) {
      assertThat(row(tab, "For you")).isHidden();
      rate(tab, "Fargo", 5);
      assertThat(row(tab, "For you")).containsText("From 1 rating; from 5 on the list is yours.");
      assertThat(row(tab, "For you").locator("small").first()).containsText("Crime");
      assertThat(row(tab, "Because you liked Fargo").locator("small").first())
          .containsText("Crime");
      List<String> first = names(row(tab, "For you"));
      rate(tab, "The Godfather", 1);
      assertThat(row(tab, "For you")).containsText("From 2 ratings");
      assertThat(names(row(tab, "For you"))).isNotEqualTo(first).doesNotContain("The Godfather");
      rate(tab, "Star Wars", 5);
      rate(tab, "Blade Runner", 5);
      rate(tab, "Casablanca", 1);
      assertThat(row(tab, "For you")).containsText("from 5 ratings; those films are left out.");
      assertThat(row(tab, "For you").locator("small").first()).containsText("Sci-Fi");
      assertThat(names(row(tab, "For you"))).doesNotContain("Fargo", "Star Wars", "Casablanca");
      assertThat(tab.page.locator(".welcome")).isHidden();
      assertThat(row(tab, "Because you liked Blade Runner")).isVisible();
      assertThat(tab.button("You, 5 rated")).isVisible();
      tab.screenshot("films-for-you");
      tab.page.reload();
      assertThat(row(tab, "For you").locator("small").first()).containsText("Sci-Fi");
    }
    try (Tab other = open(Look.LIGHT, "/films")) {
      assertThat(other.page.getByText("Rate five films you have seen")).isVisible();
      assertThat(row(other, "For you")).isHidden();
    }
  }

  @Test
  void ratingsCanBeSeenTakenBackAndForgotten() {
    try (Tab tab = open(Look.LIGHT, "/films")) {
      rate(tab, "Fargo", 4);
      rate(tab, "Psycho", 2);
      tab.button("You, 2 rated").click();
      Locator list =
          tab.page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Your ratings"));
      assertThat(list).containsText("in this browser only");
      assertThat(list.locator("li").nth(1)).containsText("2Psycho");
      tab.requireAccessible();
      tab.button("Take back the rating of Psycho").click();
      assertThat(list.locator("li")).hasCount(2);
      tab.button("Forget my ratings").click();
      assertThat(row(tab, "For you")).isHidden();
      // The note goes by itself: it is not waited for until it stands still.
      tab.button("Undo").dispatchEvent("click");
      assertThat(tab.button("You, 1 rated")).isVisible();
      assertThat(row(tab, "Because you liked Fargo")).isVisible();
    }
  }

  @Test
  void aFilmIsExplainedRatedAndLeadsToOthers() {
    try (Tab tab = open(Look.LIGHT, "/films?sel=2")) {
      Locator film = tab.page.locator(".side");
      assertThat(film.locator("h1")).hasText("Fargo");
      assertThat(film.locator(".why"))
          .containsText(Pattern.compile("Mean of 497 ratings: \\d\\.\\d\\d\\..*is .* of 150"));
      assertThat(film.locator("canvas"))
          .hasAttribute("aria-label", Pattern.compile("of 150 films\\. Fargo: mean .*, bias "));
      assertThat(film.locator(".strip small").first()).containsText("Crime");
      film.locator("[data-step='5']").click();
      assertThat(film.locator(".why")).containsText("You rated it 5");
      assertThat(tab.page.locator("main .film[data-film='2'] .mine").first()).hasText("you: 5");
      film.locator(".strip .film").first().click();
      assertThat(film.locator("h1")).not().hasText("Fargo");
      assertThat(film.locator(".why")).containsText("Expected from you:");
      film.locator(".all").click();
      assertThat(tab.page.locator(".films-results h1")).containsText("Like ");
      assertThat(found(tab).first().locator("em")).containsText("likeness");
    }
  }

  @Test
  void theAddressIsTheStateBackAndForward() {
    String shared;
    try (Tab tab = open(Look.LIGHT, "/films")) {
      tab.page.locator("[data-genre='Western']").click();
      tab.page.getByLabel("Years").selectOption("1990");
      assertThat(row(tab, "Best liked for what they are")).containsText("Unforgiven");
      row(tab, "Best liked for what they are").locator(".all").click();
      found(tab).first().click();
      assertThat(tab.page.locator(".side h1")).isVisible();
      shared = tab.address();
      tab.page.goBack();
      assertThat(tab.page.locator(".side")).isHidden();
      assertThat(found(tab).first()).isVisible();
      tab.page.goBack();
      assertThat(row(tab, "Best liked for what they are")).isVisible();
      tab.page.goBack();
      tab.page.goBack();
      assertThat(tab.address()).isEqualTo("/films");
      assertThat(tab.button("All genres")).hasAttribute("aria-pressed", "true");
      tab.page.goForward();
      assertThat(tab.page.locator("[data-genre='Western']")).hasAttribute("aria-pressed", "true");
    }
    assertThat(shared).contains("genre=Western", "from=1990", "to=1999", "list=best", "sel=");
    try (Tab friend = open(Look.LIGHT, shared)) {
      assertThat(friend.page.locator(".side h1")).isVisible();
      assertThat(found(friend).first().locator("small"))
          .containsText(Pattern.compile("199\\d · Western"));
      assertThat(friend.page.getByLabel("Years")).hasValue("1990");
    }
  }

  @Test
  void theKeyboardDoesItAll() {
    try (Tab tab = open(Look.LIGHT, "/films")) {
      Locator best = row(tab, "Best liked for what they are").locator(".film");
      assertThat(best.first()).isVisible();
      tab.page.keyboard().press("ArrowRight");
      assertThat(best.nth(0)).isFocused();
      tab.page.keyboard().press("ArrowRight");
      assertThat(best.nth(1)).isFocused();
      tab.page.keyboard().press("ArrowDown");
      assertThat(row(tab, "Best known").locator(".film").nth(1)).isFocused();
      tab.page.keyboard().press("ArrowUp");
      String name = best.nth(1).locator("b").innerText();
      tab.page.keyboard().press("Enter");
      assertThat(tab.page.locator(".side h1")).hasText(name);
      tab.page.keyboard().press("l");
      assertThat(tab.button("You, 1 rated")).isVisible();
      assertThat(row(tab, "Because you liked " + name)).isVisible();
      tab.page.keyboard().press("Escape");
      assertThat(tab.page.locator(".side")).isHidden();
      tab.page.keyboard().press("s");
      assertThat(tab.page.locator(".films-results h1")).containsText("Like ");
      tab.page.keyboard().press("/");
      assertThat(tab.field()).isFocused();
    }
  }

  @Test
  void onAPhoneAFilmIsASheetAndNothingIsWiderThanTheScreen() {
    try (Tab tab = open(Look.PHONE, "/films")) {
      assertThat(row(tab, "Best liked for what they are")).isVisible();
      assertThat(
              (Boolean)
                  tab.page.evaluate(
                      "document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth"))
          .isTrue();
      row(tab, "Best liked for what they are").locator(".film").first().tap();
      assertThat(tab.page.locator(".side h1")).isVisible();
      assertThat(tab.page.locator(".side").boundingBox().width).isEqualTo(390);
      tab.button("Close").tap();
      assertThat(tab.page.locator(".side")).isHidden();
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void howItLooks(Look look) {
    try (Tab tab = open(look, "/films")) {
      assertThat(row(tab, "Best liked for what they are")).isVisible();
      tab.requireAccessible();
      tab.screenshot("films");
      tab.go("/films?sel=8");
      assertThat(tab.page.locator(".side canvas")).isVisible();
      tab.requireAccessible();
      tab.screenshot("films-one");
      tab.go("/films?q=tale&genre=Crime");
      assertThat(found(tab).first()).isVisible();
      tab.requireAccessible();
      tab.screenshot("films-found");
    }
  }

  @Test
  void withoutFilmsItSaysHowToGetThem() throws Exception {
    try (PageServer none = site.another(folder -> PageServer.start(folder, 0));
        Tab tab = site.open(none, Look.LIGHT).expecting("404").go("/films")) {
      assertThat(tab.page.getByText("No films yet")).isVisible();
      assertThat(tab.page.locator("code").first()).containsText("train collab");
      tab.requireAccessible();
      tab.screenshot("films-none");
    }
  }

  @Test
  void aServerThatStoppedIsSaidTo() throws Exception {
    try (PageServer stopped = site.another(FilmFlowsTest::films);
        Tab tab =
            site.open(stopped, Look.LIGHT).expecting("ERR_CONNECTION_REFUSED").go("/films")) {
      assertThat(row(tab, "Best liked for what they are")).isVisible();
      stopped.stop();
      tab.field().fill("fargo");
      assertThat(tab.page.getByRole(AriaRole.ALERT)).containsText("The server does not answer.");
      assertThat(tab.button("Try again")).isVisible();
    }
  }
}
