package lapidary.exporter.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import lapidary.exporter.ExportOptions;
import lapidary.exporter.Fixtures;
import lapidary.exporter.OnnxExporter;
import lapidary.exporter.ParityRows;
import lapidary.models.ElementType;
import lapidary.models.Input;
import lapidary.models.Output;
import lapidary.models.TensorInput;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten networks of papers, at batch 1, 3 and 8 and, where a size is open, at two of it beside the signature's. */
class StrangersTest {
  private static final double ROUNDING = 1e-5;
  private static final int[] BATCHES = {1, 3, 8};

  @TempDir
  private Path folder;

  private final Random random = new Random(5);
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    manager.getEngine().setRandomSeed(3);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static TensorInput floats(String name, long... shape) {
    return Fixtures.floats(name, shape);
  }

  private static TensorInput ids(String name, long... shape) {
    return new TensorInput(name, ElementType.INT64, Arrays.stream(shape).boxed().toList());
  }

  @Test
  void visionTransformerWithAClassToken() {
    agrees(new VisionTransformer(2, 10), 1, List.of(floats("x", 3, 32, 32)), Sizes.NONE);
  }

  @Test
  void uNetOfAnyHeightAndWidth() {
    agrees(new UNet(), 1, List.of(floats("x", 3, 32, 32)), new Sizes(2, 3, 48, 20));
  }

  @Test
  void squeezeAndExcitationResNet() {
    agrees(new SqueezeResNet(), 1, List.of(floats("x", 3, 32, 32)), new Sizes(2, 3, 40, 57));
  }

  @Test
  void mobileNet() {
    agrees(new MobileNet(), 1, List.of(floats("x", 3, 32, 32)), new Sizes(2, 3, 64, 45));
  }

  @Test
  void denseNet() {
    agrees(new DenseNet(), 1, List.of(floats("x", 3, 32, 32)), new Sizes(2, 3, 24, 50));
  }

  @Test
  void taggerOfAnyLength() {
    agrees(new Tagger(), 1, List.of(ids("words", 6)), new Sizes(1, 1, 1, 17));
  }

  @Test
  void classifierOfAnyLength() {
    agrees(new Classifier(), 1, List.of(floats("x", 6, 5)), new Sizes(1, 1, 2, 13));
  }

  @Test
  void encoderWithAMask() {
    agrees(
        new MaskedEncoder(),
        2,
        List.of(floats("x", 6, 16), ids("mask", 6)),
        new Sizes(1, 1, 3, 11));
  }

  @Test
  void twoTowers() {
    agrees(
        new TwoTowers(),
        3,
        List.of(ids("history", 6), floats("numbers", 3), ids("item")),
        new Sizes(1, 1, 2, 9));
  }

  @Test
  void mixtureOfExperts() {
    agrees(new Experts(), 2, List.of(floats("x", 10)), Sizes.NONE);
  }

  /**
   * The open dimensions of the inputs that have several: from the first to the last, and two sizes of all of them.
   *
   * @param from the first, counted from the batch
   * @param to the last
   */
  private record Sizes(int from, int to, int small, int large) {
    static final Sizes NONE = new Sizes(1, 0, 0, 0);
  }

  private void agrees(Block block, int outputs, List<Input> inputs, Sizes open) {
    block.initialize(manager, DataType.FLOAT32, shapes(inputs, 1));
    unsettle(block);
    Path file = folder.resolve("network.onnx");
    OnnxExporter.export(
        block,
        Fixtures.description(
            inputs,
            IntStream.range(0, outputs).mapToObj(i -> Output.of("y" + i, i)).toList()),
        file,
        options(inputs, open),
        ParityRows.random(9));
    try (Model model = Model.open(file, Device.cpu(1))) {
      for (int batch : BATCHES) {
        assertAgrees(block, model, inputs, batch);
        if (open.small() > 0) {
          assertAgrees(block, model, sized(inputs, open, open.small()), batch);
          assertAgrees(block, model, sized(inputs, open, open.large()), batch);
        }
      }
    }
  }

  private static ExportOptions options(List<Input> inputs, Sizes open) {
    ExportOptions options = ExportOptions.defaults().withTolerance(ROUNDING);
    for (int dimension = open.from(); dimension <= open.to(); dimension++) {
      for (Input input : inputs) {
        if (hasSize((TensorInput) input, open)) {
          options = options.withOpenAxis("size" + dimension, input.name(), dimension);
        }
      }
    }
    return options;
  }

  /** Whether it has the size that is open: 6 positions, or 32 by 32 pixels. */
  private static boolean hasSize(TensorInput input, Sizes open) {
    return input.shape().size() >= open.to() && input.shape().get(open.to() - 1) >= 6;
  }

  private static List<Input> sized(List<Input> inputs, Sizes open, long size) {
    return inputs.stream()
        .map(TensorInput.class::cast)
        .<Input>map(input -> hasSize(input, open) ? sized(input, open, size) : input)
        .toList();
  }

  private static TensorInput sized(TensorInput input, Sizes open, long size) {
    List<Long> shape = new ArrayList<>(input.shape());
    for (int dimension = open.from(); dimension <= open.to(); dimension++) {
      // Height and width differ.
      shape.set(dimension - 1, size + 4L * (dimension - open.from()));
    }
    return new TensorInput(input.name(), input.type(), shape);
  }

  private static Shape[] shapes(List<Input> inputs, long batch) {
    return inputs.stream().map(input -> shape((TensorInput) input, batch)).toArray(Shape[]::new);
  }

  private static Shape shape(TensorInput input, long batch) {
    return new Shape(batch).addAll(new Shape(input.shape()));
  }

  /** Statistics that are not 0 and 1. */
  private void unsettle(Block block) {
    block.getParameters().forEach(pair -> {
      Parameter.Type type = pair.getValue().getType();
      NDArray array = pair.getValue().getArray();
      if (type == Parameter.Type.RUNNING_VAR || type == Parameter.Type.GAMMA) {
        array.set(manager.randomUniform(.5f, 1.5f, array.getShape()).toFloatArray());
      } else if (type == Parameter.Type.RUNNING_MEAN || type == Parameter.Type.BETA) {
        array.set(manager.randomUniform(-.3f, .3f, array.getShape()).toFloatArray());
      }
    });
  }

  private void assertAgrees(Block block, Model model, List<Input> inputs, int batch) {
    Map<String, Tensor> feed = new LinkedHashMap<>();
    NDList list = new NDList();
    for (Input input : inputs) {
      TensorInput tensor = (TensorInput) input;
      Shape shape = shape(tensor, batch);
      int count = Math.toIntExact(shape.size());
      if (tensor.type() == ElementType.INT64) {
        // 0 and 1 for a mask, small ids elsewhere.
        int bound = tensor.name().equals("mask") ? 2 : 30;
        long[] values = random.ints(count, 0, bound).asLongStream().toArray();
        feed.put(tensor.name(), Tensor.longs(values, shape.getShape()));
        list.add(manager.create(values, shape));
      } else {
        float[] values = new float[count];
        IntStream.range(0, count).forEach(i -> values[i] = (float) random.nextGaussian());
        feed.put(tensor.name(), Tensor.floats(values, shape.getShape()));
        list.add(manager.create(values, shape));
      }
    }
    NDList wanted = block.forward(new ParameterStore(manager, false), list, false);
    Map<String, Tensor> answers = model.run(feed);
    for (int i = 0; i < wanted.size(); i++) {
      Tensor answer = Objects.requireNonNull(answers.get("y" + i));
      assertThat(answer.shape()).isEqualTo(wanted.get(i).getShape().getShape());
      assertThat(difference(answer.floats(), wanted.get(i).toFloatArray()))
          .as("output %s of %s at batch %s", i, shapes(inputs, batch)[0], batch)
          .isLessThanOrEqualTo(ROUNDING);
    }
  }

  /** max |a − b| over max |b|, or over 1 where that is smaller: what cancels out has no digits of its own. */
  private static double difference(float[] given, float[] wanted) {
    double difference = 0;
    double scale = 1;
    for (int i = 0; i < wanted.length; i++) {
      difference = Math.max(difference, Math.abs((double) given[i] - wanted[i]));
      scale = Math.max(scale, Math.abs(wanted[i]));
    }
    return difference / scale;
  }
}
