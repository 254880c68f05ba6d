package lapidary.cli.search;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.models.InvalidInputException;
import lapidary.search.Collection;
import lapidary.search.CollectionInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    description = "Removes items from a collection, all that are named or none.",
    footer = {"", "Example:", "  ./lapidary index remove holiday --id 2026/blurred.jpg"})
public final class IndexRemoveCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Parameters(paramLabel = "COLLECTION", description = "The collection's folder.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path folder;

  @Option(
      names = "--id",
      required = true,
      arity = "1..*",
      paramLabel = "ID",
      description = "The items' ids.")
  private List<String> ids = List.of();

  private final Console console;

  public IndexRemoveCommand(Console console) {
    this.console = console;
  }

  /** What became of the collection. */
  record Document(String collection, int removed, CollectionInfo info) {}

  @Override
  public Integer call() {
    try (Collection collection = Collection.open(folder)) {
      ids.stream().filter(id -> !collection.contains(id)).findFirst().ifPresent(id -> {
        throw new InvalidInputException("collection " + folder + " has no item \"" + id
            + "\"; nothing was removed, search it to see the ids it has");
      });
      int removed = (int) ids.stream().filter(collection::remove).count();
      collection.commit();
      Document document = new Document(folder.toString(), removed, collection.info());
      return answer.give(
          console,
          document,
          out -> out.printf(
              Locale.ROOT,
              "%s: %,d items removed, %,d left%n",
              document.info().name(),
              document.removed(),
              document.info().count()));
    }
  }
}
