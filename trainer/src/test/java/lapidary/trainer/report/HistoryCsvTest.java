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
  void whatIsWrittenIsReadBackExactly() {
    List<EpochRow> rows = List.of(
        new EpochRow(1, 1 / 3.0, OptionalDouble.of(1e-30), Map.of("rmse", Math.PI), 0.1),
        new EpochRow(2, Double.NaN, OptionalDouble.empty(), Map.of("rmse", 1e300), 0.2));
    Path file = folder.resolve("history.csv");
    HistoryCsv.write(file, rows);
    assertThat(HistoryCsv.read(file)).isEqualTo(rows);
    HistoryCsv.write(file, List.of());
    assertThat(HistoryCsv.read(file)).isEmpty();
  }

  @Test
  void aDamagedTableIsRefusedByLine() throws IOException {
    String header = "epoch,train_loss,valid_loss,accuracy,seconds\n";
    assertRefused("", "line 1: wanted the columns epoch,train_loss,valid_loss,…,seconds");
    assertRefused("epoch,loss\n", "line 1: wanted the columns");
    assertRefused(header + "1,2,3,4,5\n1,2\n", "line 3: 2 cells for 5 columns");
    assertRefused(header + "1,2,3,x,5\n", "line 2: For input string: \"x\" is no number");
    assertThatThrownBy(() -> HistoryCsv.read(folder.resolve("none")))
        .hasMessageContaining("cannot read");
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

  private void assertRefused(String content, String reason) throws IOException {
    Path file = Files.writeString(folder.resolve("bad.csv"), content);
    assertThatThrownBy(() -> HistoryCsv.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }
}
