package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lapidary.exporter.ExportOptions;
import lapidary.exporter.ExportReport;
import lapidary.exporter.Fixtures;
import lapidary.exporter.OnnxExporter;
import lapidary.exporter.ParityRows;
import lapidary.exporter.graph.ElementTypes;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.onnx.Onnx.ModelProto;
import lapidary.exporter.onnx.Onnx.NodeProto;
import lapidary.models.Output;
import lapidary.models.Parity;
import lapidary.models.TensorInput;

/** Runs blocks in DJL and their exported files in ONNX Runtime. */
final class CaseRun {
  private static final double TOLERANCE = 5e-6;
  private static final int[] OPSETS = {17, 21};
  /** Moved the axes of reductions into an input. */
  private static final int BETWEEN = 18;

  private final NDManager manager;
  private final Path folder;

  CaseRun(NDManager manager, Path folder) {
    this.manager = manager;
    this.folder = folder;
  }

  /** Runs one case as three blocks, of which the second is the function alone. */
  Outcome of(Case example) {
    SequentialBlock block = new SequentialBlock()
        .add(new LambdaBlock(list -> example.before().apply(list.head())))
        .add(new LambdaBlock(example.operation()))
        .add(new LambdaBlock(CaseRun::shown));
    return of(block, List.of(example.input()), OptionalLong.empty(), "02");
  }

  /** Outputs of a file have rows, and numbers that are not complex. */
  private static NDList shown(NDList answers) {
    NDList shown = new NDList();
    for (NDArray answer : answers) {
      NDArray real = answer.getDataType() == DataType.COMPLEX64 ? answer.real() : answer;
      shown.add(real.getShape().dimension() == 0 ? real.reshape(1, 1) : real);
    }
    return shown;
  }

  /** Runs one block; the operators are those below the path that begins so. */
  Outcome of(Block block, List<TensorInput> inputs, OptionalLong batch, String path) {
    int outputs;
    try {
      outputs = outputs(block, inputs);
    } catch (UnsupportedOperationException e) {
      return new Outcome.NotInEngine(String.valueOf(e.getMessage()));
    }
    ExportOptions open = ExportOptions.defaults().withTolerance(TOLERANCE);
    ExportOptions options = batch.isPresent() ? open.withBatch(batch.getAsLong()) : open;
    TreeSet<String> operators = new TreeSet<>();
    double worst = 0;
    try {
      for (int opset : OPSETS) {
        worst =
            Math.max(worst, run(block, inputs, outputs, options.withOpset(opset), path, operators));
      }
      if (operators.stream().anyMatch(operator -> operator.startsWith("Reduce"))) {
        worst = Math.max(
            worst, run(block, inputs, outputs, options.withOpset(BETWEEN), path, operators));
      }
    } catch (ExportException e) {
      return new Outcome.Refused(e.getMessage());
    }
    return new Outcome.Covered(operators, worst, batch);
  }

  private double run(
      Block block,
      List<TensorInput> inputs,
      int outputs,
      ExportOptions options,
      String path,
      Set<String> operators) {
    List<Output> named =
        IntStream.range(0, outputs).mapToObj(i -> Output.of("y" + i, i)).toList();
    Path file = folder.resolve("case.onnx");
    ExportReport report = OnnxExporter.export(
        block,
        Fixtures.description(List.copyOf(inputs), named),
        file,
        options,
        ParityRows.random(3));
    operators.addAll(operators(file, path));
    return report.parity().outputs().stream()
        .mapToDouble(Parity.Difference::relative)
        .max()
        .orElseThrow();
  }

  private static List<String> operators(Path file, String path) {
    try {
      return ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getNodeList().stream()
          .filter(node -> node.getName().startsWith(path))
          .map(NodeProto::getOpType)
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new IllegalStateException("an exported file can be read", e);
    }
  }

  private int outputs(Block block, List<TensorInput> inputs) {
    try (NDManager scope = manager.newSubManager()) {
      NDList arrays = new NDList();
      for (TensorInput input : inputs) {
        Shape row = new Shape(input.shape().stream().mapToLong(Long::longValue).toArray());
        arrays.add(
            scope.ones(new Shape(2).addAll(row), ElementTypes.djl(input.name(), input.type())));
      }
      return new ArrayList<>(block.forward(new ParameterStore(scope, false), arrays, false)).size();
    }
  }
}
