package lapidary.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lapidary.trainer.JavaProcess;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.metric.Metrics;
import lapidary.trainer.network.Network;
import lapidary.trainer.optim.Sgd;
import lapidary.trainer.optim.WeightDecay;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program of the user's own that trains and is told to end, as by a service manager. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "ends processes without asking them")
@Timeout(120)
final class EndedFitTest {
  private static final int SIGTERM = 128 + 15;

  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"fit", "findRate", "validate"})
  void theForwardUnderWayIsDoneBeforeTheProcessEnds(String what) throws Exception {
    Process process = JavaProcess.of(Fitting.class, folder, what).start();
    InputStream out = process.getInputStream();
    awaitForwards(out, 3);
    process.toHandle().destroy();
    String rest = new String(out.readAllBytes(), StandardCharsets.US_ASCII);
    assertEndedWell(process);
    assertThat(rest).as("what came after the beginning of a forward").startsWith(")");
    assertThat(rest.chars().filter(c -> c == ')').count())
        .isEqualTo(rest.chars().filter(c -> c == '(').count() + 1);
  }

  private static void awaitForwards(InputStream out, int count) throws IOException {
    for (int begun = 0; begun < count; ) {
      int next = out.read();
      assertThat(next).as("still running").isNotNegative();
      begun += next == '(' ? 1 : 0;
    }
  }

  private void assertEndedWell(Process process) throws Exception {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).as("a crash leaves a log").isEmpty();
    }
    assertThat(process.exitValue()).isEqualTo(SIGTERM);
  }

  /** Prints a bracket as each forward begins, and one as it ends. */
  static final class Fitting {
    private static final int ROWS = 64;

    private Fitting() {}

    /** Argument: what to do for ever. */
    public static void main(String[] arguments) {
      float[] images = new float[ROWS * 3 * 12 * 16];
      int[] classes = new int[ROWS];
      for (int i = 0; i < ROWS; i++) {
        classes[i] = i % 2;
        images[i * 3 * 12 * 16] = i;
      }
      try (TensorSet rows = TensorSet.of(Device.cpu(), images, classes, 3, 12, 16);
          Network network = Network.of(new Slow(), Device.cpu(), 1, new Shape(1, 3, 12, 16));
          Learner learner = Learner.of(
              network,
              new LearnerData(rows, rows),
              new Objective(
                  Losses.crossEntropy(), new Sgd(0, WeightDecay.NONE), List.of(Metrics.accuracy())),
              new LearnerOptions(8, 1, OptionalDouble.empty(), 0, List.of()))) {
        learner.rowsMayMix();
        while (true) {
          switch (arguments[0]) {
            case "fit" -> learner.fit(100, 1e-4);
            case "findRate" -> learner.findRate();
            default -> learner.validate();
          }
        }
      }
    }
  }

  private static final class Slow extends AbstractBlock {
    private static final long MILLIS = 200;

    private final Block inner;

    Slow() {
      this.inner = addChildBlock(
          "inner",
          new SequentialBlock()
              .add(Conv2d.builder()
                  .setKernelShape(new Shape(3, 3))
                  .setFilters(32)
                  .build())
              .add(Blocks.batchFlattenBlock())
              .add(Linear.builder().setUnits(2).build()));
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      say('(');
      NDList outputs = inner.forward(store, inputs, training);
      try {
        Thread.sleep(MILLIS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      say(')');
      return outputs;
    }

    private static void say(char bracket) {
      System.out.write(bracket);
      System.out.flush();
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return new Shape[] {new Shape(inputShapes[0].get(0), 2)};
    }

    @Override
    protected void initializeChildBlocks(
        NDManager manager, DataType dataType, Shape... inputShapes) {
      inner.initialize(manager, dataType, inputShapes);
    }
  }
}
