package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.graph.ModelFile;
import lapidary.exporter.onnx.Onnx.OperatorSetIdProto;
import lapidary.exporter.trace.Call;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.Value;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rows that a user gives for operations, held to the same checks as the exporter's own. */
final class OwnOperatorTest {
  private static final String GAMMA = "NDArray.gammaln()";
  private static final String GELU = "NDArrayEx.gelu()";
  private static final ModelDescription DESCRIPTION =
      ModelDescription.custom("own", List.of(Fixtures.floats("x", 5)), "y");

  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  private Path file() {
    return folder.resolve("model.onnx");
  }

  private ExportReport export(Block block, ExportOptions options) {
    return OnnxExporter.export(block, DESCRIPTION, file(), options, ParityRows.random(3));
  }

  private static ExportOptions with(String signature, Operator row) {
    return ExportOptions.defaults().withOperator(signature, row);
  }

  private Block gamma() {
    return Fixtures.initialized(
        new SequentialBlock()
            .add(Linear.builder().setUnits(4).build())
            .add(LambdaBlock.singleton(x -> x.abs().add(0.5).gammaln())),
        engine.manager(),
        new Shape(1, 5));
  }

  private Block gelu() {
    return Fixtures.initialized(
        new SequentialBlock().add(Linear.builder().setUnits(4).build()).add(Activation.geluBlock()),
        engine.manager(),
        new Shape(1, 5));
  }

  /** Stirling's series at x + 7, less the logarithms of what lies between (Abramowitz and Stegun, 6.1.15 and 6.1.41). */
  private static NDArray stirling(Call call) {
    DataType type = call.value().type();
    Value x = call.value();
    Value product = x;
    for (int i = 1; i < 7; i++) {
      Value next = call.node("Add").with(x, call.scalar(i, type)).step();
      product = call.node("Mul").with(product, next).step();
    }
    Value z = call.node("Add").with(x, call.scalar(7, type)).step();
    Value log = call.node("Log").with(z).step();
    Value power = call.node("Sub").with(z, call.scalar(0.5, type)).step();
    Value main =
        call.node("Sub").with(call.node("Mul").with(power, log).step(), z).step();
    Value rest = call.node("Reciprocal")
        .with(call.node("Mul").with(z, call.scalar(12, type)).step())
        .step();
    Value sum = call.node("Add").with(main, rest).step();
    Value shifted =
        call.node("Add").with(sum, call.scalar(Math.log(2 * Math.PI) / 2, type)).step();
    return call.node("Sub").with(shifted, call.node("Log").with(product).step()).gives(call.run());
  }

  @Test
  void anOperationThatIsRefusedExportsWithARow() {
    assertThatThrownBy(() -> export(gamma(), ExportOptions.defaults()))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining(GAMMA)
        .hasMessageContaining("ExportOptions.withOperator");
    ExportReport report = export(gamma(), with(GAMMA, OwnOperatorTest::stirling));
    // What cancels out in the series leaves four digits.
    assertThat(report.parity().worstRelative()).isLessThan(1e-4);
    assertThat(report.notes()).isEmpty();
    // Standard operators of the list, so that anyone may open it.
    try (Model model = Model.open(file(), Device.cpu(1))) {
      assertThat(model
              .run(Map.of("x", Tensor.floats(new float[10], 2, 5)))
              .get("y")
              .shape())
          .containsExactly(2, 4);
    }
  }

  @Test
  void aRowThatIsWrongFailsParityWithItsLayer() {
    Operator wrong = call -> call.node("Log").with(call.value()).gives(call.run());
    assertThatThrownBy(() -> export(gamma(), with(GAMMA, wrong)))
        .isInstanceOf(ParityException.class)
        .hasMessageMatching("output y differs .* first difference: Log in 02LambdaBlock"
            + " \\(.*OwnOperatorTest.java:\\d+\\).*nothing was published");
    assertThat(folder).isEmptyDirectory();
  }

  private static NDArray microsoft(Call call) {
    return call.node("com.microsoft", 1, "Gelu").with(call.value()).gives(call.run());
  }

  @Test
  void aRowMayUseAnotherOperatorSetWhichTheFileImports() throws Exception {
    ExportReport report = export(gelu(), with(GELU, OwnOperatorTest::microsoft));
    assertThat(report.parity().worstRelative()).isLessThan(1e-5);
    assertThat(ModelFile.read(file()).getOpsetImportList())
        .extracting(OperatorSetIdProto::getDomain, OperatorSetIdProto::getVersion)
        .containsExactly(Tuple.tuple("", 17L), Tuple.tuple("com.microsoft", 1L));
    assertThat(report.notes())
        .singleElement()
        .asString()
        .contains("com.microsoft.Gelu", "Model.open with trusted digests", "Model.openIsolated");
    assertThatThrownBy(() -> Model.open(file(), Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class);
    ModelOptions options = ModelOptions.of(Device.cpu(1));
    try (Model model = Model.open(file(), options, Set.of(report.sha256()))) {
      assertThat(OnnxExporter.verify(gelu(), DESCRIPTION, model, 1e-5, ParityRows.random(3))
              .holds())
          .isTrue();
    }
  }

  @Test
  void aWrongRowOfAnotherOperatorSetIsNamedToo() {
    Operator quick =
        call -> call.node("com.microsoft", 1, "QuickGelu").with(call.value()).gives(call.run());
    assertThatThrownBy(() -> export(gelu(), with(GELU, quick)))
        .isInstanceOf(ParityException.class)
        .hasMessageContaining("first difference: QuickGelu in 02LambdaBlock");
  }

  @Test
  void anOperatorThatTheRuntimeDoesNotHaveIsRefusedWithItsPlace() {
    Operator unheard =
        call -> call.node("org.example", 2, "Unheard").with(call.value()).gives(call.run());
    assertThatThrownBy(() -> export(gelu(), with(GELU, unheard)))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("ONNX Runtime does not take the graph")
        .hasMessageContaining("org.example");
  }

  @Test
  void twoVersionsOfOneOperatorSetAreRefused() {
    Operator both = call -> call.node("com.microsoft", 2, "Gelu")
        .with(call.node("com.microsoft", 1, "Gelu").with(call.value()).step())
        .gives(call.run());
    assertThatThrownBy(() -> export(gelu(), with(GELU, both)))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining("com.microsoft are asked for in versions 1 and 2");
  }

  @Test
  void aRowThatIsNotCalledIsToldAndLeavesTheFileAsItIs() throws Exception {
    export(gelu(), ExportOptions.defaults());
    byte[] without = Files.readAllBytes(file());
    ExportReport report = export(gelu(), with(GAMMA, OwnOperatorTest::stirling));
    assertThat(report.notes())
        .containsExactly("the row for " + GAMMA + " was not called: the block does without it");
    assertThat(Files.readAllBytes(file())).isEqualTo(without);
  }

  @Test
  void aRowThatAnswersNothingOfTheGraphIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> export(gamma(), with(GAMMA, call -> null)))
        .isInstanceOf(ExportException.class)
        .hasMessageMatching(
            "the row given to ExportOptions.withOperator for NDArray.gammaln\\(\\) gives nothing, not a"
                + " traced array in 02LambdaBlock \\(.*OwnOperatorTest.java:\\d+\\)\\); end with"
                + " call.node\\(…\\).gives\\(call.run\\(\\)\\)");
    assertThatThrownBy(() -> export(gamma(), with(GAMMA, Call::run)))
        .hasMessageContaining(
            "gives an array of the engine, which stands for nothing in the graph, not a traced array");
    assertThatThrownBy(() -> export(gamma(), with(GAMMA, call -> new NDList())))
        .hasMessageContaining("gives a NDList, not a traced array");
  }

  @Test
  void aRowThatFailsIsRefusedWithItsPlaceAndCause() {
    Operator failing = call -> call.node("Log").set("axis", call.integer(7)).step();
    assertThatThrownBy(() -> export(gamma(), with(GAMMA, failing)))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining(
            "for NDArray.gammaln() fails with ArrayIndexOutOfBoundsException: Index 7 out of")
        .hasMessageContaining("02LambdaBlock (")
        .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
    Operator nowhere = call -> call.node("ai.onnx", 1, "Log").with(call.value()).step();
    assertThatThrownBy(() -> export(gamma(), with(GAMMA, nowhere)))
        .hasMessageContaining("is not another operator set; name one such as com.microsoft");
  }

  @Test
  void aMethodThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> with("NDArray.gamaln()", OwnOperatorTest::stirling))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("NDArray.gamaln()")
        .hasMessageContaining(GAMMA);
  }
}
