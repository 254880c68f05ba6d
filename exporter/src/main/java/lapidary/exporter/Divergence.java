package lapidary.exporter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lapidary.exporter.graph.ModelFileWriter;
import lapidary.exporter.graph.OnnxGraph;
import lapidary.exporter.graph.Port;
import lapidary.exporter.graph.ProtoWriter;
import lapidary.exporter.trace.NetworkWriter;
import lapidary.exporter.trace.Node;
import lapidary.exporter.trace.Trace;
import lapidary.models.Temporaries;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.jspecify.annotations.Nullable;

/** Finds the layer whose answer in ONNX Runtime is not the engine's. */
final class Divergence {
  private final GraphAssembly assembly;
  private final ParityCheck check;
  private final ProtoWriter.Weights weights;

  /** @param weights where those are that are not in the graph */
  Divergence(GraphAssembly assembly, ParityCheck check, ProtoWriter.Weights weights) {
    this.assembly = assembly;
    this.check = check;
    this.weights = weights;
  }

  /**
   * What one layer's answer is off by.
   *
   * @param layer operation and place
   * @param relative max |a − b| over max |b|
   */
  private record Layer(String layer, double relative) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s, by %.1e", layer, relative);
    }
  }

  /**
   * Runs a batch once more with every value of the graph as an output, traces the block on it, and says which layer is the first
   * to differ by more than the tolerance, or, if none is, which differs most.
   *
   * @param folder where a temporary file may be written
   */
  String describe(Batch batch, Path folder) throws IOException {
    List<Layer> layers = layers(batch, folder);
    return layers.stream()
        .filter(layer -> layer.relative() > check.tolerance())
        .findFirst()
        .map(first -> "first difference: " + first)
        .or(() -> layers.stream()
            .max(Comparator.comparingDouble(Layer::relative))
            .map(worst -> "no layer alone differs by as much, the largest difference: " + worst))
        .orElse("no layer could be compared");
  }

  private List<Layer> layers(Batch batch, Path folder) throws IOException {
    Path file = Temporaries.beside(folder.resolve("divergence.onnx"), Temporaries.NEW);
    try (NDManager manager = BlockEngine.manager(check.block())) {
      Map<String, Tensor> answers = everyValue(batch, file);
      Trace trace = assembly.tracer().trace(batch.forNetwork(manager), manager);
      return assembly.probes().stream()
          .filter(probe -> probe.node() < trace.nodes().size())
          .map(probe -> compared(probe, trace, answers.get(probe.value())))
          .flatMap(Optional::stream)
          .toList();
    } finally {
      Temporaries.delete(file);
    }
  }

  private Map<String, Tensor> everyValue(Batch batch, Path file) throws IOException {
    OnnxGraph graph = assembly.graph();
    List<Port> ports = graph.outputsWith(graph.nodes().stream()
        .flatMap(node -> node.outputs().stream())
        .filter(value -> graph.type(value).isFloating())
        .toList());
    ModelFileWriter writer = new ModelFileWriter(file);
    writer.write(ProtoWriter.writeProbing(graph, ports, weights));
    // Written here a moment ago, of a graph that was opened before.
    ModelOptions options = ModelOptions.of(Device.cpu(1));
    try (Model model = Model.open(file, options, Set.of(writer.sha256()))) {
      return model.run(batch.forFile());
    }
  }

  private static Optional<Layer> compared(
      NetworkWriter.Probe probe, Trace trace, @Nullable Tensor answer) {
    Node node = trace.nodes().get(probe.node());
    NDArray array = node.results().get(probe.result()).array();
    if (array == null || answer == null) {
      return Optional.empty();
    }
    Numbers given = Numbers.of(answer);
    Numbers wanted = Numbers.of(array);
    double relative =
        given.sameShape(wanted) ? given.from(wanted).relative() : Double.POSITIVE_INFINITY;
    return Optional.of(new Layer(node.operator() + " in " + node.place(), relative));
  }
}
