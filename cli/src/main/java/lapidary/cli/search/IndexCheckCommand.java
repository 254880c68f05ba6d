package lapidary.cli.search;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.ExitCode;
import lapidary.search.Collection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description = "Reads all of a collection and says what is damaged; ends with 1 if anything is.",
    footer = {"", "Example:", "  ./lapidary index check clothes"})
public final class IndexCheckCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Parameters(paramLabel = "COLLECTION", description = "The collection's folder.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path folder;

  private final Console console;

  public IndexCheckCommand(Console console) {
    this.console = console;
  }

  /** What was found. */
  record Document(String collection, boolean whole, List<String> damages) {}

  @Override
  public Integer call() {
    List<String> damages = Collection.damages(folder);
    Document document = new Document(folder.toString(), damages.isEmpty(), damages);
    int code = answer.give(console, document, out -> {
      damages.forEach(out::println);
      if (damages.isEmpty()) {
        out.println(folder + ": every file and item is whole");
      }
    });
    return damages.isEmpty() ? code : ExitCode.BREACH;
  }
}
