package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lapidary.cli.console.ExitCode;
import lapidary.exporter.ExportOptions;
import lapidary.exporter.OnnxExporter;
import lapidary.exporter.ParityRows;
import lapidary.trainer.Checkpoint;
import lapidary.trainer.TrainedModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file held against another on the same rows: what is said of each is what evaluate says of it alone. */
final class CompareFilesTest {
  @TempDir
  static Path folder;

  private static Workshop shop;

  @BeforeAll
  static void make() {
    shop = Workshop.copiedTo(folder.resolve("shop"));
  }

  private static Path half(Path run, String name, Object... options) {
    Path file = folder.resolve(name);
    List<Object> line = new ArrayList<>(List.of("export", run, "-o", file, "--precision", "fp16"));
    line.addAll(List.of(options));
    Cli.json(line.toArray());
    return file;
  }

  private static JsonNode compared(Path model, Path against, Object data, Object... options) {
    return Cli.json(Stream.concat(
            Stream.of("evaluate", model, "--against", against, "--data", data), Stream.of(options))
        .toArray());
  }

  private static void assertScoredAsAlone(JsonNode found, Object data, String... measures) {
    for (String file : List.of("model", "against")) {
      JsonNode alone = Cli.json("evaluate", found.get(file).asText(), "--data", data);
      assertThat(found.get("rows").asInt()).isEqualTo(alone.at("/score/count").asInt());
      assertThat(found.get("split")).isEqualTo(alone.get("split"));
      for (String measure : measures) {
        assertThat(found.at("/scores/" + measure + "/" + file).asDouble())
            .as(measure)
            .isEqualTo(alone.at("/score/" + measure).asDouble(), within(1e-6));
      }
    }
    for (String measure : measures) {
      JsonNode pair = found.at("/scores/" + measure);
      assertThat(pair.get("difference").asDouble())
          .isEqualTo(pair.get("model").asDouble() - pair.get("against").asDouble(), within(1e-9));
    }
  }

  private static void assertTimed(JsonNode found) {
    assertThat(found.get("speed")).extracting(each -> each.get("batch").asInt()).contains(1, 32);
    for (JsonNode speed : found.get("speed")) {
      double ours = speed.at("/model/rows_per_second").asDouble();
      double theirs = speed.at("/against/rows_per_second").asDouble();
      assertThat(ours).isPositive();
      assertThat(speed.get("ratio").asDouble()).isEqualTo(ours / theirs, within(1e-6));
      assertThat(speed.at("/model/milliseconds_per_row").asDouble())
          .isEqualTo(1_000 / ours, within(1e-6));
    }
  }

  @Test
  void halvesOfImagesAreHeldAgainstTheWholes() throws IOException {
    Path half = half(shop.run(), "half.onnx");
    JsonNode found = compared(half, shop.model(), Workshop.DATA);
    assertScoredAsAlone(found, Workshop.DATA, "accuracy", "log_loss");
    assertThat(found.at("/scores/accuracy/points").asDouble())
        .isEqualTo(100 * found.at("/scores/accuracy/difference").asDouble(), within(1e-9));
    JsonNode answers = found.get("answers");
    assertThat(answers.get("agreement").asDouble()).isBetween(.95, 1.0);
    assertThat(answers.get("mean_change").asDouble())
        .isBetween(1e-9, answers.at("/largest_change/change").asDouble());
    assertThat(answers.at("/largest_change/row").asText()).matches("image \\d+");
    for (String label : List.of("model/label", "against/label", "changed_class")) {
      assertThat(Cli.json("inspect", half).at("/description/labels"))
          .extracting(JsonNode::asText)
          .contains(answers.at("/largest_change/" + label).asText());
    }
    assertTimed(found);
    JsonNode size = found.get("size");
    assertThat(size.get("model").asLong()).isEqualTo(Files.size(half));
    assertThat(size.get("against").asLong()).isEqualTo(Files.size(shop.model()));
    assertThat(size.get("ratio").asDouble()).isBetween(.4, .6);
    assertThat(found.at("/device/used").asText()).startsWith("cpu");
  }

  @Test
  void aFileIsLikeItself() {
    JsonNode found = compared(shop.model(), shop.model(), Workshop.DATA, "--split", "train");
    assertThat(found.at("/scores/accuracy/difference").asDouble()).isZero();
    assertThat(found.at("/answers/agreement").asDouble()).isEqualTo(1);
    assertThat(found.at("/answers/largest_change/change").asDouble()).isZero();
    assertThat(found.at("/size/ratio").asDouble()).isEqualTo(1);
  }

  @Test
  void ratingsAreComparedByUserAndItem() {
    Path half =
        half(shop.films(), "half-ratings.onnx", "--items", folder.resolve("half-items.onnx"));
    JsonNode found = compared(half, shop.ratings(), "ratings-sample");
    assertScoredAsAlone(found, "ratings-sample", "rmse", "mae");
    assertThat(found.at("/answers/agreement").asDouble()).isEqualTo(1);
    assertThat(found.at("/answers/tolerance").asDouble()).isBetween(.01, .05);
    assertThat(found.at("/answers/largest_change/row").asText()).matches("user .+, item .+");
    assertTimed(found);
    JsonNode strict = compared(half, shop.ratings(), "ratings-sample", "--tolerance", 0);
    assertThat(strict.at("/answers/tolerance").asDouble()).isZero();
    assertThat(strict.at("/answers/agreement").asDouble()).isLessThan(1);
  }

  @Test
  void rowsOfATableAreComparedByTheirLine() {
    Path half = half(shop.sales(), "half-sales.onnx", "--data", shop.rows());
    JsonNode found = compared(half, shop.table(), shop.rows());
    assertScoredAsAlone(found, shop.rows(), "rmse", "mae", "mape", "rmspe");
    assertThat(found.at("/answers/largest_change/row").asText()).matches(".*sales.csv, line \\d+");
    assertTimed(found);
  }

  @Test
  void photosThatCanBeReadAreComparedByTheirPath() {
    Path photos = PhotoFixture.photos(folder.resolve("photos"));
    Path run = folder.resolve("photo-run");
    Cli.json("train", "resnet18", "--data", photos, "--size", 32, "--epochs", 1, "--out", run);
    Path whole = folder.resolve("photos.onnx");
    Cli.json("export", run, "-o", whole);
    JsonNode found = compared(half(run, "half-photos.onnx"), whole, photos);
    assertScoredAsAlone(found, photos, "accuracy", "log_loss");
    assertThat(found.get("rows").asInt()).isEqualTo(9);
    assertThat(found.get("skipped")).hasSize(1);
    assertThat(found.at("/answers/largest_change/row").asText())
        .matches("valid/(blue|green|red)/\\d\\.png");
    assertTimed(found);
    assertThat(Cli.run("evaluate", shop.model(), "--against", whole, "--data", Workshop.DATA)
            .err())
        .contains("cannot be compared", "pixels uint8 [N, 28, 28, 1]");
  }

  @Test
  void aBakedFileAndOneWithWeightsBesideItAnswerAsThePlainOne() throws IOException {
    Path baked = folder.resolve("baked.onnx");
    Cli.json("pca", shop.model(), "--data", Workshop.DATA, "--components", 4, "--bake", baked);
    JsonNode found = compared(baked, shop.model(), Workshop.DATA);
    assertThat(found.at("/answers/agreement").asDouble()).isEqualTo(1);
    assertThat(found.at("/answers/largest_change/change").asDouble()).isLessThan(1e-5);
    assertThat(found.at("/size/ratio").asDouble()).isGreaterThan(1);
    Path beside = folder.resolve("beside.onnx");
    try (TrainedModel trained = Checkpoint.load(shop.run())) {
      OnnxExporter.export(
          trained.network().block(),
          trained.description(),
          beside,
          ExportOptions.defaults().withMostInside(1_000),
          ParityRows.random(1));
    }
    JsonNode outside = compared(beside, shop.model(), Workshop.DATA);
    assertThat(outside.at("/answers/largest_change/change").asDouble()).isZero();
    assertThat(outside.at("/size/model").asLong()).isGreaterThan(100_000);
    assertThat(Files.size(beside)).isLessThan(50_000);
  }

  @Test
  void whatCannotBeComparedIsRefusedWithWhatDiffers() {
    refused("the first takes", shop.model(), shop.ratings());
    refused("answers neither classes nor a number", shop.items(), shop.ratings());
    Cli.Run alone =
        Cli.run("evaluate", shop.model(), "--data", Workshop.DATA, "--tolerance", "0.1");
    assertThat(alone.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(alone.err()).contains("give --against OTHER.onnx too");
    refused("does not exist", shop.model(), folder.resolve("nowhere.onnx"));
  }

  @Test
  void tablesOfOtherAnswersAndColumnsAreRefusedWithTheirNames() {
    Path price = sales("price", "id,dear");
    Path dear = sales("dear", "id,price");
    refused("dear.onnx has no output prediction, but [logits, probabilities]", price, dear);
    refused(
        "the first takes dear string [N, 1], the second nothing of the kind", shop.table(), price);
  }

  /** A table model of the workshop's rows, exported. */
  private static Path sales(String target, String ignored) {
    Path run = folder.resolve("sales-" + target);
    Path file = folder.resolve("sales-" + target + ".onnx");
    Cli.json(
        "train",
        "tabular",
        "--data",
        shop.rows(),
        "--target",
        target,
        "--ignore",
        ignored,
        "--epochs",
        1,
        "--out",
        run);
    Cli.json("export", run, "-o", file, "--data", shop.rows());
    return file;
  }

  private static void refused(String sentence, Path model, Path against) {
    Cli.Run run = Cli.run("evaluate", model, "--against", against, "--data", Workshop.DATA);
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).startsWith("lapidary: ").contains(sentence);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void eitherFileMayMissTheWantedScore() {
    Path other = folder.resolve("other.onnx");
    Path run = folder.resolve("other-run");
    Cli.json("train", "mnist-nn", "--data", Workshop.DATA, "--epochs", 6, "--out", run);
    Cli.json("export", run, "-o", other);
    JsonNode found = compared(other, shop.model(), Workshop.DATA);
    double better = found.at("/scores/accuracy/model").asDouble();
    double worse = found.at("/scores/accuracy/against").asDouble();
    assertThat(better).isGreaterThan(worse);
    Cli.Run breach = Cli.run(
        "evaluate",
        other,
        "--against",
        shop.model(),
        "--data",
        Workshop.DATA,
        "--at-least",
        (better + worse) / 2);
    assertThat(breach.code()).isEqualTo(ExitCode.BREACH);
    assertThat(breach.err())
        .contains(shop.model() + ": accuracy")
        .doesNotContain(other + ": accuracy");
    assertThat(breach.out()).contains("other.onnx against nn.onnx on fashion-mnist-sample");
  }

  @Test
  void peopleReadATable() {
    String said = Cli.run(
            "evaluate", shop.ratings(), "--against", shop.ratings(), "--data", "ratings-sample")
        .out();
    assertThat(said.lines().map(line -> line.strip().replaceAll("  .*", "")))
        .contains(
            "root mean squared error",
            "mean absolute error",
            "1 row at a time, rows/s",
            "ms a row",
            "32 rows at a time, rows/s",
            "bytes");
    assertThat(said)
        .contains("100.00 % of rows have numbers at most ", "1.00 of the size")
        .contains("largest change: user ");
  }

  @Test
  void rowsThatTheOtherFileMayHaveSeenAreAWord() {
    Path run = folder.resolve("other-films");
    Cli.json(
        "train",
        "collab",
        "--data",
        "ratings-sample",
        "--factors",
        2,
        "--epochs",
        1,
        "--valid",
        0.4,
        "--out",
        run);
    Path other = folder.resolve("other-ratings.onnx");
    Cli.json("export", run, "-o", other, "--items", folder.resolve("other-items.onnx"));
    Cli.Run seen =
        Cli.run("evaluate", shop.ratings(), "--against", other, "--data", "ratings-sample");
    assertThat(seen.code()).isZero();
    assertThat(seen.err()).contains("the comparison may flatter " + other);
    assertThat(Cli.run(
                "evaluate", shop.ratings(), "--against", shop.ratings(), "--data", "ratings-sample")
            .err())
        .doesNotContain("flatter");
  }

  @Test
  void inspectTellsWhatIsIn16BitsAndWhatIn32() {
    JsonNode half = Cli.json("inspect", half(shop.run(), "half-inspected.onnx")).get("contents");
    JsonNode whole = Cli.json("inspect", shop.model()).get("contents");
    // 784 × 50 and 50 × 10 weights, 50 and 10 biases.
    assertThat(weights(half, "float16").get("values").asInt()).isEqualTo(39_760);
    assertThat(weights(half, "float16").get("bytes").asInt()).isEqualTo(2 * 39_760);
    assertThat(types(whole)).doesNotContain("float16");
    assertThat(weights(whole, "float32").get("values").asInt()).isGreaterThanOrEqualTo(39_760);
    assertThat(half.at("/nodes/float16").asInt()).isPositive();
    assertThat(whole.at("/nodes/float16").asInt()).isZero();
    assertThat(whole.at("/nodes/float32").asInt()).isPositive();
    assertThat(Cli.run("inspect", shop.model()).out())
        .containsPattern("  weights float32: \\d+ tensors, 39,76\\d values, 159,0\\d\\d bytes")
        .containsPattern("  nodes   in float32: \\d+, conversions: 1");
  }

  private static Set<String> types(JsonNode contents) {
    Set<String> types = new TreeSet<>();
    contents.get("weights").forEach(weights -> types.add(weights.get("type").asText()));
    return types;
  }

  private static JsonNode weights(JsonNode contents, String type) {
    for (JsonNode weights : contents.get("weights")) {
      if (weights.get("type").asText().equals(type)) {
        return weights;
      }
    }
    throw new AssertionError("no weights of " + type + " in " + contents);
  }
}
