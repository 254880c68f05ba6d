package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lapidary.exporter.graph.ExportException;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Pixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A file whose answers differ is never published, and what was there stays. */
class ParityFailureTest {
  private static final ModelDescription DESCRIPTION =
      Fixtures.description(List.of(Fixtures.floats("x", 10)), List.of(Output.of(Output.LOGITS, 0)));

  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  /** A layer that computes something else while it is traced, behind one that does not. */
  private Block drifting() {
    return Fixtures.initialized(
        new SequentialBlock()
            .add(Linear.builder().setUnits(4).build())
            .add(Activation.tanhBlock())
            .add(LambdaBlock.singleton(
                x -> x.add(Proxy.isProxyClass(x.getClass()) ? 1 : 2), "drift")),
        engine.manager(),
        new Shape(1, 10));
  }

  @Test
  void nothingIsPublishedAndTheFirstLayerThatDiffersIsNamed() throws Exception {
    Path target = folder.resolve("model.onnx");
    Files.writeString(target, "what was there before");
    ParityException breach = catchThrowableOfType(
        ParityException.class,
        () -> OnnxExporter.export(
            drifting(),
            DESCRIPTION,
            target,
            ExportOptions.defaults().withBatch(3).withPrecision(Precision.FP16).withTolerance(1e-6),
            ParityRows.random(1)));
    assertThat(breach.getMessage())
        .startsWith("output logits differs from the trainer's by ")
        .contains(
            "(allowed 5.0e-07 here, so that 1.0e-06 holds on other rows)",
            "first difference: Gemm in 01Linear",
            "nothing was");
    assertThat(breach.parity().holds()).isFalse();
    assertThat(Files.readString(target, StandardCharsets.UTF_8)).isEqualTo("what was there before");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void whatIsWrittenOnTheWaySaysWhoWritesIt() throws Exception {
    Set<String> seen = new TreeSet<>();
    Block watching = Fixtures.initialized(
        new SequentialBlock()
            .add(LambdaBlock.singleton(
                x -> {
                  seen.addAll(List.of(folder.toFile().list()));
                  return x;
                },
                "watching"))
            .add(drifting()),
        engine.manager(),
        new Shape(1, 10));
    assertThatThrownBy(() -> OnnxExporter.export(
            watching,
            DESCRIPTION,
            folder.resolve("model.onnx"),
            ExportOptions.defaults().withBatch(3),
            ParityRows.random(1)))
        .isInstanceOf(ParityException.class);
    // The graph, and the graph with every value as an output.
    assertThat(seen).hasSizeGreaterThan(1).allMatch(name -> name.contains(".lapidary-"));
  }

  @Test
  void roundingBreaksAToleranceOfNothing() {
    Block network = Fixtures.initialized(
        new SequentialBlock()
            .add(Linear.builder().setUnits(64).build())
            .add(Activation.geluBlock()),
        engine.manager(),
        new Shape(1, 10));
    assertThatThrownBy(() -> OnnxExporter.export(
            network,
            DESCRIPTION,
            folder.resolve("model.onnx"),
            ExportOptions.defaults().withTolerance(0),
            ParityRows.random(1)))
        .isInstanceOf(ParityException.class)
        .hasMessageContaining("(allowed 0.0e+00)");
    assertThat(folder).isEmptyDirectory();
  }

  /** Biases of about 1000 have steps of a half in 16 bits: logits right to 3 digits give probabilities that are not. */
  @Test
  void roundingThatNoLayerShowsAloneIsNamedByTheWorstLayer() {
    Block network = Fixtures.initialized(
        new SequentialBlock().add(Linear.builder().setUnits(3).build()),
        engine.manager(),
        new Shape(1, 10));
    network.getParameters().get("01Linear_bias").getArray().set(new float[] {
      1000.2f, 1000.4f, 1000.7f
    });
    ModelDescription probabilities = Fixtures.description(
        List.of(Fixtures.floats("x", 10)), List.of(Output.softmax(Output.PROBABILITIES, 0)));
    assertThatThrownBy(() -> OnnxExporter.export(
            network,
            probabilities,
            folder.resolve("model.onnx"),
            ExportOptions.defaults().withPrecision(Precision.FP16),
            ParityRows.random(1)))
        .isInstanceOf(ParityException.class)
        .hasMessageMatching("output probabilities differs .* no layer alone differs by as much, the"
            + " largest difference: Gemm in 01Linear .*, by .*; nothing was published");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shapesThatCannotBeComparedAreReported() {
    Block network = new LambdaBlock(list -> new NDList(
        Proxy.isProxyClass(list.head().getClass()) ? list.head() : list.head().flatten()));
    assertThatThrownBy(
            () -> OnnxExporter.export(network, DESCRIPTION, folder.resolve("model.onnx")))
        .isInstanceOf(ExportException.class)
        .hasMessage("output logits has shape [3, 10] in the file and [30] in the block; the block's"
            + " shapes depend on sizes in a way that a graph cannot follow, so export with a fixed"
            + " batch");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void imagesOfAnotherSizeAreRefused() {
    Block network = Fixtures.initialized(
        Linear.builder().setUnits(3).build(), engine.manager(), new Shape(1, 20));
    ModelDescription description = Fixtures.description(
        List.of(Fixtures.greyFlat(4, 5)), List.of(Output.of(Output.LOGITS, 0)));
    Pixels other = Pixels.of(1, 5, 5, 1, new byte[25]);
    assertThatThrownBy(() -> OnnxExporter.export(
            network,
            description,
            folder.resolve("model.onnx"),
            ExportOptions.defaults(),
            ParityRows.validation(other)))
        .isInstanceOf(InvalidInputException.class);
    assertThat(folder).isEmptyDirectory();
  }
}
