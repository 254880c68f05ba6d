package lapidary.exporter.strangers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import lapidary.exporter.ExportOptions;
import lapidary.exporter.Fixtures;
import lapidary.exporter.OnnxExporter;
import lapidary.exporter.ParityRows;
import lapidary.models.Output;
import lapidary.models.TensorInput;

/**
 * A network of a paper, and what it takes.
 *
 * @param outputs how many
 * @param open the sizes beside the batch that its file leaves open
 */
public record Stranger(
    String name, Supplier<Block> network, int outputs, List<TensorInput> inputs, Sizes open) {
  /** Rounding of sums of a few hundred numbers of single precision. */
  public static final double ROUNDING = 1e-5;

  /**
   * The open dimensions of the inputs that have several: from the first to the last, and two sizes of all of them.
   *
   * @param from the first, counted from the batch
   * @param to the last
   */
  record Sizes(int from, int to, int small, int large) {
    static final Sizes NONE = new Sizes(1, 0, 0, 0);
  }

  public Stranger {
    inputs = List.copyOf(inputs);
  }

  /** The network with weights of a seed, and with statistics that are not 0 and 1. */
  public Block initialized(NDManager manager) {
    manager.getEngine().setRandomSeed(3);
    Block block = network.get();
    Shape[] shapes =
        inputs.stream().map(input -> new Shape(1).addAll(row(input))).toArray(Shape[]::new);
    block.initialize(manager, DataType.FLOAT32, shapes);
    block.getParameters().forEach(pair -> unsettle(pair.getValue(), manager));
    return block;
  }

  private static void unsettle(Parameter parameter, NDManager manager) {
    Parameter.Type type = parameter.getType();
    NDArray array = parameter.getArray();
    if (type == Parameter.Type.RUNNING_VAR || type == Parameter.Type.GAMMA) {
      array.set(manager.randomUniform(.5f, 1.5f, array.getShape()).toFloatArray());
    } else if (type == Parameter.Type.RUNNING_MEAN || type == Parameter.Type.BETA) {
      array.set(manager.randomUniform(-.3f, .3f, array.getShape()).toFloatArray());
    }
  }

  private static Shape row(TensorInput input) {
    return new Shape(input.shape());
  }

  /** Exports the network with its open sizes. */
  public void export(Block block, Path file) {
    List<Output> named =
        IntStream.range(0, outputs).mapToObj(i -> Output.of("y" + i, i)).toList();
    OnnxExporter.export(
        block,
        Fixtures.description(List.copyOf(inputs), named),
        file,
        options(),
        ParityRows.random(9));
  }

  private ExportOptions options() {
    ExportOptions options = ExportOptions.defaults().withTolerance(ROUNDING);
    for (int dimension = open.from(); dimension <= open.to(); dimension++) {
      for (TensorInput input : inputs) {
        if (hasSize(input)) {
          options = options.withOpenAxis("size" + dimension, input.name(), dimension);
        }
      }
    }
    return options;
  }

  /** Its inputs as the signature has them and, where a size is open, in two others. */
  public List<List<TensorInput>> sizes() {
    return open.small() == 0
        ? List.of(inputs)
        : List.of(inputs, sized(open.small()), sized(open.large()));
  }

  private List<TensorInput> sized(long size) {
    return inputs.stream()
        .map(input -> hasSize(input) ? sized(input, size) : input)
        .toList();
  }

  private TensorInput sized(TensorInput input, long size) {
    List<Long> shape = new ArrayList<>(input.shape());
    for (int dimension = open.from(); dimension <= open.to(); dimension++) {
      // Height and width differ.
      shape.set(dimension - 1, size + 4L * (dimension - open.from()));
    }
    return new TensorInput(input.name(), input.type(), shape);
  }

  /** Whether it has the size that is open: 6 positions, or 32 by 32 pixels. */
  private boolean hasSize(TensorInput input) {
    return input.shape().size() >= open.to() && input.shape().get(open.to() - 1) >= 6;
  }

  /** Below which its whole numbers lie: 0 and 1 for a mask, small ids elsewhere. */
  public static int bound(TensorInput input) {
    return input.name().equals("mask") ? 2 : 30;
  }
}
