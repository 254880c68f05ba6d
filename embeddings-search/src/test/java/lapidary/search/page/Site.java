package lapidary.search.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A browser and the server that it looks at, there for a class of tests. Not thread-safe. */
final class Site implements BeforeAllCallback, AfterAllCallback {
  private final Opening opening;
  private final Deque<Closing> closings = new ArrayDeque<>();
  private Optional<Browser> browser = Optional.empty();
  private Optional<PageServer> server = Optional.empty();

  /** Starts a server in a folder that is there for it alone. */
  @FunctionalInterface
  interface Opening {
    PageServer start(Path folder) throws IOException;
  }

  private interface Closing {
    void close() throws IOException;
  }

  private Site(Opening opening) {
    this.opening = opening;
  }

  static Site of(Opening opening) {
    return new Site(opening);
  }

  /** A server with so many pictures. */
  static Site with(int pictures) {
    return of(folder -> PageServer.start(folder, pictures));
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Browser chromium = Browser.start();
    closings.push(chromium::close);
    browser = Optional.of(chromium);
    server = Optional.of(another(opening));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    while (!closings.isEmpty()) {
      closings.pop().close();
    }
  }

  /** A further server, which ends with this. */
  PageServer another(Opening further) throws IOException {
    Path folder = Files.createTempDirectory("lapidary-page");
    closings.push(() -> delete(folder));
    PageServer started = further.start(folder);
    closings.push(started::close);
    return started;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  PageServer server() {
    return server.orElseThrow();
  }

  /** A tab of a person who has not been here before. */
  Tab open(Look look) {
    return open(server(), look);
  }

  /** The same at another server. */
  Tab open(PageServer other, Look look) {
    return browser.orElseThrow().open(other, look);
  }
}
