package lapidary.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** An invented table whose price follows from its columns, with missing cells, a constant column, and an id a row. */
final class Sales {
  static final List<String> COLOURS = List.of("red", "green", "blue", "?");

  private Sales() {}

  /** Writes rows from a fixed seed; the price is in the column {@code price}, whether it is high in {@code dear}. */
  static Path write(Path file, int rows) throws IOException {
    Random random = new Random(1);
    List<String> lines = new ArrayList<>(List.of("id,colour,size,sold,shop,price,dear"));
    for (int i = 0; i < rows; i++) {
      int colour = random.nextInt(COLOURS.size());
      double size = 1 + 9 * random.nextDouble();
      boolean sized = random.nextInt(10) > 0;
      LocalDate sold = LocalDate.of(2024, 1, 1).plusDays(random.nextInt(366));
      double weekend = sold.getDayOfWeek().getValue() > 5 ? 1.5 : 1;
      double price = (5 + 10 * colour) * weekend * (sized ? 1 + size / 5 : 2);
      lines.add(String.format(
          Locale.ROOT,
          "n%d, %s ,%s,%s,one,%.3f,%s",
          i,
          COLOURS.get(colour),
          sized ? String.format(Locale.ROOT, "%.2f", size) : "",
          sold,
          price,
          price > 40 ? "yes" : "no"));
    }
    return Files.write(file, lines);
  }
}
