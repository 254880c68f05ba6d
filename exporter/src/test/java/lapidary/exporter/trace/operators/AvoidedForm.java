package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import lapidary.exporter.Fixtures;
import lapidary.exporter.graph.ElementTypes;
import lapidary.exporter.onnx.Onnx.AttributeProto;
import lapidary.exporter.onnx.Onnx.GraphProto;
import lapidary.exporter.onnx.Onnx.ModelProto;
import lapidary.exporter.onnx.Onnx.NodeProto;
import lapidary.exporter.onnx.Onnx.OperatorSetIdProto;
import lapidary.exporter.onnx.Onnx.TypeProto;
import lapidary.exporter.onnx.Onnx.ValueInfoProto;
import lapidary.models.TensorInput;

/**
 * Operators that one would write for a function, of single precision in x, and that a runtime gets wrong.
 *
 * @param operators as the page says them
 * @param function in DJL
 * @param answer its element type
 * @param nodes from x to y0
 * @param instead what the exporter writes
 */
record AvoidedForm(
    String operators,
    TensorInput input,
    UnaryOperator<NDArray> function,
    DataType answer,
    List<NodeProto> nodes,
    String instead) {
  private static final TensorInput X = Fixtures.floats("x", 4, 6);
  private static final NodeProto DOUBLES = cast("x", DataType.FLOAT64, "doubles");

  AvoidedForm {
    nodes = List.copyOf(nodes);
  }

  static List<AvoidedForm> all() {
    return List.of(roundedUp(), truthValues(), turnedDoubles(), cosine());
  }

  private static AvoidedForm roundedUp() {
    Shape window = new Shape(3, 3);
    return new AvoidedForm(
        "AveragePool with padding and `ceil_mode` 1",
        Fixtures.floats("x", 2, 8, 8),
        x -> x.getNDArrayInternal().avgPool(window, new Shape(2, 2), new Shape(1, 1), true, true),
        DataType.FLOAT32,
        List.of(node("AveragePool", "y0", "x")
            .addAttribute(integers("kernel_shape", 3, 3))
            .addAttribute(integers("strides", 2, 2))
            .addAttribute(integers("pads", 1, 1, 1, 1))
            .addAttribute(integer("ceil_mode", 1))
            .addAttribute(integer("count_include_pad", 1))
            .build()),
        "AveragePool with more padding, divided by the share of each window that counts");
  }

  private static AvoidedForm truthValues() {
    return new AvoidedForm(
        "Cast of whole numbers to truth values, then back",
        X,
        x -> x.toType(DataType.INT64, false)
            .toType(DataType.BOOLEAN, false)
            .toType(DataType.INT64, false),
        DataType.INT64,
        List.of(
            cast("x", DataType.INT64, "whole"),
            cast("whole", DataType.BOOLEAN, "truth"),
            cast("truth", DataType.INT64, "y0")),
        "Equal to 0, Not");
  }

  private static AvoidedForm turnedDoubles() {
    return new AvoidedForm(
        "Transpose of doubles, then MatMul",
        X,
        x -> x.toType(DataType.FLOAT64, false)
            .matMul(x.toType(DataType.FLOAT64, false).transpose(0, 2, 1)),
        DataType.FLOAT64,
        List.of(
            DOUBLES,
            node("Transpose", "turned", "doubles")
                .addAttribute(integers("perm", 0, 2, 1))
                .build(),
            node("MatMul", "y0", "doubles", "turned").build()),
        "a Max of one array before MatMul");
  }

  private static AvoidedForm cosine() {
    return new AvoidedForm(
        "Cos of doubles",
        X,
        x -> x.toType(DataType.FLOAT64, false).cos(),
        DataType.FLOAT64,
        List.of(DOUBLES, node("Cos", "y0", "doubles").build()),
        "Sin of x + π/2");
  }

  private static NodeProto cast(String from, DataType type, String to) {
    return node("Cast", to, from)
        .addAttribute(integer("to", ElementTypes.code(type)))
        .build();
  }

  private static NodeProto.Builder node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addOutput(output)
        .addAllInput(Arrays.asList(inputs));
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto integers(String name, long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(Arrays.stream(values).boxed().toList())
        .build();
  }

  /** Writes the file, with DJL's function beside it. */
  Exported write(Path file) throws IOException {
    GraphProto graph = GraphProto.newBuilder()
        .setName("form")
        .addInput(value("x", DataType.FLOAT32))
        .addOutput(value("y0", answer))
        .addAllNode(nodes)
        .build();
    Files.write(
        file,
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
            .setGraph(graph)
            .build()
            .toByteArray());
    return new Exported(
        operators,
        "opset 17",
        new LambdaBlock(list -> new NDList(function.apply(list.head()))),
        List.of(List.of(input)),
        OptionalLong.empty(),
        file,
        5e-6);
  }

  private static ValueInfoProto value(String name, DataType type) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder()
            .setTensorType(TypeProto.Tensor.newBuilder().setElemType(ElementTypes.code(type))))
        .build();
  }
}
