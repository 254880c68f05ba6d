package lapidary.cli.console;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Tells a person of a page that was written beside an answer. Stateless. */
public final class PlotFile {
  private PlotFile() {}

  /** Says where it is and how large, if there is one. */
  public static void print(PrintWriter out, Optional<String> plot) {
    plot.ifPresent(page -> out.printf(
        Locale.ROOT, "the plot is %s, %,d kB%n", page, Path.of(page).toFile().length() / 1000));
  }
}
