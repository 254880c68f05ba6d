package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lapidary.models.CategoryInput;
import lapidary.models.DateInput;
import lapidary.models.DatePart;
import lapidary.models.DescriptionCodec;
import lapidary.models.IdVocabulary;
import lapidary.models.InvalidInputException;
import lapidary.models.NumberInput;
import lapidary.models.Output;
import lapidary.models.Signature;
import lapidary.models.csv.CsvLayout;
import lapidary.models.csv.CsvReader;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose answer can be worked out by hand: 100 · row of the colour + size + day. */
final class TablePredictorTest {
  @TempDir
  private Path folder;

  private TablePredictor predictor;

  @BeforeEach
  void open() throws IOException {
    predictor = TablePredictor.open(tiny().write(folder.resolve("tiny.onnx")), Device.cpu(1));
  }

  @AfterEach
  void close() {
    predictor.close();
  }

  private static TinyOnnx tiny() {
    Signature signature = new Signature(
        List.of(
            new CategoryInput("colour", IdVocabulary.inRowOrder(List.of("red", "blue"))),
            new NumberInput("size", 0, 0, 1, false),
            new DateInput(
                "sold",
                List.of(new DateInput.Part(DatePart.MONTH, IdVocabulary.of(List.of("1", "2")))))),
        List.of(Output.of(Output.PREDICTION, 0)));
    return new TinyOnnx()
        .input("colour", TinyOnnx.STRING, -1, 1)
        .input("size", TinyOnnx.FLOAT, -1, 1)
        .input("sold", TinyOnnx.INT64, -1, 1)
        .labelEncoder("colour", "row", TinyOnnx.keys("red", "blue"), 2)
        .weights("hundred", new long[] {1}, 100)
        .node("Cast", new String[] {"row"}, "real", TinyOnnx.integer("to", 1))
        .node("Mul", new String[] {"real", "hundred"}, "base")
        .node("Cast", new String[] {"sold"}, "day", TinyOnnx.integer("to", 1))
        .node("Add", new String[] {"base", "size"}, "part")
        .node("Add", new String[] {"part", "day"}, "all")
        .node("Einsum", new String[] {"all"}, "prediction", TinyOnnx.text("equation", "ni->n"))
        .output("prediction", TinyOnnx.FLOAT, -1)
        .metadata(DescriptionCodec.toMetadata(TinyRecommender.description(signature)));
  }

  @Test
  void aRawRowIsAnswered() {
    TableAnswers answers = predictor.predict(
        Map.of("colour", " blue ", "size", "2.5", "sold", "1970-01-08", "x", "?"));
    assertThat(answers.rows()).isOne();
    assertThat(answers.value(0)).isEqualTo(209.5f);
    assertThat(answers.answer(0)).isEqualTo("209.5");
    assertThat(answers.classifies()).isFalse();
    assertThatThrownBy(() -> answers.top(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void unknownColoursAreRowZero() {
    TableAnswers answers =
        predictor.predict(Map.of("colour", "green", "size", "7", "sold", "1969-12-31"));
    assertThat(answers.value(0)).isEqualTo(6);
  }

  /** A missing number goes in as NaN, which this graph, unlike those that are exported, does not fill in. */
  @Test
  void answersThatAreNotFiniteAreRefusedWithTheirRow() throws IOException {
    Map<String, String> right = Map.of("colour", "red", "size", "1", "sold", "1970-01-01");
    Map<String, String> missing = Map.of("colour", "red", "size", "?", "sold", "1970-01-01");
    assertThatThrownBy(() -> predictor.predict(List.of(right, missing)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("answers NaN for row 1, output prediction");
    int before = TablePredictor.BATCH + 3;
    String text = "colour,size,sold\n" + "red,1,1970-01-01\n".repeat(before) + "red,?,1970-01-01\n";
    try (CsvReader rows = CsvReader.of(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        "rows.csv",
        CsvLayout.DEFAULT)) {
      assertThatThrownBy(() -> predictor.predict(rows, answers -> {}))
          .hasMessageContaining("answers NaN for row " + before + ",");
    }
  }

  @Test
  void rowsThatDoNotFitAreRefusedWithTheirNumber() {
    Map<String, String> right = Map.of("colour", "red", "size", "1", "sold", "1970-01-01");
    assertThatThrownBy(
            () -> predictor.predict(List.of(right, Map.of("colour", "red", "sizes", "1"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("row 1: no column \"size\"; did you mean \"sizes\"?");
    assertThatThrownBy(
            () -> predictor.predict(Map.of("colour", "red", "size", "x", "sold", "1970-01-01")))
        .hasMessage("row 0, column size: \"x\" is not a number");
    assertThatThrownBy(
            () -> predictor.predict(Map.of("colour", "red", "size", "1", "sold", "today")))
        .hasMessageContaining("is not a date");
    assertThatThrownBy(() -> predictor.predict(List.of())).hasMessageContaining("no row");
  }

  @Test
  void aStreamIsCutIntoBatchesInItsOrder() {
    int rows = 2 * TablePredictor.BATCH + 5;
    StringBuilder text = new StringBuilder("size,sold,other,colour\n");
    for (int i = 0; i < rows; i++) {
      text.append(i)
          .append(",1970-01-02,,")
          .append(List.of("red", "blue", "none").get(i % 3));
      text.append('\n');
    }
    List<Integer> batches = new ArrayList<>();
    List<Float> answers = new ArrayList<>();
    long count = predictor.predict(reader(text.toString()), batch -> {
      batches.add(batch.rows());
      for (int i = 0; i < batch.rows(); i++) {
        answers.add(batch.value(i));
      }
    });
    assertThat(count).isEqualTo(rows);
    assertThat(batches).containsExactly(TablePredictor.BATCH, TablePredictor.BATCH, 5);
    for (int i = 0; i < rows; i++) {
      assertThat(answers.get(i)).isEqualTo(List.of(100, 200, 0).get(i % 3) + i + 1f);
    }
  }

  /** The rows alone take three times the heap. */
  @Test
  void aLongStreamNeedsNoMoreMemoryThanABatch() throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx24m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            StreamedRows.class.getName(),
            folder.resolve("tiny.onnx").toString(),
            "500000")
        .redirectErrorStream(true)
        .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    assertThat(out.strip()).endsWith("500000");
  }

  @Test
  void aStreamThatDoesNotFitIsRefusedWithItsLine() {
    assertThatThrownBy(() -> predictor.predict(
            reader("size,sold,colour\n1,1970-01-01,red\n1e,1970-01-01,red\n"), batch -> {}))
        .hasMessage("rows, line 3, column size: \"1e\" is not a number");
    assertThatThrownBy(() -> predictor.predict(reader("size,day,colour\n1,2,red\n"), batch -> {}))
        .hasMessageContaining("no column \"sold\"");
  }

  @Test
  void otherModelsAreRefused() throws IOException {
    Path ratings =
        TinyRecommender.ratings(TinyRecommender.NUMBERED).write(folder.resolve("r.onnx"));
    assertThatThrownBy(() -> TablePredictor.open(ratings, Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("does not take rows of a table");
    Path add = TinyOnnx.add(1, 2).write(folder.resolve("add.onnx"));
    assertThatThrownBy(() -> TablePredictor.open(add, Device.cpu(1)))
        .hasMessageContaining("does not take rows of a table");
  }

  private static CsvReader reader(String text) {
    return CsvReader.of(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "rows", CsvLayout.DEFAULT);
  }
}
