package lapidary.exporter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lapidary.runtime.Device;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;

/** Finds the first layer whose answer in ONNX Runtime is not the engine's. */
final class Divergence {
  private final GraphAssembly assembly;
  private final ParityCheck check;

  Divergence(GraphAssembly assembly, ParityCheck check) {
    this.assembly = assembly;
    this.check = check;
  }

  /**
   * Runs a batch once more with every value of the graph as an output, and traces the block on it.
   *
   * @param folder where a temporary file may be written
   * @return the layer and its difference; empty if no layer differs when it is run again
   */
  Optional<String> first(Batch batch, Path folder) throws IOException {
    Path file = Files.createTempFile(folder, ".divergence", ".onnx");
    try (NDManager manager = BlockEngine.manager(check.block())) {
      Map<String, Tensor> answers = everyValue(batch, file);
      Trace trace = Tape.record(
          check.block(), new BlockPaths(check.block()), batch.forNetwork(manager), manager);
      return assembly.probes().stream()
          .filter(probe -> answers.containsKey(probe.value()))
          .map(probe -> compared(probe, trace, answers))
          .flatMap(Optional::stream)
          .findFirst();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Map<String, Tensor> everyValue(Batch batch, Path file) throws IOException {
    OnnxGraph graph = assembly.graph();
    List<Port> ports = new ArrayList<>(graph.outputs());
    Map<String, Port> known = new LinkedHashMap<>();
    graph.outputs().forEach(port -> known.put(port.name(), port));
    graph.nodes().stream()
        .flatMap(node -> node.outputs().stream())
        .filter(value -> !known.containsKey(value) && graph.type(value).isFloating())
        .forEach(value -> ports.add(new Port(value, graph.type(value), List.of())));
    ModelFile.write(ProtoWriter.writeProbing(graph, ports), file);
    try (Model model = Model.open(file, Device.cpu(1))) {
      return model.run(batch.forFile());
    }
  }

  private Optional<String> compared(
      NetworkWriter.Probe probe, Trace trace, Map<String, Tensor> answers) {
    if (probe.node() >= trace.nodes().size()) {
      return Optional.empty();
    }
    Node node = trace.nodes().get(probe.node());
    NDArray array = node.results().get(probe.result()).array();
    Tensor answer = answers.get(probe.value());
    if (array == null || answer == null) {
      return Optional.empty();
    }
    Numbers given = Numbers.of(answer);
    Numbers wanted = Numbers.of(array);
    double relative =
        given.sameShape(wanted) ? given.from(wanted).relative() : Double.POSITIVE_INFINITY;
    return relative > check.tolerance()
        ? Optional.of(String.format(
            Locale.ROOT, "%s in %s, by %.1e", node.operator(), node.place(), relative))
        : Optional.empty();
  }
}
