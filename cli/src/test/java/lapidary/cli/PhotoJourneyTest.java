package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lapidary.exporter.ExportOptions;
import lapidary.exporter.OnnxExporter;
import lapidary.exporter.ParityRows;
import lapidary.models.ElementType;
import lapidary.models.Output;
import lapidary.models.Signature;
import lapidary.models.TensorInput;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import lapidary.trainer.Checkpoint;
import lapidary.trainer.TrainedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder of photos and published weights to answers, each step by its command. */
final class PhotoJourneyTest {
  @TempDir
  Path folder;

  @Test
  void photosBecomeAClassifierThatOtherProgramsCanRun() throws Exception {
    Path photos = PhotoFixture.photos(folder.resolve("photos"));
    Path weights = PhotoFixture.weights(folder.resolve("w.safetensors"));
    Path run = folder.resolve("run");
    JsonNode trained = Cli.json(
        "train",
        "resnet18",
        "--data",
        photos,
        "--pretrained",
        weights,
        "--size",
        32,
        "--batch",
        6,
        "--freeze-epochs",
        1,
        "--freeze-lr",
        "slice(3e-3)",
        "--frozen-norm",
        "learn",
        "--epochs",
        1,
        "--lr",
        "1e-4,1e-3",
        "--out",
        run);
    assertThat(trained.get("epochs")).hasSize(2);
    assertThat(trained.get("epochs").get(1).get("epoch").asInt()).isEqualTo(2);
    assertThat(trained.get("skipped")).hasSize(1);
    assertThat(trained.get("skipped").get(0).asText()).contains("valid/red/damaged.jpg");
    Path file = folder.resolve("photos.onnx");
    exportsAndAgrees(run, file, photos);
    answers(file, photos);
    scoresWhatItIsGiven(file, photos);
    saysWhichItWasTrainedOn(file, photos);
  }

  private static void exportsAndAgrees(Path run, Path file, Path photos) {
    JsonNode exported = Cli.json("export", run, "-o", file, "--data", photos);
    assertThat(exported.get("parity").get("rows").asText()).isEqualTo("validation");
    assertThat(exported.get("parity").get("outputs").findValuesAsText("output"))
        .containsExactly("logits", "probabilities", "features", "activations");
    assertThat(Cli.run("verify", file, "--run", run, "--data", photos).code()).isZero();
    try (Model model = Model.open(file, Device.cpu(1))) {
      assertThat(model.inputs().get(0).shape()).containsExactly(-1L, -1L, -1L, 3L);
    }
  }

  /** What is not the training's own data is scored whole, however it is arranged. */
  private void scoresWhatItIsGiven(Path file, Path photos) throws Exception {
    Path flat = folder.resolve("flat");
    Path part = folder.resolve("part");
    for (String label : PhotoFixture.CLASSES) {
      for (int i = 6; i < 9; i++) {
        byte[] picture = Files.readAllBytes(photos.resolve("valid/" + label + "/" + i + ".png"));
        PhotoFixture.write(flat.resolve(label + "/" + i + ".png"), picture);
        PhotoFixture.write(part.resolve("valid/" + label + "/" + i + ".png"), picture);
      }
    }
    for (Path other : List.of(flat, part)) {
      Cli.Run scored = Cli.run("evaluate", file, "--data", other);
      assertThat(scored.out()).contains("(all)", "9 of 9 photos");
      assertThat(scored.err()).isEmpty();
    }
    Cli.Run test = Cli.run("evaluate", file, "--data", photos, "--split", "test");
    assertThat(test.out()).contains("(valid)", "9 of 28 photos, 1 skipped");
    assertThat(test.err()).isEmpty();
    assertThat(Cli.run("evaluate", file, "--data", photos, "--split", "train").err())
        .contains("the score flatters", "--split valid");
  }

  /** Photos are told apart better by a model that was trained on them. */
  private static void saysWhichItWasTrainedOn(Path file, Path photos) {
    assertThat(Cli.json("pca", file, photos, "--components", 3, "--measure")
            .get("trained_on")
            .asInt())
        .isEqualTo(18);
    assertThat(Cli.run("pca", file, photos.resolve("train"), "--components", 3, "--measure")
            .out())
        .contains("the model was trained on 18 of these 18, so that this flatters");
    assertThat(Cli.run("pca", file, photos.resolve("valid"), "--components", 3, "--measure")
            .err())
        .contains("9 pictures", "too few for --measure");
    Path unseen = PhotoFixture.flat(photos.resolveSibling("unseen"), 4);
    assertThat(Cli.json("pca", file, unseen, "--components", 3, "--measure").has("trained_on"))
        .isFalse();
  }

  private static void answers(Path file, Path photos) {
    JsonNode answered = Cli.json("predict", file, photos.resolve("valid/green/7.png"), "--top", 3);
    assertThat(answered.get("results").get(0).get("predictions").findValuesAsText("label"))
        .containsExactlyInAnyOrderElementsOf(PhotoFixture.CLASSES);
    JsonNode score = Cli.json("evaluate", file, "--data", photos);
    assertThat(score.get("split").asText()).isEqualTo("valid");
    assertThat(score.get("score").get("count").asInt()).isEqualTo(9);
    assertThat(score.get("score").get("skipped").get(0).asText()).contains("damaged.jpg");
    assertThat(Cli.json("evaluate", file, "--data", photos, "--split", "train")
            .get("score")
            .get("count")
            .asInt())
        .isEqualTo(18);
  }

  @Test
  void aPublishedNetworkIsTakenAsItIs() throws Exception {
    Path weights = PhotoFixture.weights(folder.resolve("w.safetensors"));
    Path labels = Files.writeString(
        folder.resolve("labels.txt"), "background\ncrane\nship\ncrane\ndog\ncat\n");
    Path run = folder.resolve("imported");
    JsonNode imported =
        Cli.json("import", "resnet18", "--pretrained", weights, "--labels", labels, "--out", run);
    assertThat(imported.get("classes").asInt()).isEqualTo(5);
    Path file = folder.resolve("imported.onnx");
    JsonNode exported = Cli.json("export", run, "-o", file, "--size", 64);
    assertThat(exported.get("nodes").asInt()).isLessThanOrEqualTo(80);
    try (Model model = Model.open(file, Device.cpu(1))) {
      assertThat(model.inputs().get(0).shape()).containsExactly(-1L, 64L, 64L, 3L);
      assertThat(model.description().orElseThrow().labels().names())
          .containsExactly("crane", "ship", "crane (2)", "dog", "cat");
    }
  }

  @Test
  void theImportedImageNetClassifierGivesItsPublishedLogitsAfterExport() {
    Path weights = published("resnet18_imagenet_pq.safetensors");
    Path run = folder.resolve("imagenet");
    Cli.json("import", "resnet18", "--pretrained", weights, "--out", run);
    Path file = folder.resolve("imagenet.onnx");
    // The published values are for a float32 input, which no bytes give: the network alone is
    // exported.
    Signature signature = new Signature(
        List.of(new TensorInput("input", ElementType.FLOAT32, List.of(3L, 224L, 224L))),
        List.of(Output.of(Output.LOGITS, 0)));
    try (TrainedModel trained = Checkpoint.load(run)) {
      OnnxExporter.export(
          trained.network().block(),
          trained.description().withSignature(signature),
          file,
          ExportOptions.defaults(),
          ParityRows.random(1));
    }
    try (Model model = Model.open(file, Device.cpu(1))) {
      float[] logits = model
          .run(Map.of("input", fixedInput()), List.of("logits"))
          .get("logits")
          .floats();
      float[] first = {-.8789f, -.7036f, -.8604f, -.5987f, -.1297f};
      for (int i = 0; i < first.length; i++) {
        assertThat(logits[i]).isCloseTo(first[i], within(1e-4f));
      }
      assertThat(logits[753]).isCloseTo(6.1291f, within(1e-4f));
    }
  }

  private static Tensor fixedInput() {
    float[] values = new float[3 * 224 * 224];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 255) / 255f - 0.5f;
    }
    return Tensor.floats(values, 1, 3, 224, 224);
  }

  private static Path published(String name) {
    String root = System.getenv("LAPIDARY_DATA");
    Path file = Path.of(root == null ? "" : root).resolve("pretrained").resolve(name);
    if (root != null && Files.isRegularFile(file)) {
      return file;
    }
    String missing = "pretrained/" + name + " is not in LAPIDARY_DATA";
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(missing);
    }
    return abort(missing);
  }
}
