package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import lapidary.models.ElementType;
import lapidary.models.Input;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Parity;
import lapidary.models.TensorInput;
import lapidary.models.Ulps;
import lapidary.runtime.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a file tells of how its answers were compared, where the differences are known beforehand. */
final class ParityCertificateTest {
  private static final int ROWS = 1 + 3 + 8 + 37;

  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  private Parity parity(
      ElementType type, String output, BinaryOperator<NDArray> operation, ExportOptions options) {
    Path file = folder.resolve("model.onnx");
    List<Input> inputs = List.of(new TensorInput("x", type, List.of(4L)));
    // The file has the first of both, the block the second.
    Block block = new LambdaBlock(list -> new NDList(operation.apply(
        list.head(), list.head().getManager().create(isTraced(list.head()) ? 0f : 1f))));
    Parity parity = OnnxExporter.export(
            block,
            ModelDescription.custom("known", inputs, output),
            file,
            options,
            ParityRows.random(5))
        .parity();
    assertThat(ModelFile.read(file).description().orElseThrow().evidence().parity())
        .contains(parity);
    return parity;
  }

  private static boolean isTraced(NDArray array) {
    return Proxy.isProxyClass(array.getClass());
  }

  private static Parity.Difference only(Parity parity) {
    assertThat(parity.outputs()).hasSize(1);
    return parity.outputs().get(0);
  }

  @Test
  void equalAnswersAreNoUlpApart() {
    Parity parity = parity(ElementType.FLOAT32, "y", (x, way) -> x.neg(), ExportOptions.defaults());
    assertThat(only(parity))
        .isEqualTo(new Parity.Difference(
            "y", 0, 0, true, Optional.of(Ulps.of(new long[4 * ROWS])), Optional.empty()));
    Parity.Setting setting = parity.setting().orElseThrow();
    assertThat(setting.engine()).matches("PyTorch \\d+\\.\\d+\\.\\d+");
    assertThat(setting.runtime()).matches("ONNX Runtime \\d+\\.\\d+\\.\\d+");
    assertThat(setting.sizes()).extracting(Parity.Sizes::batch).containsExactly(1, 3, 8, 37);
    assertThat(setting.sizes())
        .allSatisfy(sizes -> assertThat(sizes.inputs()).isEqualTo(Map.of("x", List.of(4L))));
  }

  /** From 1 on, floats are 2^-23 apart. */
  @Test
  void differencesAreCountedInStepsOfFloats() {
    Parity parity = parity(
        ElementType.FLOAT32,
        "y",
        (x, way) -> x.mul(0).add(way.mul(5 * Math.scalb(1.0, -23)).add(1)),
        ExportOptions.defaults());
    assertThat(only(parity).ulps().orElseThrow().counts())
        .containsExactly(0L, 0L, 0L, 4L * ROWS, 0L, 0L, 0L);
    assertThat(only(parity).absolute()).isEqualTo(5 * Math.scalb(1.0, -23));
  }

  /** Between 1 and 2 halves are 2^-10 apart. */
  @Test
  void differencesAreCountedInStepsOfTheOutputsOwnType() {
    Parity parity = parity(
        ElementType.FLOAT16,
        "y",
        (x, way) ->
            x.mul(0).add(way.mul(Math.scalb(1.0, -10)).add(1).toType(DataType.FLOAT16, false)),
        ExportOptions.defaults().withTolerance(1e-2));
    assertThat(only(parity).ulps().orElseThrow().counts())
        .containsExactly(0L, 4L * ROWS, 0L, 0L, 0L, 0L, 0L);
  }

  @Test
  void outputsOfWholeNumbersAndTruthValuesHaveNoUlps() {
    assertThat(only(parity(ElementType.FLOAT32, "y", (x, way) -> x.gt(0), ExportOptions.defaults()))
            .ulps())
        .isEmpty();
  }

  /** The largest of four scores stands in another place, where the scores are as good as equal. */
  @Test
  void rowsAreCountedByWhereTheirLargestScoreIs() {
    BinaryOperator<NDArray> scores = (x, way) -> {
      NDArray order = way.getManager().create(new float[] {0, 1, 2, 3});
      NDArray reversed = order.neg().add(3);
      NDArray chosen = order.mul(way.neg().add(1)).add(reversed.mul(way));
      return x.mul(0).add(chosen.mul(1e-6f).add(1));
    };
    Parity.Difference found =
        only(parity(ElementType.FLOAT32, Output.LOGITS, scores, ExportOptions.defaults()));
    assertThat(found.top1()).contains(new Parity.Top1(ROWS, 0, ROWS));
    assertThat(found.sameTop1()).isTrue();
    Parity.Difference same = only(
        parity(ElementType.FLOAT32, Output.LOGITS, (x, way) -> x.abs(), ExportOptions.defaults()));
    assertThat(same.top1()).contains(new Parity.Top1(ROWS, ROWS, 0));
  }

  @Test
  void openSizesAreToldWithTheirBatches() {
    Parity parity = parity(
        ElementType.FLOAT32,
        "y",
        (x, way) -> x.neg(),
        ExportOptions.defaults().withOpenAxis("length", "x", 1));
    assertThat(parity.setting().orElseThrow().sizes())
        .extracting(sizes -> sizes.inputs().get("x"))
        .contains(List.of(4L))
        .anyMatch(sizes -> sizes.get(0) > 4);
  }
}
