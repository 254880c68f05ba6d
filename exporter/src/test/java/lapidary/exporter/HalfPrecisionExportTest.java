package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lapidary.models.Output;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files in 16 bits on rows that nothing was compared on. */
class HalfPrecisionExportTest {
  private static final int ROWS = 600;

  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  private ExportReport export(Block block, long width, ExportOptions options, String name) {
    return OnnxExporter.export(
        block,
        Fixtures.description(
            List.of(Fixtures.floats("x", width)), List.of(Output.of(Output.LOGITS, 0))),
        folder.resolve(name),
        options,
        ParityRows.random(1));
  }

  private ExportReport half(Block block, long width) {
    return export(
        block, width, ExportOptions.defaults().withPrecision(Precision.FP16), "half.onnx");
  }

  /** Three linear layers; what is between the first two is multiplied. */
  private SequentialBlock network(float factor) {
    SequentialBlock block = new SequentialBlock()
        .add(Linear.builder().setUnits(64).build())
        .add(LambdaBlock.singleton(x -> x.mul(factor)))
        .add(Linear.builder().setUnits(64).build())
        .add(LambdaBlock.singleton(x -> x.mul(1 / factor)))
        .add(Linear.builder().setUnits(10).build());
    return Fixtures.initialized(block, engine.manager(), new Shape(1, 32));
  }

  private static float[] rows() {
    Random random = new Random(77);
    float[] rows = new float[ROWS * 32];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    return rows;
  }

  private static float[] answers(Path file) {
    try (Model model = Model.open(file, Device.cpu(1))) {
      return model
          .run(Map.of("x", Tensor.floats(rows(), ROWS, 32)))
          .get(Output.LOGITS)
          .floats();
    }
  }

  /** The worst difference from DJL over the largest answer. */
  private double relative(Block block, Path file) {
    try (NDManager manager = engine.manager().newSubManager()) {
      NDArray input = manager.create(rows(), new Shape(ROWS, 32));
      float[] wanted = block
          .forward(new ParameterStore(manager, false), new NDList(input), false)
          .head()
          .toFloatArray();
      float[] given = answers(file);
      double worst = 0;
      double scale = 0;
      for (int i = 0; i < wanted.length; i++) {
        worst = Math.max(worst, Math.abs((double) given[i] - wanted[i]));
        scale = Math.max(scale, Math.abs(wanted[i]));
      }
      return worst / scale;
    }
  }

  @Test
  void theToleranceOfTheFileHoldsOnRowsItHasNotSeen() {
    SequentialBlock block = network(1);
    ExportReport report = half(block, 32);
    assertThat(report.parity().tolerance()).isEqualTo(1e-2);
    assertThat(report.parity().worstRelative()).isLessThanOrEqualTo(5e-3);
    assertThat(relative(block, report.file())).isLessThanOrEqualTo(1e-2);
    assertThat(report.notes()).isEmpty();
  }

  @Test
  void halfOfTheToleranceIsKeptForRowsThatAreNotCompared() {
    SequentialBlock block = network(1);
    double worst = half(block, 32).parity().worstRelative();
    ExportOptions tight =
        ExportOptions.defaults().withPrecision(Precision.FP16).withTolerance(1.5 * worst);
    assertThatThrownBy(() -> export(block, 32, tight, "tight.onnx"))
        .isInstanceOf(ParityException.class)
        .hasMessageContaining("here, so that")
        .hasMessageContaining("holds on other rows");
    assertThat(folder.resolve("tight.onnx")).doesNotExist();
  }

  @Test
  void aLayerWhoseNumbersAreTooLargeStaysIn32BitsAndIsNamed() {
    SequentialBlock block = network(1e6f);
    ExportReport report = half(block, 32);
    assertThat(report.notes())
        .anySatisfy(note ->
            assertThat(note).contains("02LambdaBlock").contains("32 bits").contains("65504"));
    assertThat(relative(block, report.file())).isLessThanOrEqualTo(1e-2);
  }

  @Test
  void aWeightLargerThanAnyOf16BitsKeepsItsLayerIn32() {
    SequentialBlock block = network(1);
    Parameter first = block.getParameters().valueAt(0);
    first.getArray().set(first.getArray().mul(1e6f).toFloatArray());
    Parameter second = block.getParameters().valueAt(2);
    second.getArray().set(second.getArray().mul(1e-6f).toFloatArray());
    ExportReport report = half(block, 32);
    assertThat(relative(block, report.file())).isLessThanOrEqualTo(1e-2);
  }
}
