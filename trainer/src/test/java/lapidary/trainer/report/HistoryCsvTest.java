package lapidary.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryCsvTest {
  @TempDir
  Path folder;

  @Test
  void oneLineAnEpochWithMetricsInTheirOrder() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("error_rate", 0.25);
    metrics.put("accuracy", 0.75);
    Path file = folder.resolve("history.csv");
    HistoryCsv.write(
        file,
        List.of(
            new EpochRow(1, 0.5, OptionalDouble.of(0.625), metrics, 1.5),
            new EpochRow(2, Double.NaN, OptionalDouble.empty(), metrics, 2)));
    assertThat(file).hasContent("""
        epoch,train_loss,valid_loss,error_rate,accuracy,seconds
        1,0.5,0.625,0.25,0.75,1.5
        2,NaN,,0.25,0.75,2.0
        """);
  }

  @Test
  void numbersAreWrittenSoThatNothingIsLost() throws IOException {
    List<EpochRow> rows = List.of(
        new EpochRow(1, 1 / 3.0, OptionalDouble.of(1e-30), Map.of("rmse", Math.PI), 0.1),
        new EpochRow(2, Double.NaN, OptionalDouble.empty(), Map.of("rmse", 1e300), 0.2));
    Path file = folder.resolve("history.csv");
    HistoryCsv.write(file, rows);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0)).isEqualTo("epoch,train_loss,valid_loss,rmse,seconds");
    for (int i = 0; i < rows.size(); i++) {
      String[] cells = lines.get(i + 1).split(",", -1);
      assertThat(Integer.parseInt(cells[0])).isEqualTo(rows.get(i).epoch());
      assertThat(Double.valueOf(cells[1])).isEqualTo(Double.valueOf(rows.get(i).trainLoss()));
      assertThat(
              cells[2].isEmpty()
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(Double.parseDouble(cells[2])))
          .isEqualTo(rows.get(i).validLoss());
      assertThat(Double.parseDouble(cells[3])).isEqualTo(rows.get(i).metrics().get("rmse"));
      assertThat(Double.parseDouble(cells[4])).isEqualTo(rows.get(i).seconds());
    }
    HistoryCsv.write(file, List.of());
    assertThat(file).hasContent("epoch,train_loss,valid_loss,seconds\n");
  }

  @Test
  void everyEpochHasTheSameMetricsUnderPlainNames() {
    EpochRow accuracy = new EpochRow(1, 1, OptionalDouble.empty(), Map.of("accuracy", 1.0), 1);
    EpochRow none = new EpochRow(2, 1, OptionalDouble.empty(), Map.of(), 1);
    Path file = folder.resolve("history.csv");
    assertThatThrownBy(() -> HistoryCsv.write(file, List.of(accuracy, none)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("epoch 2 has the metrics [], epochs before it [accuracy]");
    EpochRow comma = new EpochRow(1, 1, OptionalDouble.empty(), Map.of("a,b", 1.0), 1);
    assertThatThrownBy(() -> HistoryCsv.write(file, List.of(comma)))
        .hasMessageContaining("cannot be named \"a,b\"");
    assertThat(folder).isEmptyDirectory();
  }
}
