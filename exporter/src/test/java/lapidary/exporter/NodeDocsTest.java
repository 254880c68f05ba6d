package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.nio.file.Path;
import java.util.List;
import lapidary.exporter.graph.ModelFile;
import lapidary.exporter.onnx.Onnx.NodeProto;
import lapidary.models.ImageInput;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Each node says where it comes from, for those who look at the graph. */
final class NodeDocsTest {
  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  private List<NodeProto> nodes(ExportOptions options) throws Exception {
    ImageInput image = Fixtures.greyFlat(3, 4);
    Block block = Fixtures.initialized(
        new SequentialBlock()
            .add(Linear.builder().setUnits(4).build())
            .add(new SequentialBlock()
                .add(Activation.reluBlock())
                .add(LambdaBlock.singleton(x -> x.mul(2))))
            .add(Linear.builder().setUnits(3).build()),
        engine.manager(),
        new Shape(1, 12));
    ModelDescription description = ModelDescription.custom(
        "docs",
        List.of(image),
        List.of(Output.of(Output.LOGITS, 0), Output.softmax(Output.PROBABILITIES, 0)));
    Path file = folder.resolve("model.onnx");
    OnnxExporter.export(block, description, file, options, ParityRows.random(1));
    return ModelFile.read(file).getGraph().getNodeList();
  }

  @Test
  void nodesNameBlockClassAndLine() throws Exception {
    assertThat(nodes(ExportOptions.defaults()))
        .extracting(node -> node.getOpType() + " | "
            + node.getDocString().replaceAll("NodeDocsTest.java:\\d+", "LINE"))
        .containsExactly(
            "Cast | input pixels: pixels become the numbers that the network takes",
            "Mul | input pixels: pixels become the numbers that the network takes",
            "Reshape | input pixels: pixels become the numbers that the network takes",
            "Gemm | 01Linear: Linear",
            "Relu | 02SequentialBlock/01LambdaBlock: LambdaBlock",
            "Mul | 02SequentialBlock/02LambdaBlock: LambdaBlock, at LINE",
            "Gemm | 03Linear: Linear",
            "Softmax | output probabilities: block output 0, softmax");
  }

  @Test
  void everyNodeOfSixteenBitsSaysWhatItIsFor() throws Exception {
    assertThat(nodes(ExportOptions.defaults().withPrecision(Precision.FP16)))
        .hasSizeGreaterThan(8)
        .allSatisfy(node -> assertThat(node.getDocString()).isNotEmpty());
  }
}
