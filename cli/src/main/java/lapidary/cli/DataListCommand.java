package lapidary.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ImageDatasets;
import lapidary.trainer.data.photos.PhotoDatasets;
import lapidary.trainer.data.ratings.RatingsDatasets;
import lapidary.trainer.data.tables.TableDatasets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    description = "Lists the known data sets, their licences and where each was found.",
    footer = {"", "Example:", "  ./lapidary data list --json"})
final class DataListCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  private final Console console;

  DataListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    DataRoots roots = DataRoots.fromEnvironment(console.environment());
    List<ImageDatasets.Listing> images = ImageDatasets.list(roots);
    List<RatingsDatasets.Listing> ratings = RatingsDatasets.list(roots);
    List<TableDatasets.Listing> tables = TableDatasets.list(roots);
    List<PhotoDatasets.Listing> photos = PhotoDatasets.list(roots);
    List<Object> rows = Stream.<List<?>>of(images, photos, ratings, tables)
        .<Object>flatMap(List::stream)
        .toList();
    return answer.give(console, rows, out -> {
      images.forEach(row -> print(row, out));
      photos.forEach(row -> print(row, out));
      ratings.forEach(row -> print(row, out));
      tables.forEach(row -> print(row, out));
    });
  }

  private static void print(ImageDatasets.Listing row, PrintWriter out) {
    out.printf(
        "%-22s %s; %,d + %,d images%n", row.name(), row.description(), row.train(), row.test());
    out.printf(
        "%-22s licence %s; %s%n", "", row.licence(), row.found().orElse("not on this machine"));
  }

  private static void print(PhotoDatasets.Listing row, PrintWriter out) {
    out.printf("%-22s %s%n", row.name(), row.description());
    out.printf(
        "%-22s licence %s; %s%n", "", row.licence(), row.found().orElse("not on this machine"));
  }

  private static void print(RatingsDatasets.Listing row, PrintWriter out) {
    out.printf("%-22s %s%n", row.name(), row.description());
    out.printf(
        "%-22s licence %s; %s%n", "", row.licence(), row.found().orElse("not on this machine"));
  }

  private static void print(TableDatasets.Listing row, PrintWriter out) {
    out.printf("%-22s %s%n", row.name(), row.description());
    out.printf(
        "%-22s licence %s; %s%n", "", row.licence(), row.found().orElse("not on this machine"));
  }
}
