package lapidary.trainer.optim;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import lapidary.trainer.engine.Engines;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class HostStateTest {
  /** More than two stretches, the last one not full. */
  private static final int ROWS = 37;

  private static final int COLUMNS = 61;
  private static final int STEPS = 12;

  static Stream<FusedOptimizer> optimizers() {
    return Stream.of(
        new Sgd(0, WeightDecay.l2(0.1)),
        new Sgd(0.9, WeightDecay.decoupled(0.1)),
        new RmsProp(0.99, 1e-8, WeightDecay.l2(0.1)),
        Adam.of(WeightDecay.l2(0.1)),
        Adam.of(WeightDecay.decoupled(0.1)));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void stretchesInJavaGiveWhatTheEngineGives(FusedOptimizer optimizer) {
    try (NDManager manager = Engines.manager(Device.cpu())) {
      NDArray host = manager.create(numbers(1), new Shape(ROWS, COLUMNS));
      NDArray engine = host.duplicate();
      HostState hostState = new HostState(optimizer, host);
      EngineState engineState = new EngineState(optimizer, engine, manager, new Scalars(manager));
      for (int step = 1; step <= STEPS; step++) {
        StepRate rate = new StepRate(step, 0.01, optimizer.momentum(), 0.1);
        hostState.update(manager.create(numbers(step), host.getShape()), rate);
        engineState.update(manager.create(numbers(step), host.getShape()), rate);
      }
      assertClose(host.toFloatArray(), engine.toFloatArray());
      for (int i = 0; i < optimizer.stateNames().size(); i++) {
        assertClose(hostState.values().get(i), engineState.values().get(i));
      }
    }
  }

  /** A GPU's state is the engine's, a CPU's is Java's: a checkpoint has to serve both. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void stateMovesFromTheEngineToJavaAndBack(FusedOptimizer optimizer) {
    try (NDManager manager = Engines.manager(Device.cpu())) {
      NDArray stays = manager.create(numbers(1), new Shape(ROWS, COLUMNS));
      NDArray moves = stays.duplicate();
      EngineState straight = new EngineState(optimizer, stays, manager, new Scalars(manager));
      ParameterState moved = new EngineState(optimizer, moves, manager, new Scalars(manager));
      for (int step = 1; step <= STEPS; step++) {
        if (step % 4 == 0) {
          moved = moved(
              moved,
              step % 8 == 0
                  ? new EngineState(optimizer, moves, manager, new Scalars(manager))
                  : new HostState(optimizer, moves));
        }
        StepRate rate = new StepRate(step, 0.01, optimizer.momentum(), 0.1);
        straight.update(manager.create(numbers(step), stays.getShape()), rate);
        moved.update(manager.create(numbers(step), stays.getShape()), rate);
      }
      assertClose(moves.toFloatArray(), stays.toFloatArray());
    }
  }

  private static ParameterState moved(ParameterState from, ParameterState to) {
    List<float[]> values = from.values();
    for (int i = 0; i < values.size(); i++) {
      to.restore(i, values.get(i));
    }
    return to;
  }

  @Test
  void theGradientIsLeftAtZero() {
    try (NDManager manager = Engines.manager(Device.cpu())) {
      NDArray gradient = manager.create(numbers(5), new Shape(ROWS, COLUMNS));
      NDArray weight = manager.zeros(new Shape(ROWS, COLUMNS));
      new HostState(new Sgd(0, WeightDecay.NONE), weight)
          .update(gradient, new StepRate(1, 0.5, 0, 0));
      assertThat(gradient.toFloatArray()).containsOnly(0);
      assertThat(weight.toFloatArray()[ROWS]).isEqualTo(-0.5f * numbers(5)[ROWS]);
    }
  }

  @Test
  void restoredStateGoesOnAsTheOneItWasCopiedFrom() {
    try (NDManager manager = Engines.manager(Device.cpu())) {
      FusedOptimizer adam = Adam.of(WeightDecay.NONE);
      NDArray first = manager.zeros(new Shape(ROWS, COLUMNS));
      HostState state = new HostState(adam, first);
      state.update(manager.create(numbers(2), first.getShape()), new StepRate(1, 0.1, 0.9, 0));
      NDArray second = first.duplicate();
      HostState copy = new HostState(adam, second);
      List<float[]> values = state.values();
      copy.restore(0, values.get(0));
      copy.restore(1, values.get(1));
      StepRate next = new StepRate(2, 0.1, 0.9, 0);
      state.update(manager.create(numbers(3), first.getShape()), next);
      copy.update(manager.create(numbers(3), first.getShape()), next);
      assertThat(second.toFloatArray()).isEqualTo(first.toFloatArray());
    }
  }

  @Test
  void averagesThatFadeDoNotBecomeDenormalNumbers() {
    try (NDManager manager = Engines.manager(Device.cpu())) {
      NDArray weight = manager.create(new float[] {1});
      HostState state = new HostState(Adam.of(WeightDecay.NONE), weight);
      state.update(manager.create(new float[] {1e-12f}), new StepRate(1, 0.1, 0.9, 0));
      for (int step = 2; step < 800; step++) {
        state.update(manager.zeros(new Shape(1)), new StepRate(step, 0.1, 0.9, 0));
      }
      assertThat(state.values().get(0)[0]).isBetween(Float.MIN_NORMAL, 1e-35f);
    }
  }

  @Test
  void onlyNumbersInOneRowOfMemoryAreTaken() {
    try (NDManager manager = Engines.manager(Device.cpu())) {
      NDArray array = manager.create(numbers(4), new Shape(ROWS, COLUMNS));
      assertThat(Engines.isInMemory(array)).isTrue();
      assertThat(Engines.isInMemory(array.transpose())).isFalse();
      assertThat(array.toFloatArray()).isEqualTo(numbers(4));
    }
  }

  private static float[] numbers(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[ROWS * COLUMNS];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static void assertClose(float[] actual, float[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("number %d", i).isCloseTo(expected[i], Offset.offset(1e-5f));
    }
  }
}
