package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lapidary.models.InvalidInputException;
import lapidary.runtime.device.Device;
import lapidary.runtime.device.ProcessMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemoryTest {
  private static final ModelOptions ONE_THREAD = ModelOptions.of(Device.cpu(1));
  private static final long MEBIBYTE = 1L << 20;

  @TempDir
  Path folder;

  /** A row takes 64 KiB of activations, {@code x + weights}, of which the maximum is the answer. */
  private Path wide() throws IOException {
    return new TinyOnnx()
        .node("Add", new String[] {"x", "weights"}, "wide")
        .node("ReduceMax", new String[] {"wide"}, "y")
        .weights("weights", new long[] {16_384}, new float[16_384])
        .input("x", TinyOnnx.FLOAT, -1, 1)
        .output("y", TinyOnnx.FLOAT, 1, 1)
        .write(folder.resolve("wide.onnx"));
  }

  /** Whoever ran the largest shape finds its memory there: 1,024 rows have 64 MiB of activations. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void theFootprintIsThatOfTheLargestServedShape() throws IOException {
    ModelOptions options = ONE_THREAD.withServed(ServedShape.rows(1_024), ServedShape.rows(1));
    try (Model model = Model.open(wide(), options)) {
      Footprint footprint = model.footprint().orElseThrow();
      assertThat(footprint.file()).isBetween(65_536L, 70_000L);
      assertThat(footprint.served() - footprint.opened())
          .isBetween(60 * MEBIBYTE, 2 * 64 * MEBIBYTE + 16 * MEBIBYTE);
    }
  }

  @Test
  void nothingIsMeasuredUnlessItIsAskedFor() throws IOException {
    try (Model model = Model.open(wide(), ONE_THREAD.withWarmUpRuns(1))) {
      assertThat(model.footprint()).isEmpty();
    }
  }

  /** 65,536 rows would take 4 GiB. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aShapeOverTheBudgetIsRefusedBeforeItIsTried() throws IOException {
    Path file = wide();
    long before = ProcessMemory.resident().orElseThrow();
    assertThatThrownBy(() -> Model.open(
            file, ONE_THREAD.withServed(ServedShape.rows(65_536)).withMemoryBudget(300 * MEBIBYTE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching("(?s).*wide.onnx needs about \\d+ MiB to run x float32 \\[\\d+, 1],"
            + " judged by the \\d+ MiB that smaller inputs took, more than the memory budget of 300"
            + " MiB; serve smaller batches or sizes, or allow more");
    ProcessMemory.trim();
    assertThat(ProcessMemory.resident().orElseThrow() - before).isLessThan(100 * MEBIBYTE);
    ModelOptions fits =
        ONE_THREAD.withServed(ServedShape.rows(1_024)).withMemoryBudget(300 * MEBIBYTE);
    try (Model model = Model.open(file, fits)) {
      assertThat(model.footprint().orElseThrow().served()).isLessThan(300 * MEBIBYTE);
    }
  }

  /** Attention has a value for each pair: what the shape needs is not told from a straight line. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void whatGrowsWithTheSquareIsForeseen() throws IOException {
    Path file = new TinyOnnx()
        .node("Transpose", new String[] {"x"}, "t")
        .node("MatMul", new String[] {"x", "t"}, "pairs")
        .node("ReduceMax", new String[] {"pairs"}, "y")
        .input("x", TinyOnnx.FLOAT, -1, 8)
        .output("y", TinyOnnx.FLOAT, 1, 1)
        .write(folder.resolve("pairs.onnx"));
    // 16,384² floats are a GiB; 4,096² are 64 MiB, and in a straight line 16,384 would be 256 MiB.
    assertThatThrownBy(() -> Model.open(
            file,
            ONE_THREAD
                .withServed(ServedShape.rows(4_096), ServedShape.rows(16_384))
                .withMemoryBudget(400 * MEBIBYTE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("needs about")
        .satisfies(refusal -> {
          Matcher number =
              Pattern.compile("about (\\d+) MiB").matcher(String.valueOf(refusal.getMessage()));
          assertThat(number.find()).isTrue();
          assertThat(Integer.parseInt(number.group(1))).isBetween(401, 2_500);
        });
  }

  @Test
  void weightsOverTheBudgetAreRefusedBeforeNativeCodeSeesTheFile() throws IOException {
    Path file = wide();
    assertThatThrownBy(() -> Model.open(file, ONE_THREAD.withMemoryBudget(200_000)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "opening takes up to 1 MiB for a moment, more than the memory budget");
    assertThatThrownBy(() -> ONE_THREAD.withMemoryBudget(0))
        .isInstanceOf(InvalidInputException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1 << 27, 1L << 40, Long.MAX_VALUE})
  void servedShapesThatCannotBeFilledAreRefusedWithNumbers(long length) throws IOException {
    Path file = new TinyOnnx()
        .node("Identity", new String[] {"x"}, "y")
        .input("x", TinyOnnx.FLOAT, -1, -1)
        .output("y", TinyOnnx.FLOAT, -1, -1)
        .write(folder.resolve("open.onnx"));
    ServedShape shape = ServedShape.rows(1).withInput("x", 1, length);
    assertThatThrownBy(() -> Model.open(file, ONE_THREAD.withServed(shape)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("open.onnx cannot be warmed up: input \"x\" is float32 [1, " + length
            + "], more than 67108864 values");
  }

  @Test
  void servedShapesHaveToFit() throws IOException {
    Path file = TinyOnnx.add(1, 3).write(folder.resolve("add.onnx"));
    assertThatThrownBy(
            () -> Model.open(file, ONE_THREAD.withServed(ServedShape.rows(2).withInput("x", 2, 4))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "\"x\" is float32 [N, 3], which the served float32 [2, 4] does not fit");
    assertThatThrownBy(
            () -> Model.open(file, ONE_THREAD.withServed(ServedShape.rows(2).withInput("z", 2))))
        .hasMessageContaining("unknown input \"z\" among the served shapes, expected some of [x]");
    assertThatThrownBy(() -> ServedShape.rows(0)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> ServedShape.images(1, 0, 5)).isInstanceOf(InvalidInputException.class);
    Path open = new TinyOnnx()
        .node("Identity", new String[] {"x"}, "y")
        .input("x", TinyOnnx.FLOAT, -1, -1)
        .output("y", TinyOnnx.FLOAT, -1, -1)
        .write(folder.resolve("open.onnx"));
    assertThatThrownBy(() -> Model.open(open, ONE_THREAD.withServed(ServedShape.rows(2))))
        .hasMessageContaining(
            "\"x\" is float32 [2, N] among the served shapes, with a dimension still"
                + " open; say how large it will be");
  }

  /** Images are as large as the served shape says, or else as the description does. */
  @Test
  void everyServedShapeIsRun() throws IOException {
    Path file = new TinyOnnx()
        .node("Cast", new String[] {"pixels"}, "y", TinyOnnx.integer("to", TinyOnnx.FLOAT))
        .input("pixels", TinyOnnx.UINT8, -1, -1, -1, 3)
        .output("y", TinyOnnx.FLOAT, -1, -1, -1, 3)
        .write(folder.resolve("images.onnx"));
    InputShapes shapes;
    try (Model model = Model.open(
        file, ONE_THREAD.withServed(ServedShape.images(2, 70, 50), ServedShape.images(1, 5, 7)))) {
      shapes = InputShapes.of(
          model.inputs(), ServedShape.images(4, 80, 200), java.util.Optional.empty(), "m");
      assertThat(shapes.described()).isEqualTo("pixels uint8 [4, 80, 200, 3]");
      assertThat(shapes.halved(model.inputs(), 1).described())
          .isEqualTo("pixels uint8 [2, 40, 100, 3]");
      assertThat(shapes.halved(model.inputs(), 5).described())
          .isEqualTo("pixels uint8 [1, 32, 32, 3]");
      assertThat(model.run(Map.of("pixels", Tensor.uint8(new byte[6], 1, 1, 2, 3)), List.of("y")))
          .containsKey("y");
    }
  }
}
