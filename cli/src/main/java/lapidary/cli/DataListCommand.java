package lapidary.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ImageDatasets;
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
    List<ImageDatasets.Listing> rows =
        ImageDatasets.list(DataRoots.fromEnvironment(console.environment()));
    return answer.give(console, rows, out -> rows.forEach(row -> print(row, out)));
  }

  private static void print(ImageDatasets.Listing row, PrintWriter out) {
    out.printf(
        "%-22s %s; %,d + %,d images%n", row.name(), row.description(), row.train(), row.test());
    out.printf(
        "%-22s licence %s; %s%n", "", row.licence(), row.found().orElse("not on this machine"));
  }
}
