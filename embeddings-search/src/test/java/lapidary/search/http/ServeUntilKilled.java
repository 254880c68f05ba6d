package lapidary.search.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lapidary.search.ChildJava;
import lapidary.search.Collection;
import lapidary.search.SearchService;

/** A process that serves the collection of a folder until somebody kills it; it says its port. */
final class ServeUntilKilled {
  private ServeUntilKilled() {}

  public static void main(String[] arguments) {
    SearchService service =
        new SearchService(List.of(Collection.open(Path.of(arguments[0]))), List.of());
    SearchServer server =
        SearchServer.start(List.of(Feature.collections(service)), ServerOptions.loopback(0));
    System.out.println(server.port());
    System.out.flush();
  }

  /** Starts this program. */
  static Process start(Path folder) throws IOException {
    return ChildJava.of(ServeUntilKilled.class, folder)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Starts it with a heap that it may not grow beyond, such as {@code 64m}; without memory it ends. */
  static Process startWithin(String heap, Path folder) throws IOException {
    ProcessBuilder program = ChildJava.of(ServeUntilKilled.class, folder);
    program.command().addAll(1, List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError"));
    return program.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
