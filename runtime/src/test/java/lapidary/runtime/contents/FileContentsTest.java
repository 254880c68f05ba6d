package lapidary.runtime.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lapidary.models.InvalidInputException;
import lapidary.models.wire.WireReader;
import lapidary.runtime.Model;
import lapidary.runtime.ModelFile;
import lapidary.runtime.Proto;
import lapidary.runtime.Tensor;
import lapidary.runtime.TinyClassifier;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.check.OnnxFields;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights by type and nodes by what they compute in, of files written by hand; those of nodes run in ONNX Runtime too. */
final class FileContentsTest {
  @TempDir
  Path folder;

  private FileContents contents(TinyOnnx graph) throws IOException {
    return ModelFile.read(graph.write(folder.resolve("tiny.onnx"))).contents();
  }

  private static Proto tensor(String name, int type, long... shape) {
    Proto tensor = new Proto();
    for (long size : shape) {
      tensor.number(1, size);
    }
    return tensor.number(2, type).text(8, name);
  }

  private static Proto raw(String name, int type, byte[] bytes, long... shape) {
    return tensor(name, type, shape).bytes(9, bytes);
  }

  private void runs(float... row) throws IOException {
    try (Model model = Model.open(folder.resolve("tiny.onnx"), Device.cpu(1))) {
      Tensor answer = model
          .run(Map.of("x", Tensor.floats(row, 1, row.length)))
          .values()
          .iterator()
          .next();
      assertThat(answer.floats()).isNotEmpty();
    }
  }

  @Test
  void weightsAreCountedByTypeThoseOfMostBytesFirst() throws IOException {
    TinyOnnx graph = TinyOnnx.add(1, 2)
        .initializer(raw("halves", TinyOnnx.FLOAT16, new byte[12], 2, 3))
        .initializer(raw("bytes", TinyOnnx.INT8, new byte[35], 5, 7))
        .initializer(raw("more", TinyOnnx.INT8, new byte[11], 11))
        .initializer(raw("doubles", TinyOnnx.DOUBLE, new byte[8]))
        .initializer(raw("nibbles", 22, new byte[2], 3))
        .initializer(tensor("texts", TinyOnnx.STRING, 2).text(6, "ab").text(6, "cde"))
        .initializer(tensor("listed", TinyOnnx.INT64, 4).bytes(7, new byte[] {1, 2, 3, 4}));
    assertThat(contents(graph).weights())
        .containsExactly(
            new StoredWeights("int8", 8, 2, 46, 46),
            new StoredWeights("int64", 64, 1, 4, 32),
            new StoredWeights("float16", 16, 1, 6, 12),
            new StoredWeights("float64", 64, 1, 1, 8),
            new StoredWeights("string", 0, 1, 2, 5),
            new StoredWeights("float32", 32, 1, 1, 4),
            new StoredWeights("int4", 4, 1, 3, 2));
  }

  @Test
  void weightsBesideTheFileCountToo() throws IOException {
    Files.write(folder.resolve("w.bin"), new byte[48]);
    TinyOnnx graph = TinyOnnx.add(1, 2).external("w", new long[] {3, 4}, "w.bin", 0, 48);
    assertThat(contents(graph).weights())
        .containsExactly(new StoredWeights("float32", 32, 2, 13, 52));
  }

  @Test
  void halvesAndWholesAreToldApart() throws IOException {
    TinyOnnx graph = new TinyOnnx()
        .node("Relu", new String[] {"x"}, "wide")
        .node("Cast", new String[] {"wide"}, "half", TinyOnnx.integer("to", TinyOnnx.FLOAT16))
        .node("Mul", new String[] {"half", "half"}, "square")
        .node("Transpose", new String[] {"square"}, "turned")
        .node("Neg", new String[] {"turned"}, "less")
        .node("Cast", new String[] {"less"}, "y", TinyOnnx.integer("to", TinyOnnx.FLOAT))
        .input("x", TinyOnnx.FLOAT, -1, 2)
        .output("y", TinyOnnx.FLOAT, 2, -1);
    assertThat(contents(graph).nodes()).isEqualTo(new ComputingNodes(0, 2, 0, 1, 0, 2, 1));
    runs(1, 2);
  }

  @Test
  void whatStandsBetweenDequantizeAndQuantizeIsComputedInInt8() throws IOException {
    TinyOnnx graph = quantized()
        .node("MatMul", new String[] {"xf", "wf"}, "product")
        .node("Relu", new String[] {"product"}, "above")
        .node("QuantizeLinear", new String[] {"above", "scale", "zero"}, "q")
        .node("DequantizeLinear", new String[] {"q", "scale", "zero"}, "f")
        .node("Softmax", new String[] {"f"}, "y")
        .output("y", TinyOnnx.FLOAT, -1, 3);
    FileContents found = contents(graph);
    // Softmax reads whole numbers and gives floats.
    assertThat(found.nodes()).isEqualTo(new ComputingNodes(2, 0, 0, 1, 0, 5, 0));
    assertThat(found.weights())
        .contains(new StoredWeights("int8", 8, 2, 7, 7), new StoredWeights("uint8", 8, 1, 1, 1));
    runs(1, 2);
  }

  @Test
  void weightsOfBytesAloneMakeNoInt8() throws IOException {
    TinyOnnx graph = quantized()
        .node("MatMul", new String[] {"x", "wf"}, "product")
        .node("QuantizeLinear", new String[] {"product", "scale", "zero"}, "q")
        .node("DequantizeLinear", new String[] {"q", "scale", "zero"}, "y")
        .output("y", TinyOnnx.FLOAT, -1, 3);
    assertThat(contents(graph).nodes()).isEqualTo(new ComputingNodes(0, 0, 0, 1, 0, 5, 0));
    runs(1, 2);
  }

  @Test
  void operatorsOnWholeNumbersAreInt8() throws IOException {
    TinyOnnx graph = new TinyOnnx()
        .node("QuantizeLinear", new String[] {"x", "scale", "zero"}, "xq")
        .node(
            "QLinearMatMul",
            new String[] {"xq", "scale", "zero", "w", "scale", "wzero", "scale", "zero"},
            "q")
        .node("DequantizeLinear", new String[] {"q", "scale", "zero"}, "y")
        .weights("scale", new long[] {}, .5f)
        .initializer(raw("zero", TinyOnnx.UINT8, new byte[1]))
        .initializer(raw("wzero", TinyOnnx.INT8, new byte[1]))
        .initializer(raw("w", TinyOnnx.INT8, new byte[6], 2, 3))
        .input("x", TinyOnnx.FLOAT, -1, 2)
        .output("y", TinyOnnx.FLOAT, -1, 3);
    assertThat(contents(graph).nodes()).isEqualTo(new ComputingNodes(1, 0, 0, 0, 0, 2, 0));
    runs(1, 2);
  }

  /** Data and weights in bytes: x [N, 2] as {@code xf}, weights [2, 3] as {@code wf}. */
  private static TinyOnnx quantized() {
    return new TinyOnnx()
        .node("QuantizeLinear", new String[] {"x", "scale", "zero"}, "xq")
        .node("DequantizeLinear", new String[] {"xq", "scale", "zero"}, "xf")
        .node("DequantizeLinear", new String[] {"w", "scale", "wzero"}, "wf")
        .weights("scale", new long[] {}, .5f)
        .initializer(raw("zero", TinyOnnx.UINT8, new byte[1]))
        .initializer(raw("wzero", TinyOnnx.INT8, new byte[1]))
        .initializer(raw("w", TinyOnnx.INT8, new byte[6], 2, 3))
        .input("x", TinyOnnx.FLOAT, -1, 2);
  }

  @Test
  void typesAreFollowedFromNodeToNode() throws IOException {
    FileContents found = contents(TinyClassifier.graph());
    // Cast; Flatten; Gemm and Softmax.
    assertThat(found.nodes()).isEqualTo(new ComputingNodes(0, 0, 0, 2, 0, 1, 1));
    TinyOnnx doubles = new TinyOnnx()
        .node("Neg", new String[] {"x"}, "less")
        .node("Shape", new String[] {"less"}, "shape")
        .node("Add", new String[] {"shape", "shape"}, "twice")
        .node("Greater", new String[] {"less", "x"}, "y")
        .input("x", TinyOnnx.DOUBLE, -1, 2)
        .output("y", TinyOnnx.BOOL, -1, 2)
        .output("twice", TinyOnnx.INT64, 2);
    assertThat(contents(doubles).nodes()).isEqualTo(new ComputingNodes(0, 0, 0, 0, 2, 0, 2));
  }

  @Test
  void typesThatNobodyKnowsAreCalledByTheirNumber() throws IOException {
    TinyOnnx graph = TinyOnnx.add(1, 2).initializer(raw("odd", 99, new byte[5], 5));
    assertThat(contents(graph).weights())
        .extracting(StoredWeights::type)
        .isEqualTo(List.of("type 99", "float32"));
  }

  @Test
  void namesWithoutEndAreRefusedBeforeTheyFillTheMemory() throws IOException {
    byte[] texts = new Proto().text(1, "a".repeat(30)).text(1, "b").bytes();
    Path file = Files.write(folder.resolve("names"), texts);
    KeptNames names = new KeptNames("long.onnx", 100);
    try (FileChannel channel = FileChannel.open(file)) {
      OnnxFields fields = OnnxFields.of(new WireReader(channel));
      fields.next();
      assertThat(names.text(fields)).hasSize(30);
      fields.next();
      assertThatThrownBy(() -> names.text(fields))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("long.onnx has too many names");
    }
  }
}
