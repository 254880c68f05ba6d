package lapidary.exporter.graph;

import ai.djl.ndarray.types.DataType;
import com.google.protobuf.UnsafeByteOperations;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import lapidary.exporter.onnx.Onnx.AttributeProto;
import lapidary.exporter.onnx.Onnx.GraphProto;
import lapidary.exporter.onnx.Onnx.ModelProto;
import lapidary.exporter.onnx.Onnx.NodeProto;
import lapidary.exporter.onnx.Onnx.StringStringEntryProto;
import lapidary.exporter.onnx.Onnx.TensorProto;
import lapidary.exporter.onnx.Onnx.TensorShapeProto;
import lapidary.exporter.onnx.Onnx.TypeProto;
import lapidary.exporter.onnx.Onnx.ValueInfoProto;
import lapidary.models.ElementType;
import lapidary.models.Output;
import lapidary.models.Pixels;
import lapidary.models.Projection;
import lapidary.runtime.Embedder;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorInfo;

/** An ONNX file's graph with a projection of one of its outputs to unit vectors behind it. Used by one thread. */
public final class ProjectedGraph {
  private static final int FLOAT = ElementTypes.code(DataType.FLOAT32);

  private final ModelProto model;
  private final GraphProto.Builder graph;
  private final Set<String> names = new HashSet<>();

  private ProjectedGraph(ModelProto model) {
    this.model = model;
    this.graph = model.getGraph().toBuilder();
    graph.getNodeList().forEach(node -> {
      names.add(node.getName());
      names.addAll(node.getOutputList());
    });
    graph.getInitializerList().forEach(tensor -> names.add(tensor.getName()));
  }

  /**
   * Puts the projection behind the output of an open file.
   *
   * @param model the same file
   */
  public static ProjectedGraph of(ModelProto model, Embedder embedder, Projection projection) {
    ProjectedGraph graph = new ProjectedGraph(model);
    TensorInfo source = output(embedder);
    if (source.shape().stream().skip(1).anyMatch(size -> size < 0)) {
      graph.fixSize(embedder);
    }
    graph.project(source, projection);
    return graph;
  }

  private static TensorInfo output(Embedder embedder) {
    return embedder.model().outputs().stream()
        .filter(output -> output.name().equals(embedder.output()))
        .findFirst()
        .orElseThrow();
  }

  /** The file with other metadata, keys sorted. */
  public ModelProto write(SortedMap<String, String> metadata) {
    ModelProto.Builder result = model.toBuilder().setGraph(graph).clearMetadataProps();
    metadata.forEach((key, value) ->
        result.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return result.build();
  }

  private void project(TensorInfo source, Projection projection) {
    String value = source.name();
    if (source.type() == ElementType.FLOAT16) {
      value = add("Cast", List.of(value), unique("float"), whole("to", FLOAT));
    }
    long inputs = projection.inputs();
    String mean = initializer("mean", projection.mean(), List.of(inputs));
    String weights = initializer(
        "components", projection.weights(), List.of(inputs, (long) projection.components()));
    value = add("Flatten", List.of(value), unique("flat"), whole("axis", 1));
    value = add("Sub", List.of(value, mean), unique("centred"));
    value = add("MatMul", List.of(value, weights), unique("projected"));
    add("LpNormalization", List.of(value), Output.EMBEDDING, whole("axis", -1), whole("p", 2));
    graph.addOutput(ValueInfoProto.newBuilder()
        .setName(Output.EMBEDDING)
        .setType(TypeProto.newBuilder()
            .setTensorType(TypeProto.Tensor.newBuilder()
                .setElemType(FLOAT)
                .setShape(TensorShapeProto.newBuilder()
                    .addDim(batch())
                    .addDim(size(projection.components()))))));
  }

  private String unique(String part) {
    String name = Output.EMBEDDING + "/" + part;
    while (!names.add(name)) {
      name += "_";
    }
    return name;
  }

  private String add(
      String operator, List<String> inputs, String output, AttributeProto... attributes) {
    graph.addNode(NodeProto.newBuilder()
        .setName(unique(operator))
        .setOpType(operator)
        .addAllInput(inputs)
        .addOutput(output)
        .addAllAttribute(List.of(attributes)));
    return output;
  }

  private static AttributeProto whole(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private String initializer(String part, float[] values, List<Long> shape) {
    String name = unique(part);
    graph.addInitializer(TensorProto.newBuilder()
        .setName(name)
        .setDataType(FLOAT)
        .addAllDims(shape)
        .setRawData(UnsafeByteOperations.unsafeWrap(TensorData.of(values, shape).bytes())));
    return name;
  }

  /** The batch's size or name, that of the first input. */
  private TensorShapeProto.Dimension batch() {
    return graph.getInput(0).getType().getTensorType().getShape().getDim(0);
  }

  private static TensorShapeProto.Dimension size(long value) {
    return TensorShapeProto.Dimension.newBuilder().setDimValue(value).build();
  }

  /** Lets the graph take images of the described size only, whose activations the projection fits. */
  private void fixSize(Embedder embedder) {
    Map<String, Tensor> sample =
        embedder.model().run(Map.of(embedder.input().name(), black(embedder)));
    List<Long> image = List.of(
        1L,
        (long) embedder.input().size().height(),
        (long) embedder.input().size().width(),
        (long) embedder.input().size().channels());
    fix(graph.getInputBuilder(0), image);
    for (ValueInfoProto.Builder output : graph.getOutputBuilderList()) {
      Tensor answer = Objects.requireNonNull(sample.get(output.getName()));
      fix(output, Arrays.stream(answer.shape()).boxed().toList());
    }
  }

  private static Tensor black(Embedder embedder) {
    int height = embedder.input().size().height();
    int width = embedder.input().size().width();
    int channels = embedder.input().size().channels();
    int count = (int) Math.max(1, embedder.model().inputs().get(0).shape().get(0));
    byte[] bytes = new byte[count * embedder.input().size().values()];
    return Tensor.pixels(Pixels.of(count, height, width, channels, bytes));
  }

  /** Gives every axis but the batch the size it has. */
  private static void fix(ValueInfoProto.Builder value, List<Long> shape) {
    TensorShapeProto.Builder dimensions =
        value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    for (int i = 1; i < dimensions.getDimCount(); i++) {
      dimensions.setDim(i, size(shape.get(i)));
    }
  }
}
