package lapidary.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lapidary.models.wire.WireWriter;

/**
 * A network of dense layers as an ONNX file, to measure with: bytes of pixels in, ReLU between, softmax out. All weights are alike,
 * which no product of matrices is faster by; ONNX Runtime makes them when it opens the file, which is a kilobyte.
 *
 * @param widths of input, hidden layers and output
 */
record DenseNetwork(List<Integer> widths) {
  static final String INPUT = "pixels";
  static final String OUTPUT = "probabilities";

  // TensorProto.DataType.
  private static final int FLOAT = 1;
  private static final int UINT8 = 2;
  private static final int INT64 = 7;

  private static final int TENSOR_ATTRIBUTE = 4;

  /** 2^-7 in little-endian order. */
  private static final String WEIGHT = "\0\0\0<";

  DenseNetwork {
    widths = List.copyOf(widths);
  }

  static DenseNetwork of(Integer... widths) {
    return new DenseNetwork(List.of(widths));
  }

  /** Such as {@code 784-50-10}. */
  String name() {
    return widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  Path write(Path folder) throws IOException {
    WireWriter opset = new WireWriter().number(2, 17);
    byte[] file =
        new WireWriter().number(1, 8).message(7, graph()).message(8, opset).bytes();
    return Files.write(folder.resolve(name() + ".onnx"), file);
  }

  private WireWriter graph() {
    WireWriter graph = new WireWriter().text(2, "dense");
    WireWriter cast = new WireWriter().text(1, "to").number(3, FLOAT).number(20, 2);
    graph.message(1, node("Cast", List.of(INPUT), "h0").message(5, cast));
    int last = widths.size() - 2;
    for (int i = 0; i <= last; i++) {
      graph.message(1, node("ConstantOfShape", List.of("s" + i), "w" + i).message(5, weight()));
      graph.message(1, node("MatMul", List.of("h" + i, "w" + i), "m" + i));
      String out = i == last ? OUTPUT : "h" + (i + 1);
      graph.message(1, node(i == last ? "Softmax" : "Relu", List.of("m" + i), out));
    }
    IntStream.rangeClosed(0, last).forEach(i -> graph.message(5, shape(i)));
    return graph
        .message(11, port(INPUT, UINT8, widths.get(0)))
        .message(12, port(OUTPUT, FLOAT, widths.get(last + 1)));
  }

  private WireWriter shape(int layer) {
    return new WireWriter()
        .number(1, 2)
        .number(2, INT64)
        .number(7, widths.get(layer))
        .number(7, widths.get(layer + 1))
        .text(8, "s" + layer);
  }

  private static WireWriter weight() {
    WireWriter value = new WireWriter().number(1, 1).number(2, FLOAT).text(9, WEIGHT);
    return new WireWriter().text(1, "value").message(5, value).number(20, TENSOR_ATTRIBUTE);
  }

  private static WireWriter node(String operator, List<String> inputs, String output) {
    WireWriter node = new WireWriter();
    inputs.forEach(input -> node.text(1, input));
    return node.text(2, output).text(4, operator);
  }

  private static WireWriter port(String name, int type, int width) {
    WireWriter rows = new WireWriter().text(2, "N");
    WireWriter columns = new WireWriter().number(1, width);
    WireWriter shape = new WireWriter().message(1, rows).message(1, columns);
    WireWriter tensor = new WireWriter().number(1, type).message(2, shape);
    return new WireWriter().text(1, name).message(2, new WireWriter().message(1, tensor));
  }
}
