package lapidary.trainer.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lapidary.models.AtomicFile;
import lapidary.models.InvalidInputException;

/**
 * The table {@code history.csv}: {@code epoch,train_loss,valid_loss,<metrics…>,seconds}, one row an epoch. Numbers are written in full. Stateless.
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
}
