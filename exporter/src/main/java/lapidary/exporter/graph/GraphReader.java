package lapidary.exporter.graph;

import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
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
import org.jspecify.annotations.Nullable;

/**
 * Reads ONNX files that Lapidary wrote into graphs: a graph that is written again has the bytes it was read from. Weights are looked
 * at where they are, in the message or in the file beside it, without a copy. Of values between the nodes no element types are known.
 * Stateless.
 */
public final class GraphReader {
  private GraphReader() {}

  /**
   * A graph with what belongs to it.
   *
   * @param graph to be changed
   * @param name the graph's
   * @param beside where those of its weights are that are not in the file
   */
  public record Read(OnnxGraph graph, String name, ProtoWriter.Weights beside) {
    /** The model without metadata, as it is now. */
    public ModelProto write() {
      return ProtoWriter.write(graph, name, beside);
    }
  }

  /**
   * Reads a file whose structure the runtime has checked before.
   *
   * @throws ExportException if there is something in it that Lapidary does not write
   */
  public static Read read(Path file) throws IOException {
    ModelProto model = ModelFile.read(file);
    GraphProto proto = model.getGraph();
    OnnxGraph graph = new OnnxGraph(version(model, ""));
    Map<String, TensorProto> beside = new HashMap<>();
    proto.getInputList().forEach(input -> graph.addInput(port(input)));
    for (TensorProto tensor : proto.getInitializerList()) {
      graph.keepInitializer(tensor.getName(), data(tensor, file));
      if (isBeside(tensor)) {
        beside.put(tensor.getName(), tensor);
      }
    }
    proto.getNodeList().forEach(node -> graph.keep(node(node, model)));
    proto.getOutputList().forEach(output -> graph.addOutput(port(output)));
    return new Read(graph, proto.getName(), (name, tensor) -> refer(beside.get(name), tensor));
  }

  private static int version(ModelProto model, String domain) {
    return (int) model.getOpsetImportList().stream()
        .filter(set -> set.getDomain().equals(domain))
        .mapToLong(OperatorSetIdProto::getVersion)
        .findFirst()
        .orElseThrow(() -> unknown("a model without the operators it is made of"));
  }

  private static ExportException unknown(String what) {
    return new ExportException(
        what + " cannot be read here; give a file that Lapidary exported itself");
  }

  private static boolean isBeside(TensorProto tensor) {
    return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }

  private static boolean refer(@Nullable TensorProto known, TensorProto.Builder tensor) {
    if (known == null) {
      return false;
    }
    tensor
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addAllExternalData(known.getExternalDataList());
    return true;
  }

  private static TensorData data(TensorProto tensor, Path file) throws IOException {
    DataType type = ElementTypes.djl(tensor.getDataType());
    if (isBeside(tensor)) {
      return new TensorData(type, tensor.getDimsList(), mapped(tensor, file));
    }
    TensorData data =
        new TensorData(type, tensor.getDimsList(), tensor.getRawData().asReadOnlyByteBuffer());
    if (data.size() != tensor.getDimsList().stream().reduce(1L, Math::multiplyExact)) {
      throw unknown("initializer " + tensor.getName() + ", which is not kept as plain bytes,");
    }
    return data;
  }

  private static ByteBuffer mapped(TensorProto tensor, Path file) throws IOException {
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    Path weights = file.toRealPath().resolveSibling(entries.getOrDefault("location", ""));
    try (FileChannel channel = FileChannel.open(weights, StandardOpenOption.READ)) {
      return channel.map(
          FileChannel.MapMode.READ_ONLY,
          Long.parseLong(entries.getOrDefault("offset", "0")),
          Long.parseLong(entries.getOrDefault("length", "0")));
    }
  }

  private static Port port(ValueInfoProto value) {
    TypeProto.Tensor tensor = value.getType().getTensorType();
    List<Port.Dimension> dimensions =
        tensor.getShape().getDimList().stream().map(GraphReader::dimension).toList();
    return new Port(value.getName(), ElementTypes.djl(tensor.getElemType()), dimensions);
  }

  private static Port.Dimension dimension(TensorShapeProto.Dimension dimension) {
    return switch (dimension.getValueCase()) {
      case DIM_VALUE -> new Port.Fixed(dimension.getDimValue());
      case DIM_PARAM -> new Port.Open(dimension.getDimParam());
      default -> new Port.Unknown();
    };
  }

  private static GraphNode node(NodeProto node, ModelProto model) {
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      attributes.put(attribute.getName(), attribute(node, attribute));
    }
    int version = node.getDomain().isEmpty() ? 0 : version(model, node.getDomain());
    return new GraphNode(
        node.getName(),
        new OperatorKind(node.getDomain(), node.getOpType(), version),
        node.getInputList(),
        node.getOutputList(),
        attributes,
        node.getDocString());
  }

  private static Attribute attribute(NodeProto node, AttributeProto attribute) {
    return switch (attribute.getType()) {
      case INT -> new Attribute.Whole(attribute.getI());
      case FLOAT -> new Attribute.Real(attribute.getF());
      case STRING -> new Attribute.Text(attribute.getS().toStringUtf8());
      case INTS -> new Attribute.Wholes(attribute.getIntsList());
      case STRINGS -> new Attribute.Texts(attribute.getStringsList());
      default -> throw unknown("attribute " + attribute.getName() + " of node " + node.getName());
    };
  }
}
