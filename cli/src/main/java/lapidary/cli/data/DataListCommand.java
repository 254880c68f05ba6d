package lapidary.cli.data;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ImageDatasets;
import lapidary.trainer.data.Listing;
import lapidary.trainer.data.photos.PhotoDatasets;
import lapidary.trainer.data.ratings.RatingsDatasets;
import lapidary.trainer.data.tables.TableDatasets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    description = "Lists the known data sets, their licences and where each was found.",
    footer = {"", "Example:", "  ./lapidary data list --json"})
public final class DataListCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  private final Console console;

  public DataListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    DataRoots roots = DataRoots.fromEnvironment(console.environment());
    List<Listing> images = ImageDatasets.list(roots);
    List<Listing> ratings = RatingsDatasets.list(roots);
    List<Listing> tables = TableDatasets.list(roots);
    List<Listing> photos = PhotoDatasets.list(roots);
    List<Listing> rows =
        Stream.of(images, ratings, tables, photos).flatMap(List::stream).toList();
    return answer.give(
        console,
        rows,
        out -> Stream.of(images, photos, ratings, tables)
            .flatMap(List::stream)
            .forEach(row -> print(row, out)));
  }

  private static void print(Listing row, PrintWriter out) {
    String counts = row.train().isPresent() && row.test().isPresent()
        ? String.format(
            Locale.ROOT,
            "; %,d + %,d images",
            row.train().getAsInt(),
            row.test().getAsInt())
        : "";
    out.printf(Locale.ROOT, "%-22s %s%s%n", row.name(), row.description(), counts);
    printPlace(row.licence(), row.found(), out);
  }

  private static void printPlace(String licence, Optional<String> found, PrintWriter out) {
    out.printf(
        Locale.ROOT, "%-22s licence %s; %s%n", "", licence, found.orElse("not on this machine"));
  }
}
