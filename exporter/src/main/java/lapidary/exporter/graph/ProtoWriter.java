package lapidary.exporter.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.exporter.onnx.Onnx.AttributeProto;
import lapidary.exporter.onnx.Onnx.GraphProto;
import lapidary.exporter.onnx.Onnx.ModelProto;
import lapidary.exporter.onnx.Onnx.NodeProto;
import lapidary.exporter.onnx.Onnx.OperatorSetIdProto;
import lapidary.exporter.onnx.Onnx.StringStringEntryProto;
import lapidary.exporter.onnx.Onnx.TensorProto;
import lapidary.exporter.onnx.Onnx.TensorShapeProto;
import lapidary.exporter.onnx.Onnx.TypeProto;
import lapidary.exporter.onnx.Onnx.ValueInfoProto;

/** Puts a graph into the ONNX file format. Equal graphs give equal bytes. Stateless. */
public final class ProtoWriter {
  private static final Map<Integer, Integer> IR_VERSIONS =
      Map.of(17, 8, 18, 8, 19, 9, 20, 9, 21, 10);

  private ProtoWriter() {}

  /** Where weights are that are not in the graph. */
  @FunctionalInterface
  public interface Weights {
    /** All of them are in the graph. */
    Weights INSIDE = (initializer, tensor) -> false;

    /** Says where a tensor is; false if it is in the graph. */
    boolean refer(String initializer, TensorProto.Builder tensor);
  }

  /** A model of the graph, without metadata; {@code name} is the graph's. */
  public static ModelProto write(OnnxGraph graph, String name, Weights weights) {
    ModelProto.Builder model = ModelProto.newBuilder()
        .setIrVersion(IR_VERSIONS.getOrDefault(graph.opset(), 10))
        .setProducerName("lapidary")
        .setDocString(name + ", exported from Java by Lapidary")
        .setGraph(graph(graph, name, weights))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(graph.opset()));
    domains(graph)
        .forEach((domain, version) -> model.addOpsetImport(
            OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version)));
    return model.build();
  }

  /** The operator sets beside the standard one, with their versions. */
  private static SortedMap<String, Integer> domains(OnnxGraph graph) {
    SortedMap<String, Integer> versions = new TreeMap<>();
    for (GraphNode node : graph.nodes()) {
      OperatorKind kind = node.kind();
      int version = kind.version();
      if (!kind.isStandard() && versions.merge(kind.domain(), version, Math::min) != version) {
        throw new ExportException("operators of " + kind.domain() + " are asked for in versions "
            + versions.get(kind.domain()) + " and " + version
            + ", of which a file imports one; write all of them in the same");
      }
    }
    return versions;
  }

  /** Metadata alone: behind a model's bytes it makes the bytes of the model with metadata, whose last field it is. */
  public static ModelProto metadata(SortedMap<String, String> metadata) {
    ModelProto.Builder model = ModelProto.newBuilder();
    metadata.forEach((key, value) ->
        model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build();
  }

  /** The graph with other outputs, whose shapes are not said. */
  public static ModelProto writeProbing(OnnxGraph graph, List<Port> outputs, Weights weights) {
    ModelProto model = write(graph, "probing", weights);
    GraphProto.Builder proto = model.getGraph().toBuilder().clearOutput();
    outputs.forEach(port -> proto.addOutput(ValueInfoProto.newBuilder()
        .setName(port.name())
        .setType(TypeProto.newBuilder()
            .setTensorType(
                TypeProto.Tensor.newBuilder().setElemType(ElementTypes.code(port.type()))))));
    return model.toBuilder().setGraph(proto).build();
  }

  private static GraphProto graph(OnnxGraph graph, String name, Weights weights) {
    GraphProto.Builder proto = GraphProto.newBuilder().setName(name);
    graph.nodes().forEach(node -> proto.addNode(node(node)));
    graph
        .initializers()
        .forEach((initializer, data) -> proto.addInitializer(tensor(initializer, data, weights)));
    graph.inputs().forEach(port -> proto.addInput(info(port)));
    graph.outputs().forEach(port -> proto.addOutput(info(port)));
    return proto.build();
  }

  private static NodeProto node(GraphNode node) {
    NodeProto.Builder proto = NodeProto.newBuilder()
        .setName(node.name())
        .setOpType(node.operator())
        .addAllInput(node.inputs())
        .addAllOutput(node.outputs());
    if (!node.kind().isStandard()) {
      proto.setDomain(node.kind().domain());
    }
    if (!node.doc().isEmpty()) {
      proto.setDocString(node.doc());
    }
    node.attributes().forEach((name, value) -> proto.addAttribute(attribute(name, value)));
    return proto.build();
  }

  private static AttributeProto attribute(String name, Attribute attribute) {
    AttributeProto.Builder proto = AttributeProto.newBuilder().setName(name);
    if (attribute instanceof Attribute.Whole whole) {
      proto.setType(AttributeProto.AttributeType.INT).setI(whole.value());
    } else if (attribute instanceof Attribute.Real real) {
      proto.setType(AttributeProto.AttributeType.FLOAT).setF(real.value());
    } else if (attribute instanceof Attribute.Text text) {
      proto
          .setType(AttributeProto.AttributeType.STRING)
          .setS(ByteString.copyFromUtf8(text.value()));
    } else if (attribute instanceof Attribute.Wholes wholes) {
      proto.setType(AttributeProto.AttributeType.INTS).addAllInts(wholes.values());
    } else if (attribute instanceof Attribute.Texts texts) {
      proto.setType(AttributeProto.AttributeType.STRINGS).addAllStrings(texts.values());
    }
    return proto.build();
  }

  private static TensorProto tensor(String name, TensorData data, Weights weights) {
    TensorProto.Builder tensor = TensorProto.newBuilder()
        .setName(name)
        .setDataType(ElementTypes.code(data.type()))
        .addAllDims(data.shape());
    if (!weights.refer(name, tensor)) {
      tensor.setRawData(UnsafeByteOperations.unsafeWrap(data.bytes()));
    }
    return tensor.build();
  }

  private static ValueInfoProto info(Port port) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    port.dimensions().forEach(dimension -> shape.addDim(dimension(dimension)));
    return ValueInfoProto.newBuilder()
        .setName(port.name())
        .setType(TypeProto.newBuilder()
            .setTensorType(TypeProto.Tensor.newBuilder()
                .setElemType(ElementTypes.code(port.type()))
                .setShape(shape)))
        .build();
  }

  private static TensorShapeProto.Dimension dimension(Port.Dimension dimension) {
    TensorShapeProto.Dimension.Builder proto = TensorShapeProto.Dimension.newBuilder();
    if (dimension instanceof Port.Fixed fixed) {
      proto.setDimValue(fixed.size());
    } else if (dimension instanceof Port.Open open) {
      proto.setDimParam(open.name());
    }
    return proto.build();
  }
}
