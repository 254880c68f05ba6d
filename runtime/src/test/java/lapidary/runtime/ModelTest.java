package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.runtime.device.Device;
import lapidary.runtime.device.DeviceReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelTest {
  private static final Device ONE_THREAD = Device.cpu(1);
  private static final Map<String, Tensor> TWO_IMAGES = Map.of(
      "pixels",
      Tensor.uint8(new byte[] {100, 0, 0, 100, 0, 0, 0, 0, (byte) 200, 0, 50, 0}, 2, 2, 3, 1));

  @TempDir
  Path folder;

  @Test
  void saysWhatTheFileSays() throws IOException {
    Path file = TinyClassifier.described().opset(18).write(folder.resolve("tiny.onnx"));
    try (Model model = Model.open(file, ONE_THREAD)) {
      assertThat(model.file()).isEqualTo(file);
      assertThat(model.sha256()).isEqualTo(Sha256.of(Files.readAllBytes(file)));
      assertThat(model.opset()).isEqualTo(18);
      assertThat(model.inputs())
          .containsExactly(new TensorInfo("pixels", ElementType.UINT8, List.of(-1L, 2L, 3L, 1L)));
      assertThat(model.outputs())
          .extracting(TensorInfo::name)
          .containsExactly("logits", "probabilities", "features");
      assertThat(model.description()).contains(TinyClassifier.description(TinyClassifier.LABELS));
      assertThat(model.metadata()).containsKey("lapidary.card");
      assertThat(model.device()).isEqualTo(new DeviceReport("cpu:1", "cpu:1", "asked for"));
    }
  }

  @Test
  void aFileOfAnotherExporterHasNoDescription() throws IOException {
    try (Model model = Model.open(TinyClassifier.graph().write(path()), ONE_THREAD)) {
      assertThat(model.description()).isEmpty();
      assertThat(model.metadata()).isEmpty();
    }
  }

  @Test
  void runsEveryOutputInTheOrderOfTheFile() throws IOException {
    try (Model model = Model.open(TinyClassifier.graph().write(path()), ONE_THREAD)) {
      Map<String, Tensor> answers = model.run(TWO_IMAGES);
      assertThat(answers.keySet()).containsExactly("logits", "probabilities", "features");
      assertThat(answers.get("features").floats())
          .containsExactly(100, 0, 0, 100, 0, 0, 0, 0, 200, 0, 50, 0);
      assertThat(answers.get("logits").floats())
          .containsExactly(new float[] {2, 0, 0, 0, 0.5f, 2}, within(1e-6f));
      // softmax(2, 0, 0) = e² / (e² + 2)
      assertThat(answers.get("probabilities").floats()[0]).isCloseTo(0.786986f, within(1e-6f));
      assertThat(answers.get("probabilities").shape()).containsExactly(2, 3);
    }
  }

  @Test
  void runsOnlyTheOutputsAskedForInTheirOrder() throws IOException {
    try (Model model = Model.open(TinyClassifier.graph().write(path()), ONE_THREAD)) {
      assertThat(
              model.run(TWO_IMAGES, List.of("features", "logits", "features")).keySet())
          .containsExactly("features", "logits");
      assertThatThrownBy(() -> model.run(TWO_IMAGES, List.of("logit")))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(
              "unknown output \"logit\", expected some of [logits, probabilities, features]");
      assertThatThrownBy(() -> model.run(TWO_IMAGES, List.of()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("no output asked for");
    }
  }

  @Test
  void otherInputsAreRefusedByNameTypeAndShape() throws IOException {
    try (Model model = Model.open(TinyOnnx.add(1, 3).write(path()), ONE_THREAD)) {
      assertThatThrownBy(() -> model.run(Map.of("z", Tensor.floats(new float[3], 1, 3))))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("unknown input \"z\", expected [x]");
      assertThatThrownBy(() -> model.run(Map.of()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("input \"x\" is missing, it is float32 [N, 3]");
      assertThatThrownBy(() -> model.run(Map.of("x", Tensor.longs(new long[3], 1, 3))))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("input \"x\" is float32 [N, 3], not int64 [1, 3]");
      assertThatThrownBy(() -> model.run(Map.of("x", Tensor.floats(new float[4], 2, 2))))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("not float32 [2, 2]");
    }
  }

  @Test
  void inputsThatOnlyTheGraphCanRefuseNameTheFile() throws IOException {
    TinyOnnx sum = new TinyOnnx()
        .node("Add", new String[] {"a", "b"}, "y")
        .input("a", TinyOnnx.FLOAT, -1, 2)
        .input("b", TinyOnnx.FLOAT, -1, 2)
        .output("y", TinyOnnx.FLOAT, -1, 2);
    try (Model model = Model.open(sum.write(path()), ONE_THREAD)) {
      Map<String, Tensor> uneven =
          Map.of("a", Tensor.floats(new float[4], 2, 2), "b", Tensor.floats(new float[6], 3, 2));
      assertThatThrownBy(() -> model.run(uneven))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("model.onnx: ONNX Runtime cannot run these inputs:")
          .hasMessageContaining("Add");
    }
  }

  @Test
  void aFileThatOnnxRuntimeRefusesIsNamedByItsPath() throws IOException {
    Path file = new TinyOnnx()
        .node("NoSuchOperator", new String[] {"x"}, "y")
        .input("x", TinyOnnx.FLOAT, -1, 2)
        .output("y", TinyOnnx.FLOAT, -1, 2)
        .write(path());
    Set<String> trusted = Set.of(Sha256.of(file));
    assertThatThrownBy(() -> Model.open(file, ModelOptions.of(ONE_THREAD), trusted))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + " is refused by ONNX Runtime: ");
  }

  @Test
  void aClosedModelSaysSoAndClosesAgainWithoutComplaint() throws IOException {
    Model model = Model.open(TinyOnnx.add(1, 3).write(path()), ONE_THREAD);
    model.close();
    model.close();
    assertThatThrownBy(() -> model.run(Map.of("x", Tensor.floats(new float[3], 1, 3))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("model.onnx is closed; open the model again");
    assertThat(model.inputs()).hasSize(1);
  }

  @Test
  void everyOptimisationLevelGivesTheSameAnswer() throws IOException {
    Path file = TinyClassifier.graph().write(path());
    for (ModelOptions.Optimization level : ModelOptions.Optimization.values()) {
      ModelOptions options = ModelOptions.of(ONE_THREAD).withOptimization(level).withWarmUpRuns(2);
      try (Model model = Model.open(file, options)) {
        assertThat(model.run(TWO_IMAGES).get("logits").floats())
            .as(level.name())
            .containsExactly(new float[] {2, 0, 0, 0, 0.5f, 2}, within(1e-6f));
      }
    }
  }

  @Test
  void aWarmUpThatFailsIsTheFilesFault() throws IOException {
    TinyOnnx reshape = new TinyOnnx()
        .node("Reshape", new String[] {"x", "to"}, "y")
        .initializer(
            new Proto().number(1, 1).number(2, TinyOnnx.INT64).text(8, "to").bytes(9, new byte[] {
              7, 0, 0, 0, 0, 0, 0, 0
            }))
        .input("x", TinyOnnx.FLOAT, -1, 2)
        .output("y", TinyOnnx.FLOAT, 7);
    Path file = reshape.write(path());
    Model.open(file, ONE_THREAD).close();
    assertThatThrownBy(() -> Model.open(file, ModelOptions.of(ONE_THREAD).withWarmUpRuns(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Reshape");
    assertThatThrownBy(() -> ModelOptions.of(ONE_THREAD).withWarmUpRuns(-1))
        .isInstanceOf(InvalidInputException.class);
  }

  /** A file writes any dimension for a few bytes. */
  @ParameterizedTest
  @ValueSource(longs = {1L << 20, 1L << 40, Long.MAX_VALUE})
  void dimensionsThatNoWarmUpCanFillAreRefused(long batch) throws IOException {
    Path file = new TinyOnnx()
        .node("Identity", new String[] {"x"}, "y")
        .input("x", TinyOnnx.FLOAT, batch, 784)
        .output("y", TinyOnnx.FLOAT, batch, 784)
        .write(path());
    Set<String> trusted = Set.of(Sha256.of(file));
    ModelOptions warm = ModelOptions.of(ONE_THREAD).withWarmUpRuns(1);
    assertThatThrownBy(() -> Model.open(file, warm, trusted))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model.onnx cannot be warmed up: input \"x\" is float32 [" + batch
            + ", 784], more than 67108864 values");
    Model.open(file, ModelOptions.of(ONE_THREAD), trusted).close();
  }

  private Path path() {
    return folder.resolve("model.onnx");
  }
}
