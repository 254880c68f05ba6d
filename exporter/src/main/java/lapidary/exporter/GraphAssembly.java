package lapidary.exporter;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lapidary.exporter.graph.Attribute;
import lapidary.exporter.graph.Axes;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.graph.GraphNode;
import lapidary.exporter.graph.HalfPrecision;
import lapidary.exporter.graph.OnnxGraph;
import lapidary.exporter.graph.Port;
import lapidary.exporter.trace.Expectation;
import lapidary.exporter.trace.NetworkWriter;
import lapidary.exporter.trace.OwnRowsFirst;
import lapidary.exporter.trace.Trace;
import lapidary.exporter.trace.Tracer;
import lapidary.exporter.trace.Value;
import lapidary.exporter.trace.operators.OperatorTable;
import lapidary.models.Output;
import lapidary.models.Signature;
import lapidary.models.TensorInput;

/**
 * A whole graph: preprocessing, network, postprocessing.
 *
 * @param graph ready to be written
 * @param probes where results of a trace are found in it
 * @param tracer what the network was traced with
 * @param traced what it was traced on
 * @param expectation what its traces say of other sizes
 * @param operators the rows that were traced with
 * @param large nodes that are left in 32 bits for the size of their numbers, each with the largest seen
 */
record GraphAssembly(
    OnnxGraph graph,
    List<NetworkWriter.Probe> probes,
    Tracer tracer,
    TracedRows traced,
    Expectation expectation,
    OwnRowsFirst operators,
    SortedMap<String, Double> large) {
  /** Rows that numbers are looked at on where the batch is open. */
  private static final long FEW = 8;

  GraphAssembly {
    probes = List.copyOf(probes);
    large = Collections.unmodifiableSortedMap(new TreeMap<>(large));
  }

  /**
   * Traces a block and puts the graph of a model with this signature together.
   *
   * @param rows what it is traced on
   */
  static GraphAssembly of(Block block, Signature signature, ExportOptions options, RowSource rows) {
    OpenAxes open = options.axes();
    try (NDManager manager = BlockEngine.manager(block)) {
      OwnRowsFirst operators = options.operators().before(new OperatorTable());
      Tracer tracer = new Tracer(
          block,
          operators,
          options.opset(),
          // Pixels, ids and the cells of columns are numbers whatever comes in.
          place -> signature.inputs().get(place) instanceof TensorInput);
      TracedRows traced = TracedRows.of(tracer, signature, open, rows, manager);
      Axes axes = open.axes(traced.signature());
      List<NDList> passes = open.traced().stream()
          .map(sizes -> traced.batch(open, sizes).forNetwork(manager))
          .toList();
      List<Trace> traces = new ArrayList<>();
      passes.forEach(inputs -> traces.add(tracer.outline(inputs, manager)));
      for (OpenAxes.Sizes sizes : open.odd()) {
        Batch odd = traced.batch(open, sizes);
        Optional<Trace> trace = TracedRows.outline(tracer, odd, manager, hindrance -> {});
        if (trace.isPresent()) {
          traces.add(trace.get());
          axes = axes.withFurther(open.sizesOf(odd));
        }
      }
      Optional<Trace> numbers = options.precision() == Precision.FP16
          ? Optional.of(numbers(tracer, traced, open, manager))
          : Optional.empty();
      try {
        return new Assembling(signature, options, traces, axes, numbers)
            .assemble(tracer, traced, operators);
      } catch (ExportException e) {
        // What differs between sizes may differ between any two passes, and then no size is to
        // blame.
        Steadiness.require(tracer.traceTwice(passes.get(0), manager), e);
        throw e;
      }
    }
  }

  /** A trace with the numbers that the network has on a few rows. */
  private static Trace numbers(Tracer tracer, TracedRows traced, OpenAxes open, NDManager manager) {
    int rows = Math.toIntExact(open.fixedBatch().orElse(FEW));
    return tracer.trace(traced.batch(0, rows).forNetwork(manager), manager);
  }

  /** The steps of putting a graph together. */
  private static final class Assembling {
    private final Signature signature;
    private final ExportOptions options;
    private final List<Trace> traces;
    private final Axes axes;
    private final OnnxGraph graph;
    private final Optional<Trace> numbers;
    private final Map<String, String> renamed = new HashMap<>();
    private SortedMap<String, Double> large = new TreeMap<>();

    Assembling(
        Signature signature,
        ExportOptions options,
        List<Trace> traces,
        Axes axes,
        Optional<Trace> numbers) {
      this.numbers = numbers;
      this.signature = signature;
      this.options = options;
      this.traces = traces;
      this.axes = axes;
      this.graph = new OnnxGraph(options.opset());
    }

    GraphAssembly assemble(Tracer tracer, TracedRows traced, OwnRowsFirst operators) {
      requireSources();
      signature.inputs().forEach(input -> graph.reserve(input.tensor()));
      signature.outputs().forEach(output -> graph.reserve(output.name()));
      List<String> inputs = new Preprocessing(graph, options.axes()).write(signature.inputs());
      int network = graph.nodes().size();
      NetworkWriter writer = new NetworkWriter(graph, inputs, traces, axes);
      List<String> outputs = writer.write();
      if (numbers.isPresent()) {
        large = LargeValues.of(graph, writer.probes(), numbers.get());
        outputs = HalfPrecision.apply(graph, network, outputs, large.keySet());
        graph.sayOfOthers("to or from the 16 bits of the weights");
      }
      for (Output output : signature.outputs()) {
        addOutput(output, outputs.get(output.source()));
      }
      graph.rename(renamed);
      graph.prune();
      return new GraphAssembly(
          graph,
          writer.probes().stream().map(this::renamed).toList(),
          tracer,
          traced,
          new Expectation(traces, axes),
          operators,
          large);
    }

    private NetworkWriter.Probe renamed(NetworkWriter.Probe probe) {
      String value = renamed.getOrDefault(probe.value(), probe.value());
      return new NetworkWriter.Probe(value, probe.node(), probe.result());
    }

    private void requireSources() {
      int given = traces.get(0).outputs().size();
      for (Output output : signature.outputs()) {
        if (output.transform() == Output.Transform.PROJECTION) {
          throw new ExportException(
              "output " + output.name() + " is a projection, which is fitted to"
                  + " an exported file's answers; export without it and add it with EmbeddingBake");
        }
        if (output.source() >= given) {
          throw new ExportException("output " + output.name() + " is made of block output "
              + output.source() + ", but the block has only " + given
              + "; correct the signature's sources, which count from 0");
        }
      }
    }

    private void addOutput(Output output, String value) {
      boolean softmax = output.transform() == Output.Transform.SOFTMAX;
      graph.saying("output " + output.name() + ": block output " + output.source()
          + (softmax ? ", softmax" : ""));
      if (softmax && traces.get(0).outputs().get(output.source()).shape().dimension() == 0) {
        throw new ExportException("output " + output.name() + " is a softmax of a single number;"
            + " return an array of scores, such as [rows, classes]");
      }
      if (softmax) {
        end("Softmax", Attribute.only("axis", -1), value, output.name());
      } else if (graph.isComputed(value) && !renamed.containsKey(value)) {
        renamed.put(value, output.name());
      } else {
        end("Identity", Attribute.NONE, value, output.name());
      }
      Value source = traces.get(0).outputs().get(output.source());
      graph.addOutput(new Port(output.name(), source.type(), dimensions(output.source())));
    }

    private void end(
        String operator, SortedMap<String, Attribute> attributes, String value, String output) {
      DataType type = graph.type(value);
      graph.add(
          new GraphNode(
              graph.unique(output + "/" + operator),
              operator,
              List.of(value),
              List.of(output),
              attributes),
          List.of(type));
    }

    private List<Port.Dimension> dimensions(int output) {
      List<Shape> shapes =
          traces.stream().map(trace -> trace.outputs().get(output).shape()).toList();
      return IntStream.range(0, shapes.get(0).dimension())
          .mapToObj(
              i -> dimension(shapes.stream().mapToLong(shape -> shape.get(i)).toArray()))
          .toList();
    }

    private Port.Dimension dimension(long[] sizes) {
      if (Arrays.stream(sizes).distinct().count() == 1) {
        return new Port.Fixed(sizes[0]);
      }
      return axes.named(sizes).<Port.Dimension>map(Port.Open::new).orElseGet(Port.Unknown::new);
    }
  }
}
