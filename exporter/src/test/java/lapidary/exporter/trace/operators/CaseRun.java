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
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
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
  /**
   * What is run.
   *
   * @param batch the only one, for blocks that do not run at every one
   * @param path that the paths of its nodes begin with
   */
  private record Subject(
      String key, Block block, List<TensorInput> inputs, OptionalLong batch, String path) {
    ExportOptions options(double tolerance) {
      ExportOptions open = ExportOptions.defaults().withTolerance(tolerance);
      return batch.isPresent() ? open.withBatch(batch.getAsLong()) : open;
    }

    Subject atBatch(long size) {
      return new Subject(key, block, inputs, OptionalLong.of(size), path);
    }
  }

  private static final double TOLERANCE = 5e-6;
  private static final int[] OPSETS = {17, 21};
  /** Moved the axes of reductions into an input. */
  private static final int BETWEEN = 18;

  private final NDManager manager;
  private final Path folder;
  private final Consumer<Exported> files;

  CaseRun(NDManager manager, Path folder, Consumer<Exported> files) {
    this.manager = manager;
    this.folder = folder;
    this.files = files;
  }

  /** Runs a block. */
  Outcome of(String key, BlockCases.BlockCase example) {
    return of(new Subject(key, example.block(), example.inputs(), example.batch(), ""));
  }

  /** Runs a function with numbers of single precision. */
  Outcome alone(String key, Case example) {
    return of(subject(key, example));
  }

  /** Runs a function, with numbers of single precision and of other types. */
  Outcome of(String key, Case example) {
    Outcome outcome = alone(key, example);
    return outcome instanceof Outcome.Covered covered
        ? covered.alsoOf(types(key, example))
        : outcome;
  }

  /** Three blocks, of which the second is the function alone. */
  private static Subject subject(String key, Case example) {
    SequentialBlock block = new SequentialBlock()
        .add(new LambdaBlock(list -> example.before().apply(list.head())))
        .add(new LambdaBlock(example.operation()))
        .add(new LambdaBlock(CaseRun::shown));
    return new Subject(key, block, List.of(example.input()), OptionalLong.empty(), "02");
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

  private Outcome of(Subject subject) {
    int outputs;
    try {
      outputs = outputs(subject).size();
    } catch (UnsupportedOperationException e) {
      return new Outcome.NotInEngine(String.valueOf(e.getMessage()));
    }
    TreeSet<String> operators = new TreeSet<>();
    double worst = 0;
    try {
      for (int opset : OPSETS) {
        worst = Math.max(worst, run(subject, outputs, opset, operators));
      }
      if (operators.stream().anyMatch(operator -> operator.startsWith("Reduce"))) {
        worst = Math.max(worst, run(subject, outputs, BETWEEN, operators));
      }
    } catch (ExportException e) {
      return new Outcome.Refused(e.getMessage());
    }
    return new Outcome.Covered(operators, List.of(), worst, subject.batch());
  }

  private double run(Subject subject, int outputs, int opset, Set<String> operators) {
    ExportOptions options = subject.options(TOLERANCE).withOpset(opset);
    ExportReport report = export(subject, outputs, options, "opset " + opset);
    operators.addAll(operators(report.file(), subject.path()));
    return report.parity().outputs().stream()
        .mapToDouble(Parity.Difference::relative)
        .max()
        .orElseThrow();
  }

  private ExportReport export(Subject subject, int outputs, ExportOptions options, String variant) {
    List<Output> named =
        IntStream.range(0, outputs).mapToObj(i -> Output.of("y" + i, i)).toList();
    ExportReport report = OnnxExporter.export(
        subject.block(),
        Fixtures.description(List.copyOf(subject.inputs()), named),
        folder.resolve("case.onnx"),
        options,
        ParityRows.random(3));
    files.accept(new Exported(
        subject.key(),
        variant,
        subject.block(),
        List.of(subject.inputs()),
        subject.batch(),
        report.file(),
        options.tolerance()));
    return report;
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

  /** The types that a function runs in beside single precision. */
  private List<CaseType> types(String key, Case example) {
    return Arrays.stream(CaseType.values())
        .filter(type -> runs(key, example, type))
        .toList();
  }

  private boolean runs(String key, Case example, CaseType type) {
    return switch (given(example, type)) {
      case THIS -> true;
      case NONE -> false;
      case ANOTHER -> runs(subject(key, type.of(example)).atBatch(CaseType.BATCH), type);
    };
  }

  private boolean runs(Subject subject, CaseType type) {
    List<DataType> outputs = outputsIfAny(subject);
    if (outputs.isEmpty()) {
      return false;
    }
    ExportOptions options = subject.options(type.tolerance(outputs)).withOpset(CaseType.OPSET);
    try {
      export(subject, outputs.size(), options, type.toString());
      return true;
    } catch (ExportException e) {
      return false;
    }
  }

  /** None if the engine does not run it. */
  private List<DataType> outputsIfAny(Subject subject) {
    try {
      return outputs(subject);
    } catch (RuntimeException e) {
      return List.of();
    }
  }

  private CaseType.Given given(Case example, CaseType type) {
    try (NDManager scope = manager.newSubManager()) {
      return type.given(example.before().apply(ones(example.input(), scope)));
    }
  }

  /** The types of its outputs. */
  private List<DataType> outputs(Subject subject) {
    try (NDManager scope = manager.newSubManager()) {
      NDList arrays = new NDList();
      subject.inputs().forEach(input -> arrays.add(ones(input, scope)));
      NDList answers = subject.block().forward(new ParameterStore(scope, false), arrays, false);
      return answers.stream().map(NDArray::getDataType).toList();
    }
  }

  private static NDArray ones(TensorInput input, NDManager manager) {
    Shape shape = new Shape(2).addAll(new Shape(input.shape()));
    return manager.ones(shape, ElementTypes.djl(input.name(), input.type()));
  }
}
