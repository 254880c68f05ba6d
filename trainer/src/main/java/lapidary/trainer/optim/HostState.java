package lapidary.trainer.optim;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.trainer.engine.Engines;

/**
 * State in Java memory, for a parameter that lives on the CPU: the optimiser's formula runs over stretches short enough for the
 * processor's first cache, copied out of the engine's memory and back. The loops are plain, so that the JIT vectorises them.
 */
final class HostState implements ParameterState {
  private static final int STRETCH = 1024;
  private static final float[] ZEROS = new float[STRETCH];

  private final FusedOptimizer optimizer;
  private final NDArray weight;
  private final int size;
  /** One entry a stretch: the state's arrays, each as long as the stretch. */
  private final List<float[][]> state = new ArrayList<>();

  private final float[] weights = new float[STRETCH];
  private final float[] gradients = new float[STRETCH];

  HostState(FusedOptimizer optimizer, NDArray weight) {
    this.optimizer = optimizer;
    this.weight = weight;
    this.size = Math.toIntExact(weight.size());
    for (int from = 0; from < size; from += STRETCH) {
      state.add(new float[optimizer.stateNames().size()][count(from)]);
    }
  }

  @Override
  public void update(NDArray gradient, StepRate rate) {
    FloatBuffer ownWeights = Engines.memory(weight);
    FloatBuffer ownGradients = Engines.memory(gradient);
    FusedOptimizer.Pass pass = optimizer.pass(rate);
    for (int from = 0; from < size; from += STRETCH) {
      int count = count(from);
      ownWeights.get(from, weights, 0, count);
      ownGradients.get(from, gradients, 0, count);
      pass.update(weights, gradients, state.get(from / STRETCH), count);
      ownWeights.put(from, weights, 0, count);
      ownGradients.put(from, ZEROS, 0, count);
    }
  }

  private int count(int from) {
    return Math.min(STRETCH, size - from);
  }

  @Override
  public List<float[]> values() {
    return IntStream.range(0, optimizer.stateNames().size())
        .mapToObj(this::joined)
        .toList();
  }

  private float[] joined(int index) {
    float[] values = new float[size];
    for (int from = 0; from < size; from += STRETCH) {
      System.arraycopy(state.get(from / STRETCH)[index], 0, values, from, count(from));
    }
    return values;
  }

  @Override
  public void restore(int index, float[] values) {
    for (int from = 0; from < size; from += STRETCH) {
      System.arraycopy(values, from, state.get(from / STRETCH)[index], 0, count(from));
    }
  }
}
