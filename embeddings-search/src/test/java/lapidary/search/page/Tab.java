package lapidary.search.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A tab in which the page is open. When it is closed it fails if the page asked another host for anything or had an error. */
final class Tab implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Set<String> SERIOUS = Set.of("serious", "critical");

  private static final String TRANSFER = """
      ([base64, name]) => {
        const bytes = Uint8Array.from(atob(base64), each => each.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], name, { type: 'image/png' }));
        return transfer;
      }""";

  final Page page;
  private final BrowserContext context;
  private final PageServer server;
  private final Look look;
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final List<String> expected = new CopyOnWriteArrayList<>();

  Tab(BrowserContext context, PageServer server, Look look) {
    this.context = context;
    this.server = server;
    this.look = look;
    context.onRequest(this::ownHostOnly);
    page = context.newPage();
    page.setDefaultTimeout(20_000);
    page.onConsoleMessage(this::noError);
    page.onPageError(error -> faults.add("error: " + error));
  }

  private void ownHostOnly(Request request) {
    String url = request.url();
    if (!url.startsWith(server.url("/")) && !url.matches("(blob|data|about|file):.*")) {
      faults.add("a request leaves the host: " + url);
    }
  }

  private void noError(ConsoleMessage message) {
    boolean known = expected.stream().anyMatch(part -> message.text().contains(part));
    if (message.type().equals("error") && !known) {
      faults.add("console: " + message.text() + " at " + message.location());
    }
  }

  /** Chromium writes each answer of such a status to its console; here the test is about it. */
  Tab expecting(String... parts) {
    expected.addAll(List.of(parts));
    return this;
  }

  /** Lets the page use the camera, as a person does in the browser. */
  Tab allowingCamera() {
    context.grantPermissions(List.of("camera"));
    return this;
  }

  Tab go(String path) {
    page.navigate(server.url(path));
    return this;
  }

  /** The photos that are in the document. */
  Locator tiles() {
    return page.locator(".tile");
  }

  /** The line that says how many were found, how fast and how surely. */
  Locator summary() {
    return page.locator(".summary");
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator field() {
    return page.getByRole(AriaRole.SEARCHBOX);
  }

  /** Looks for words as a person does. */
  void search(String words) {
    field().fill(words);
    field().press("Enter");
  }

  /** Drops a picture onto the part of the page that says so. */
  void drop(byte[] png, String onto) {
    Object transfer = transfer(png);
    page.locator("body").dispatchEvent("dragenter", java.util.Map.of("dataTransfer", transfer));
    page.getByText(onto, new Page.GetByTextOptions().setExact(true))
        .dispatchEvent("drop", java.util.Map.of("dataTransfer", transfer));
  }

  void paste(byte[] png) {
    page.evaluate(
        "transfer => document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true }))",
        transfer(png));
  }

  private Object transfer(byte[] png) {
    return page.evaluateHandle(
        TRANSFER, List.of(Base64.getEncoder().encodeToString(png), "dropped.png"));
  }

  /** What stands behind the host in the address. */
  String address() {
    return page.url().substring(server.url("").length());
  }

  /** Keeps what is seen among the build's artifacts. */
  void screenshot(String name) {
    page.waitForTimeout(350);
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + "-" + look + ".png")));
  }

  /** Fails if a reader with a screen reader, a keyboard or weak eyes is kept out of something. */
  void requireAccessible() {
    page.waitForTimeout(350);
    List<String> found = new AxeBuilder(page)
        .analyze().getViolations().stream()
            .filter(rule -> SERIOUS.contains(rule.getImpact()))
            .map(Tab::told)
            .toList();
    assertThat(found).as(address() + " " + look).isEmpty();
  }

  private static String told(Rule rule) {
    return rule.getId() + ": " + rule.getHelp() + " "
        + rule.getNodes().stream().map(node -> node.getHtml()).limit(4).toList();
  }

  @Override
  public void close() {
    context.close();
    assertThat(faults).isEmpty();
  }
}
