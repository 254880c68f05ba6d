package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import lapidary.models.CategoryInput;
import lapidary.models.DateInput;
import lapidary.models.DatePart;
import lapidary.models.IdVocabulary;
import lapidary.models.NumberInput;
import lapidary.models.Output;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Raw columns through the nodes of the graph, judged by java.time and by numbers worked out by hand. */
class ColumnExportTest {
  private static final CategoryInput COLOUR =
      new CategoryInput("colour", IdVocabulary.inRowOrder(List.of("", "red", "dark blue")));
  private static final CategoryInput GRADE =
      new CategoryInput("grade", IdVocabulary.inRowOrder(List.of("10", "9", "Größe")));
  private static final NumberInput SIZE = new NumberInput("size", 4, 2, 0.5f, true);
  private static final NumberInput AGE = new NumberInput("age", 40, 38, 10, false);
  private static final DateInput SOLD = new DateInput(
      "sold",
      Arrays.stream(DatePart.values())
          .map(part -> new DateInput.Part(
              part, part == DatePart.YEAR ? numbers(1990, 2030) : numbers(0, 366)))
          .toList());

  private static final DatePart[] ALL = DatePart.values();

  @TempDir
  static Path folder;

  private static Path file;
  private static ExportReport report;

  /** Gives what the network would get. */
  private static final class Seen extends AbstractBlock {
    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        PairList<String, Object> parameters) {
      NDList seen = new NDList();
      inputs.forEach(
          input -> seen.add(input.getDataType() == DataType.INT64 ? real(input) : input.mul(1)));
      return seen;
    }

    private static NDArray real(NDArray rows) {
      return rows.toType(DataType.FLOAT32, false);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return inputs;
    }
  }

  @BeforeAll
  static void export() {
    file = folder.resolve("columns.onnx");
    report = OnnxExporter.export(
        new Seen(),
        Fixtures.description(
            List.of(COLOUR, GRADE, SIZE, AGE, SOLD),
            List.of(
                Output.of("colour row", 0),
                Output.of("grade row", 1),
                Output.of("sizes", 2),
                Output.of("ages", 3),
                Output.of("parts", 4))),
        file,
        ExportOptions.defaults().withTolerance(0),
        ParityRows.table(Map.of(
            "colour", List.of("red", "?", "green", ""),
            "grade", List.of("9", "Größe", "", "11"),
            "size", List.of("1.5", "", "3", "?"),
            "age", List.of("", "18", "99", "50"),
            "sold", List.of("2024-02-29", "1999-12-31", "", "2026-01-01"))));
  }

  private static IdVocabulary numbers(int from, int to) {
    return IdVocabulary.of(
        IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList());
  }

  private static Map<String, Tensor> run(
      String[] colours, String[] grades, float[] sizes, float[] ages, long[] days) {
    long n = days.length;
    try (Model model = Model.open(file, Device.cpu(1))) {
      return model.run(Map.of(
          "colour", Tensor.strings(colours, n, 1),
          "grade", Tensor.strings(grades, n, 1),
          "size", Tensor.floats(sizes, n, 1),
          "age", Tensor.floats(ages, n, 1),
          "sold", Tensor.longs(days, n, 1)));
    }
  }

  private static float[] parts(long[] days) {
    String[] texts = new String[days.length];
    Arrays.fill(texts, "red");
    return run(texts, texts, new float[days.length], new float[days.length], days)
        .get("parts")
        .floats();
  }

  @Test
  void parityHoldsExactlyOnRowsWithMissingAndUnseenCells() {
    assertThat(report.parity().rows()).isEqualTo("validation");
    assertThat(report.parity().worstRelative()).isZero();
    assertThat(report.parity().batches()).containsExactly(1, 3, 37);
  }

  @Test
  void everyWayToWriteAMissingCategoryHasItsRowAndAnUnknownOneRowZero() {
    String[] cells = {"red", "dark blue", "", "?", "RED", "green"};
    long[] days = new long[cells.length];
    Map<String, Tensor> seen = run(
        cells, new String[] {"10", "9", "", "?", "Größe", "8"}, new float[6], new float[6], days);
    assertThat(seen.get("colour row").floats()).containsExactly(2, 3, 1, 1, 0, 0);
    assertThat(seen.get("grade row").floats()).containsExactly(1, 2, 0, 0, 3, 0);
  }

  @Test
  void missingNumbersAreFilledToldAndStandardised() {
    String[] texts = {"red", "red", "red"};
    Map<String, Tensor> seen = run(
        texts, texts, new float[] {3, Float.NaN, -1}, new float[] {48, Float.NaN, 38}, new long[3]);
    // (3 − 2) / .5, not missing; (4 − 2) / .5, missing; (−1 − 2) / .5, not missing.
    assertThat(seen.get("sizes").floats()).containsExactly(2, 0, 4, 1, -6, 0);
    assertThat(seen.get("sizes").shape()).containsExactly(3, 2);
    assertThat(seen.get("ages").floats()).containsExactly(1, .2f, 0);
  }

  @Test
  void partsOfDatesAreThoseOfJavaTime() {
    Random random = new Random(5);
    long[] days = LongStream.concat(
            LongStream.concat(
                LongStream.of(DateInput.FIRST, DateInput.LAST, -1, 0, 1),
                LongStream.rangeClosed(
                    LocalDate.of(1999, 12, 20).toEpochDay(),
                    LocalDate.of(2005, 1, 10).toEpochDay())),
            LongStream.generate(() ->
                    DateInput.FIRST + random.nextInt((int) (DateInput.LAST - DateInput.FIRST + 1)))
                .limit(3_000))
        .toArray();
    float[] wanted = new float[days.length * ALL.length];
    for (int i = 0; i < days.length; i++) {
      LocalDate date = LocalDate.ofEpochDay(days[i]);
      for (int place = 0; place < ALL.length; place++) {
        int value = ALL[place].of(date);
        boolean year = ALL[place] == DatePart.YEAR;
        // Years from 1990 have the rows from 1, other parts from 0.
        int row = value + (year ? -1989 : 1);
        wanted[i * ALL.length + place] = year && (value < 1990 || value > 2030) ? 0 : row;
      }
    }
    assertThat(parts(days)).containsExactly(wanted);
  }

  @Test
  void whatIsNotADateHasRowZeroEverywhere() {
    float[] rows = parts(
        new long[] {DateInput.MISSING, DateInput.FIRST - 1, DateInput.LAST + 1, Long.MAX_VALUE});
    assertThat(rows).hasSize(4 * ALL.length).containsOnly(0);
  }
}
