package lapidary.trainer.report;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lapidary.models.AtomicFile;
import lapidary.models.InvalidInputException;

/**
 * The table {@code history.csv}: {@code epoch,train_loss,valid_loss,<metrics…>,seconds}, one row an epoch. Numbers are written in
 * full and read back exactly. Stateless.
 */
public final class HistoryCsv {
  private static final List<String> FIRST = List.of("epoch", "train_loss", "valid_loss");
  private static final String LAST = "seconds";

  private HistoryCsv() {}

  /**
   * Publishes the whole table.
   *
   * @throws InvalidInputException if rows have different metrics or the file cannot be written
   */
  public static void write(Path file, List<EpochRow> rows) {
    List<String> metrics =
        rows.isEmpty() ? List.of() : List.copyOf(rows.get(0).metrics().keySet());
    metrics.forEach(HistoryCsv::requirePlain);
    String table = Stream.concat(
            Stream.of(String.join(",", header(metrics))),
            rows.stream().map(row -> line(row, metrics)))
        .collect(Collectors.joining("\n", "", "\n"));
    AtomicFile.writeText(file, table);
  }

  private static List<String> header(List<String> metrics) {
    List<String> header = new ArrayList<>(FIRST);
    header.addAll(metrics);
    header.add(LAST);
    return header;
  }

  private static String line(EpochRow row, List<String> metrics) {
    if (!List.copyOf(row.metrics().keySet()).equals(metrics)) {
      throw new InvalidInputException("epoch " + row.epoch() + " has the metrics "
          + row.metrics().keySet() + ", epochs before it " + metrics
          + "; measure the same in every epoch");
    }
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(row.epoch()));
    cells.add(Double.toString(row.trainLoss()));
    cells.add(row.validLoss().isPresent() ? Double.toString(row.validLoss().getAsDouble()) : "");
    row.metrics().values().forEach(value -> cells.add(Double.toString(value)));
    cells.add(Double.toString(row.seconds()));
    return String.join(",", cells);
  }

  private static void requirePlain(String metric) {
    if (metric.isEmpty() || metric.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ')) {
      throw new InvalidInputException(
          "a metric cannot be named \"" + metric + "\"; leave commas and quotes out");
    }
  }

  /**
   * Reads what {@link #write} wrote, so that a resumed run can go on with it.
   *
   * @throws InvalidInputException if the file cannot be read or a row does not parse; the message names the line
   */
  public static List<EpochRow> read(Path file) {
    List<String> lines = lines(file);
    List<String> header = lines.isEmpty() ? List.of() : cells(lines.get(0));
    int metrics = header.size() - FIRST.size() - 1;
    if (metrics < 0
        || !header.subList(0, FIRST.size()).equals(FIRST)
        || !header.get(header.size() - 1).equals(LAST)) {
      throw new InvalidInputException(
          file + ", line 1: wanted the columns " + String.join(",", FIRST) + ",…," + LAST);
    }
    List<EpochRow> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      rows.add(row(header, cells(lines.get(i)), file + ", line " + (i + 1)));
    }
    return List.copyOf(rows);
  }

  private static EpochRow row(List<String> header, List<String> cells, String where) {
    if (cells.size() != header.size()) {
      throw new InvalidInputException(
          where + ": " + cells.size() + " cells for " + header.size() + " columns");
    }
    try {
      Map<String, Double> metrics = new LinkedHashMap<>();
      for (int i = FIRST.size(); i < cells.size() - 1; i++) {
        metrics.put(header.get(i), Double.valueOf(cells.get(i)));
      }
      String valid = cells.get(2);
      return new EpochRow(
          Integer.parseInt(cells.get(0)),
          Double.parseDouble(cells.get(1)),
          valid.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(valid)),
          metrics,
          Double.parseDouble(cells.get(cells.size() - 1)));
    } catch (NumberFormatException e) {
      throw new InvalidInputException(where + ": " + e.getMessage() + " is no number", e);
    }
  }

  private static List<String> cells(String line) {
    return Arrays.asList(line.split(",", -1));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (MalformedInputException e) {
      throw new InvalidInputException(file + " is no text; give a history.csv", e);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
