package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import lapidary.models.CategoryInput;
import lapidary.models.IdVocabulary;
import lapidary.runtime.TableAnswers;
import lapidary.runtime.TablePredictor;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table through every room, by the commands a user types. */
final class TableJourneyTest {
  @TempDir
  static Path folder;

  private static Path data;
  private static Path run;
  private static Path model;
  private static JsonNode trained;
  private static JsonNode exported;

  @BeforeAll
  static void trainAndExportOnce() throws IOException {
    data = Sales.write(folder.resolve("sales.csv"), 1_000);
    run = folder.resolve("run");
    model = folder.resolve("sales.onnx");
    trained = train("price", run, "--log-target", "--ignore", "dear", "--baseline", "colour");
    // Where the rows are is known from the training.
    exported = Cli.json("export", run, "-o", model);
  }

  private static JsonNode train(String target, Path run, Object... more) {
    List<Object> command = new java.util.ArrayList<>(List.of(
        "train",
        "tabular",
        "--data",
        data,
        "--target",
        target,
        "--layers",
        "32,16",
        "--epochs",
        8,
        "--batch",
        32,
        "--out",
        run));
    command.addAll(List.of(more));
    return Cli.json(command.toArray());
  }

  @Test
  void theNetworkBeatsTheMeanOfTheSameColour() {
    JsonNode last = trained.get("epochs").get(7);
    JsonNode baseline = trained.get("baseline");
    assertThat(baseline.get("answer").asText()).isEqualTo("the mean of the same colour");
    assertThat(last.get("rmspe").asDouble())
        .isLessThan(0.5 * baseline.get("metrics").get("rmspe").asDouble());
  }

  @Test
  void parityIsMeasuredOnRawRows() {
    JsonNode parity = exported.get("parity");
    assertThat(parity.get("rows").asText()).isEqualTo("validation");
    assertThat(parity.get("batches").toString()).isEqualTo("[1,3,996]");
    assertThat(parity.get("outputs").get(0).get("relative").asDouble()).isLessThan(1e-5);
    assertThat(Cli.run("verify", model, "--run", run, "--data", data, "--tolerance", "1e-5")
            .code())
        .isZero();
  }

  @Test
  void twoExportsAreTheSameBytes() throws IOException {
    Path again = folder.resolve("again.onnx");
    Cli.json("export", run, "-o", again, "--data", data);
    assertThat(Files.mismatch(model, again)).isEqualTo(-1);
  }

  @Test
  void rowsThatAreGoneAreMissedWithAWord() throws IOException {
    Path moved = Sales.write(folder.resolve("moved.csv"), 100);
    Path other = folder.resolve("other-run");
    Cli.json(
        "train", "tabular", "--data", moved, "--target", "price", "--epochs", 1, "--out", other);
    Files.delete(moved);
    Path file = folder.resolve("other.onnx");
    Cli.Run export = Cli.run("export", other, "-o", file);
    assertThat(export.code()).as(export.err()).isZero();
    assertThat(export.err()).contains("random rows", moved.toString(), "--data");
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .doesNotContain(folder.toString());
  }

  @Test
  void streamedAnswersAreThoseOfTheLibrary() throws IOException {
    Path answers = folder.resolve("answers.csv");
    Cli.Run predicted = Cli.run("predict", model, data, "--out", answers);
    assertThat(predicted.code()).as(predicted.err()).isZero();
    assertThat(predicted.err()).contains("leaves alone, columns id, shop, price, dear");
    List<String> lines = Files.readAllLines(answers);
    assertThat(lines).hasSize(1_001).startsWith("prediction");
    List<String> cells = List.of(Files.readAllLines(data).get(1).split(",", -1));
    try (TablePredictor predictor = TablePredictor.open(model, Device.cpu(1))) {
      TableAnswers one = predictor.predict(
          Map.of("colour", cells.get(1), "size", cells.get(2), "sold", cells.get(3)));
      assertThat(Float.parseFloat(lines.get(1))).isCloseTo(one.value(0), within(1e-3f));
      assertThat(predictor.target()).isEqualTo("price");
    }
  }

  @Test
  void jsonAnswersAreOneLineARow() throws IOException {
    String out = Cli.run("predict", model, data, "--json").out();
    List<String> lines = out.lines().toList();
    assertThat(lines).hasSize(1_000);
    for (String line : lines.subList(0, 5)) {
      assertThat(new ObjectMapper().readTree(line).get("prediction").asDouble()).isPositive();
    }
  }

  @Test
  void anUnknownColourIsAnsweredLikeAnAverageOne() throws IOException {
    Path rows = folder.resolve("rows.csv");
    Files.writeString(
        rows, "size,colour,sold\n4,red,2024-05-06\n4,octarine,2024-05-06\n4,?,2024-05-06\n");
    List<String> answers = Cli.run("predict", model, rows).out().lines().skip(1).toList();
    float red = Float.parseFloat(answers.get(0));
    float unknown = Float.parseFloat(answers.get(1));
    float missing = Float.parseFloat(answers.get(2));
    assertThat(red).isLessThan(unknown);
    // Missing is a category of its own here, and the dearest.
    assertThat(unknown).isLessThan(missing);
  }

  @Test
  void evaluatingTheValidationFileGivesTheTrainersScore() throws IOException {
    Path other = folder.resolve("split");
    Path valid = folder.resolve("valid.csv");
    List<String> lines = Files.readAllLines(data);
    Files.write(
        valid,
        java.util.stream.Stream.concat(lines.stream().limit(1), lines.stream().skip(801))
            .toList());
    JsonNode result = train("price", other, "--ignore", "dear,id", "--valid-file", valid);
    Path file = folder.resolve("split.onnx");
    Cli.json("export", other, "-o", file, "--data", valid);
    JsonNode score = Cli.json("evaluate", file, "--data", valid).get("score");
    for (String metric : List.of("rmse", "mae", "mape", "rmspe")) {
      double wanted = result.get("epochs").get(7).get(metric).asDouble();
      assertThat(score.get(metric).asDouble()).isCloseTo(wanted, within(1e-4 * wanted));
    }
  }

  @Test
  void classesAreAnsweredByNameWithTheirProbability() {
    Path classes = folder.resolve("classes");
    Path file = folder.resolve("classes.onnx");
    JsonNode result = train("dear", classes, "--ignore", "price");
    assertThat(result.get("best").get("accuracy").asDouble()).isGreaterThan(0.9);
    assertThat(result.get("best").get("auc").asDouble()).isGreaterThan(0.95);
    Cli.json("export", classes, "-o", file, "--data", data);
    JsonNode score =
        Cli.json("evaluate", file, "--data", data, "--split", "all").get("score");
    assertThat(score.get("count").asInt()).isEqualTo(1_000);
    assertThat(score.get("auc").asDouble()).isGreaterThan(0.95);
    List<String> lines = Cli.run("predict", file, data).out().lines().toList();
    assertThat(lines.get(0)).isEqualTo("prediction,probability");
    assertThat(lines.get(1)).matches("(yes|no),(0\\.[5-9]\\d*|1\\.0)");
  }

  /** Java's parsers take 2D for the number 2. */
  @Test
  void namesThatLookLikeJavasNumbersAreCategoriesFromTrainingToServing() throws IOException {
    Path rows = folder.resolve("formats.csv");
    List<String> lines = new java.util.ArrayList<>(List.of("format,seats,price"));
    for (int i = 0; i < 120; i++) {
      lines.add(
          (i % 3 == 0 ? "3D" : "2D") + "," + (i % 40) + ".5," + (i % 3 == 0 ? 15 : 9) + ".25");
    }
    Files.write(rows, lines);
    Path formats = folder.resolve("formats");
    Path file = folder.resolve("formats.onnx");
    Cli.json(
        "train",
        "tabular",
        "--data",
        rows,
        "--target",
        "price",
        "--task",
        "regression",
        "--layers",
        8,
        "--epochs",
        12,
        "--batch",
        16,
        "--lr",
        "0.05",
        "--out",
        formats);
    Cli.json("export", formats, "-o", file, "--data", rows);
    try (TablePredictor predictor = TablePredictor.open(file, Device.cpu(1))) {
      assertThat(((CategoryInput) predictor.columns().get(0)).values())
          .isEqualTo(IdVocabulary.of(List.of("2D", "3D")));
      float flat = predictor.predict(Map.of("format", "2D", "seats", "7.5")).value(0);
      float deep = predictor.predict(Map.of("format", "3D", "seats", "7.5")).value(0);
      assertThat(deep).isGreaterThan(flat + 2);
    }
  }

  @Test
  void learntCategoriesCanBeListedSearchedAndDrawn() throws IOException {
    JsonNode columns = Cli.json("embeddings", run);
    assertThat(StreamSupport.stream(columns.spliterator(), false)
            .map(column -> column.get("name").asText()))
        .startsWith("colour", "sold.month");
    Path page = folder.resolve("months.html");
    JsonNode near = Cli.json(
            "embeddings", run, "--column", "sold.month", "--similar", "12", "-k", 3, "--plot", page)
        .get("similar");
    assertThat(near).hasSize(3);
    assertThat(near.get(0).get("cosine").asDouble())
        .isGreaterThanOrEqualTo(near.get(2).get("cosine").asDouble());
    assertThat(Files.readString(page))
        .contains("<h1>sold.month as learnt from ", "[\"11\"],[\"12\"]]");
    JsonNode all = Cli.json("embeddings", run, "--column", "colour").get("categories");
    assertThat(all).hasSize(4);
    assertThat(all.get(0).get("name").asText()).isEqualTo("(missing)");
  }
}
