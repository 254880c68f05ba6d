package lapidary.exporter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.util.Pair;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import lapidary.models.Architecture;
import lapidary.models.DataSource;
import lapidary.models.ElementType;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.Normalization;
import lapidary.models.Output;
import lapidary.models.Provenance;
import lapidary.models.Signature;
import lapidary.models.Task;
import lapidary.models.TensorInput;

/** Descriptions and initialized blocks for tests. */
public final class Fixtures {
  private Fixtures() {}

  public static ModelDescription description(List<Input> inputs, List<Output> outputs) {
    return new ModelDescription(
        new Architecture.Custom("fixture"),
        Task.CLASSIFICATION,
        Labels.NONE,
        new Signature(inputs, outputs),
        Provenance.of(
            new DataSource("none", "0".repeat(64), "unknown"),
            7,
            Map.of("lr", "0.1"),
            Map.of("djl", "0.35.1"),
            "1".repeat(64)),
        ModelDescription.Evidence.NONE);
  }

  public static TensorInput floats(String name, long... shape) {
    return new TensorInput(
        name, ElementType.FLOAT32, Arrays.stream(shape).boxed().toList());
  }

  public static TensorInput ids(String name, long... shape) {
    return new TensorInput(name, ElementType.INT64, Arrays.stream(shape).boxed().toList());
  }

  static ImageInput greyFlat(int height, int width) {
    return ImageInput.flatGrey(height, width, Normalization.unit());
  }

  static ImageInput rgb(int height, int width) {
    return new ImageInput(
        ImageInput.PIXELS,
        new ImageInput.Size(height, width, 3),
        ImageInput.ResizeRule.STRETCH,
        new Normalization(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f)),
        ImageInput.Layout.NCHW);
  }

  /** A linear layer [N, 10] → [N, 3], then the user's own lambda, two levels deep. */
  static SequentialBlock nested(UnaryOperator<NDArray> lambda, NDManager manager) {
    SequentialBlock block = new SequentialBlock()
        .add(Linear.builder().setUnits(3).build())
        .add(new SequentialBlock()
            .add(LambdaBlock.singleton(x -> x.add(1)))
            .add(LambdaBlock.singleton(lambda)));
    return initialized(block, manager, new Shape(1, 10));
  }

  /** Initializes a block from a seed, with batch statistics that are not 0 and 1. */
  public static <B extends Block> B initialized(B block, NDManager manager, Shape... inputs) {
    manager.getEngine().setRandomSeed(11);
    block.initialize(manager, DataType.FLOAT32, inputs);
    for (Pair<String, Parameter> pair : block.getParameters()) {
      unsettle(pair.getValue(), manager);
    }
    return block;
  }

  private static void unsettle(Parameter parameter, NDManager manager) {
    Shape shape = parameter.getArray().getShape();
    switch (parameter.getType()) {
      case RUNNING_VAR, GAMMA ->
        parameter.getArray().set(manager.randomUniform(0.5f, 1.5f, shape).toFloatArray());
      case RUNNING_MEAN, BETA, BIAS ->
        parameter
            .getArray()
            .set(manager.randomNormal(0, 0.2f, shape, DataType.FLOAT32).toFloatArray());
      default -> {}
    }
  }
}
