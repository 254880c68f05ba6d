package lapidary.runtime.operators;

import static lapidary.runtime.operators.RefusedGraph.require;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lapidary.runtime.check.OnnxFields;

/** Reads the graph of a file whose structure has been checked. Field numbers from onnx.proto. Not thread-safe. */
final class GraphReader {
  /** Nodes of a graph: those of the largest networks have some ten thousand. */
  private static final int MOST_NODES = 200_000;

  /** Ports of all nodes together. */
  private static final int MOST_PORTS = 2_000_000;

  /** Bytes of a name. */
  private static final int MOST_NAME = 4096;

  /** Versions of the format that ONNX Runtime 1.29 knows and that have what the list speaks of. */
  private static final long OLDEST_IR = 3;

  private static final long NEWEST_IR = 13;

  private final Map<String, Integer> opsets = new HashMap<>();
  private final List<GraphNode> nodes = new ArrayList<>();
  private final Map<String, Known> weights = new HashMap<>();
  private final Map<String, Known> inputs = new LinkedHashMap<>();
  private final Map<String, Known> declared = new HashMap<>();
  private final List<String> outputs = new ArrayList<>();
  private long ir;
  private int ports;

  private GraphReader() {}

  static OnnxGraph read(OnnxFields model) throws IOException, RefusedGraph {
    GraphReader reader = new GraphReader();
    while (model.next()) {
      reader.model(model);
    }
    require(
        reader.ir >= OLDEST_IR && reader.ir <= NEWEST_IR,
        "the file is of IR version %s, not of %s to %s",
        reader.ir,
        OLDEST_IR,
        NEWEST_IR);
    return new OnnxGraph(
        reader.opsets,
        reader.nodes,
        reader.weights,
        reader.inputs,
        reader.declared,
        reader.outputs);
  }

  static String name(OnnxFields fields) throws IOException, RefusedGraph {
    require(fields.length() <= MOST_NAME, "a name has %s bytes", fields.length());
    return fields.text();
  }

  private void model(OnnxFields model) throws IOException, RefusedGraph {
    if (model.isNumber(1)) {
      ir = model.number();
    } else if (model.isPart(7)) {
      for (OnnxFields graph = model.part(); graph.next(); ) {
        graph(graph);
      }
    } else if (model.isPart(8)) {
      opset(model.part());
    }
    require(!model.isPart(20), "the file has a training graph");
    require(!model.isPart(25), "the file has functions");
  }

  private void opset(OnnxFields fields) throws IOException, RefusedGraph {
    String domain = "";
    long version = 0;
    while (fields.next()) {
      domain = fields.isPart(1) ? name(fields) : domain;
      version = fields.isNumber(2) ? fields.number() : version;
    }
    String known = domain.equals("ai.onnx") ? "" : domain;
    require(
        opsets.put(known, (int) version) == null, "operator set \"%s\" is imported twice", known);
  }

  private void graph(OnnxFields graph) throws IOException, RefusedGraph {
    if (graph.isPart(1)) {
      require(nodes.size() < MOST_NODES, "the graph has more than %s nodes", MOST_NODES);
      nodes.add(node(graph.part()));
    } else if (graph.isPart(5)) {
      WeightReader.Weight weight = WeightReader.read(graph.part());
      require(
          weights.put(weight.name(), weight.known()) == null,
          "there are two tensors \"%s\"",
          weight.name());
    } else if (graph.isPart(11)) {
      PortReader.Port input = PortReader.read(graph.part());
      require(
          inputs.put(input.name(), input.known()) == null,
          "there are two inputs \"%s\"",
          input.name());
    } else if (graph.isPart(12)) {
      outputs.add(PortReader.read(graph.part()).name());
    } else if (graph.isPart(13)) {
      PortReader.Port value = PortReader.read(graph.part());
      require(++ports < MOST_PORTS, "the graph has more than %s values", MOST_PORTS);
      require(
          declared.put(value.name(), value.known()) == null,
          "value \"%s\" is described twice",
          value.name());
    }
    require(!graph.isPart(15), "the graph has a sparse tensor");
  }

  private GraphNode node(OnnxFields fields) throws IOException, RefusedGraph {
    String name = "";
    String domain = "";
    String operator = "";
    List<String> in = new ArrayList<>();
    List<String> out = new ArrayList<>();
    Map<String, NodeAttribute> attributes = new HashMap<>();
    while (fields.next()) {
      name = fields.isPart(3) ? name(fields) : name;
      operator = fields.isPart(4) ? name(fields) : operator;
      domain = fields.isPart(7) ? name(fields) : domain;
      require(!fields.isPart(8) || fields.length() == 0, "a node has an overload");
      if (fields.isPart(1)) {
        in.add(port(fields));
      } else if (fields.isPart(2)) {
        out.add(port(fields));
      } else if (fields.isPart(5)) {
        AttributeReader.Attribute read = AttributeReader.read(fields.part());
        require(
            attributes.put(read.name(), read.value()) == null,
            "node \"%s\" has two attributes \"%s\"",
            name,
            read.name());
      }
    }
    String known = domain.equals("ai.onnx") ? "" : domain;
    return new GraphNode(name, known, operator, in, out, attributes);
  }

  private String port(OnnxFields fields) throws IOException, RefusedGraph {
    require(++ports < MOST_PORTS, "the nodes have more than %s inputs and outputs", MOST_PORTS);
    return name(fields);
  }
}
