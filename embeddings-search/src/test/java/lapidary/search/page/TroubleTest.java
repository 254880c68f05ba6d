package lapidary.search.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import lapidary.search.access.Access;
import lapidary.search.access.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong is said where it happened, in a sentence, with a way out. */
final class TroubleTest {
  private static final String READER = "reader-token-0123456789";
  private static final String WRITER = "writer-token-0123456789";

  @RegisterExtension
  static final Site site = Site.with(60);

  @TempDir
  static Path folder;

  private static PageServer server() throws IOException {
    return site.another(folder -> PageServer.start(folder, 60));
  }

  /** For whoever has one of the tokens in a file. */
  private static PageServer server(Path tokens, int pictures) throws IOException {
    return site.another(
        folder -> PageServer.start(folder, pictures, new Access.Bearer(Tokens.of(tokens))));
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void aServerThatStoppedIsSaidToAndCanBeAskedAgain(Look look) throws Exception {
    try (PageServer server = server();
        Tab tab = site.open(server, look).expecting("ERR_CONNECTION_REFUSED", "503")) {
      tab.go("/");
      assertThat(tab.tiles().first()).isVisible();
      server.stop();
      tab.search("amber");
      assertThat(tab.page.getByRole(AriaRole.ALERT)).containsText("The server does not answer.");
      assertThat(tab.button("Try again")).isVisible();
      tab.requireAccessible();
      tab.screenshot("trouble-stopped");
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void aCollectionThatIsGoneLeadsToTheOthers(Look look) throws Exception {
    try (PageServer server = server();
        Tab tab = site.open(server, look)) {
      tab.go("/photos?in=holidays");
      assertThat(tab.page.getByText("There is no collection holidays")).isVisible();
      tab.requireAccessible();
      tab.screenshot("trouble-gone");
      tab.button(PageServer.COLLECTION).click();
      assertThat(tab.summary()).containsText("60 photos");
    }
  }

  @Test
  void aCollectionDroppedMeanwhileIsSaidTo() throws Exception {
    try (PageServer server = server();
        Tab tab = site.open(server, Look.LIGHT).expecting("404")) {
      tab.go("/");
      assertThat(tab.tiles().first()).isVisible();
      tab.page.evaluate("() => fetch('/v1/collections/colours', { method: 'DELETE' })");
      tab.search("amber");
      assertThat(tab.page.locator(".trouble")).containsText("colours");
      tab.button("Try again").click();
      assertThat(tab.page.getByText("No collection yet")).isVisible();
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void aDamagedPictureIsRefusedWithoutLosingWhatWasShown(Look look) throws Exception {
    try (PageServer server = server();
        Tab tab = site.open(server, look).expecting("400", "415", "blob:")) {
      tab.go("/");
      assertThat(tab.tiles().first()).isVisible();
      tab.drop("not a picture".getBytes(StandardCharsets.UTF_8), "Search by it");
      assertThat(tab.page.locator(".trouble")).containsText("image");
      tab.requireAccessible();
      tab.screenshot("trouble-damaged");
      tab.button("Show all photos").click();
      assertThat(tab.summary()).containsText("60 photos");
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void aDamagedPictureIsNotAddedAndSaysWhy(Look look) throws Exception {
    try (PageServer server = server();
        Tab tab = site.open(server, look).expecting("400", "415", "blob:")) {
      tab.go("/");
      assertThat(tab.button("Add photos")).isVisible();
      tab.drop("not a picture".getBytes(StandardCharsets.UTF_8), "Add to the collection");
      tab.button("Add 1 photo").click();
      assertThat(tab.page.locator(".adding .bad")).containsText("image");
      assertThat(tab.button("Add 1 photo")).isVisible();
      tab.requireAccessible();
      tab.screenshot("trouble-damaged-added");
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void whoAsksTooMuchIsToldWhenToAskAgain(Look look) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (PageServer server = server();
        Tab tab = site.open(server, look).expecting("429")) {
      tab.page.route("**/search", route -> {
        if (asked.getAndIncrement() == 0) {
          route.fulfill(new Route.FulfillOptions()
              .setStatus(429)
              .setHeaders(Map.of("Retry-After", "2", "Content-Type", "application/json"))
              .setBody("{\"error\":\"too many requests wait; ask again later\"}"));
        } else {
          route.resume();
        }
      });
      tab.go("/photos?q=amber");
      assertThat(tab.page.locator(".trouble")).containsText("Too many requests wait");
      assertThat(tab.page.locator(".trouble button").first())
          .hasText(Pattern.compile("Try again in [12] s"));
      assertThat(tab.page.locator(".trouble button").first()).isDisabled();
      tab.screenshot("trouble-busy");
      tab.button("Try again").click();
      assertThat(tab.tiles().first()).hasAttribute("aria-label", Pattern.compile("^amber"));
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void whoHasNoTokenSignsInAndOneThatExpiredIsAskedForAgain(Look look) throws Exception {
    Path tokens = Files.writeString(folder.resolve("tokens"), "write ann " + WRITER + "\n");
    try (PageServer server = server(tokens, 60);
        Tab tab = site.open(server, look).expecting("401")) {
      foldStrip(tab);
      tab.go("/photos?q=amber");
      assertThat(tab.button("Sign in")).isVisible();
      tab.requireAccessible();
      tab.screenshot("sign-in");
      signIn(tab, "wrong-token-0123456789");
      assertThat(tab.page.getByText("The token is not known any more")).isVisible();
      signIn(tab, WRITER);
      assertThat(tab.tiles().first()).hasAttribute("aria-label", Pattern.compile("^amber"));
      assertThat(tab.button("Add photos")).isVisible();
      awaitPictures(tab);
      expire(tab, tokens);
      tab.search("rose");
      assertThat(tab.page.getByText("The token is not known any more")).isVisible();
      tab.requireAccessible();
      tab.screenshot("trouble-expired");
      signIn(tab, READER);
      assertThat(tab.tiles().first()).hasAttribute("aria-label", Pattern.compile("^rose"));
    }
  }

  @Test
  void whoTypesWhenATokenExpiresIsAskedForAnotherAfterwards() throws Exception {
    Path tokens = Files.writeString(folder.resolve("typing"), "write ann " + WRITER + "\n");
    try (PageServer server = server(tokens, 200);
        Tab tab = site.open(server, Look.LIGHT).expecting("401")) {
      foldStrip(tab);
      tab.go("/photos");
      signIn(tab, WRITER);
      awaitPictures(tab);
      expire(tab, tokens);
      tab.field().pressSequentially("r");
      tab.page.evaluate("document.querySelector('.grid').parentElement.scrollTop = 1e6");
      assertThat(tab.page.locator(".tile:not(.seen)").first()).isAttached();
      tab.field().pressSequentially("ose", new Locator.PressSequentiallyOptions().setDelay(300));
      assertThat(tab.field()).hasValue("rose");
      assertThat(tab.page.getByText("The token is not known any more")).isVisible();
      signIn(tab, READER);
      assertThat(tab.field()).hasValue("rose");
      tab.field().press("Enter");
      assertThat(tab.tiles().first()).hasAttribute("aria-label", Pattern.compile("^rose"));
    }
  }

  /** The space asks for pictures whenever it stands still, and would ask for the token first. */
  private static void foldStrip(Tab tab) {
    tab.page.addInitScript("sessionStorage.setItem('lapidary-strip-folded', '1')");
  }

  /** A picture that is still on its way would ask for the token first. */
  private static void awaitPictures(Tab tab) {
    assertThat(tab.page.locator(".tile.seen").first()).isVisible();
    assertThat(tab.page.locator(".tile:not(.seen)")).hasCount(0);
  }

  /** The tokens of the file are read again within a second. */
  private static void expire(Tab tab, Path tokens) throws IOException {
    Files.writeString(tokens, "read bob " + READER + "\n");
    tab.page.waitForTimeout(1500);
  }

  @Test
  void whoMayOnlyReadIsOfferedNoChange() throws Exception {
    Path tokens = Files.writeString(folder.resolve("readers"), "read bob " + READER + "\n");
    try (PageServer server = server(tokens, 60);
        Tab tab = site.open(server, Look.LIGHT).expecting("401")) {
      tab.go("/");
      signIn(tab, READER);
      tab.tiles().first().click();
      assertThat(tab.page.locator(".mini img[src]")).hasCount(8);
      assertThat(tab.page.getByLabel("Add photos", new Page.GetByLabelOptions().setExact(true)))
          .isHidden();
      assertThat(tab.page
              .getByText("Remove", new Page.GetByTextOptions().setExact(true))
              .all())
          .isEmpty();
      tab.drop(DrawnPicture.png(3), "Search by it");
      assertThat(tab.summary()).containsText("like this");
    }
  }

  private static void signIn(Tab tab, String token) {
    tab.page.getByLabel("Token", new Page.GetByLabelOptions().setExact(true)).fill(token);
    tab.button("Sign in").click();
  }
}
