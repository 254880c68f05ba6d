package lapidary.trainer.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import lapidary.models.InvalidInputException;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.network.Network;
import lapidary.trainer.store.StoredTensor;

/** One optimiser's state for all parameters of a network, and the step that updates those that train. */
public final class ParameterUpdates implements AutoCloseable {
  /** What batch norm gathers: not learned from gradients. */
  public static final Set<Parameter.Type> STATISTICS =
      Set.of(Parameter.Type.RUNNING_MEAN, Parameter.Type.RUNNING_VAR);

  private static final Set<Parameter.Type> NORM = Set.of(Parameter.Type.GAMMA, Parameter.Type.BETA);
  private static final Set<Parameter.Type> NORM_OR_BIAS =
      Set.of(Parameter.Type.BIAS, Parameter.Type.GAMMA, Parameter.Type.BETA);

  private final NDManager manager;
  private final Optimizer optimizer;
  private final Scalars scalars;
  private final List<Entry> entries = new ArrayList<>();

  /** State of its beginnings for every parameter that gradients reach. */
  public ParameterUpdates(Network network, Optimizer optimizer) {
    this.manager = network.manager().newSubManager();
    this.optimizer = optimizer;
    this.scalars = new Scalars(manager);
    network.parameters().forEach((name, parameter) -> {
      if (!STATISTICS.contains(parameter.getType())) {
        entries.add(new Entry(name, parameter, network.groupOf(name)));
      }
    });
  }

  /** Lets the parameters of groups {@code from} and up train, and no others but, by choice, normalisation layers. */
  public void trainFrom(int from, boolean andNorms) {
    for (Entry entry : entries) {
      entry.trains = entry.group >= from || (andNorms && NORM.contains(entry.parameter.getType()));
      entry.parameter.freeze(!entry.trains);
    }
  }

  /**
   * Updates every training parameter from its gradient, and zeroes the gradients.
   *
   * @param rates learning rate of each group
   * @param momentum momentum or beta1; empty for the optimiser's own
   * @param clipNorm largest norm of all gradients together
   */
  public void step(double[] rates, OptionalDouble momentum, OptionalDouble clipNorm) {
    try (NDManager scope = manager.newSubManager()) {
      List<NDArray> gradients = gradients(scope);
      clipNorm.ifPresent(norm -> GradientNorm.clip(gradients, norm, scalars));
      int next = 0;
      for (Entry entry : entries) {
        if (entry.trains) {
          entry.update(gradients.get(next++), rates[entry.group], momentum);
        }
      }
    }
  }

  private List<NDArray> gradients(NDManager scope) {
    List<NDArray> gradients = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.trains) {
        NDArray gradient = entry.weight.getGradient();
        gradient.attach(scope);
        gradients.add(gradient);
      }
    }
    return gradients;
  }

  /** Zeroes the gradients of a step that was not ended. */
  public void forgetGradients() {
    try (NDManager scope = manager.newSubManager()) {
      gradients(scope).forEach(gradient -> gradient.subi(gradient));
    }
  }

  /** A copy of the state: one tensor an array, and the updates counted. */
  public List<StoredTensor> state() {
    List<StoredTensor> tensors = new ArrayList<>();
    for (Entry entry : entries) {
      tensors.add(StoredTensor.longs(entry.name + ".step", new long[] {entry.steps}));
      List<float[]> values = entry.state.values();
      for (int i = 0; i < values.size(); i++) {
        tensors.add(StoredTensor.floats(
            entry.stateName(i), values.get(i), entry.weight.getShape().getShape()));
      }
    }
    return tensors;
  }

  /** Puts back what {@link #state} gave. */
  public void restore(List<StoredTensor> tensors, String source) {
    Map<String, StoredTensor> byName = new LinkedHashMap<>();
    tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
    for (Entry entry : entries) {
      entry.steps = find(byName, entry.name + ".step", source).longs()[0];
      for (int i = 0; i < optimizer.stateNames().size(); i++) {
        StoredTensor tensor = find(byName, entry.stateName(i), source);
        entry.requireShape(tensor, source);
        entry.state.restore(i, tensor.floats());
      }
    }
  }

  /** Forgets all steps. */
  public void clear() {
    for (Entry entry : entries) {
      entry.steps = 0;
      float[] zeros = new float[Math.toIntExact(entry.weight.size())];
      for (int i = 0; i < optimizer.stateNames().size(); i++) {
        entry.state.restore(i, zeros);
      }
    }
  }

  private StoredTensor find(Map<String, StoredTensor> byName, String name, String source) {
    StoredTensor tensor = byName.get(name);
    if (tensor == null) {
      throw new InvalidInputException(source + " lacks " + name + " of optimiser "
          + optimizer.name() + "; resume with the optimiser the run began with");
    }
    return tensor;
  }

  @Override
  public void close() {
    if (manager.isOpen()) {
      manager.close();
    }
  }

  private final class Entry {
    private final String name;
    private final Parameter parameter;
    private final NDArray weight;
    private final int group;
    private final ParameterState state;
    private boolean trains = true;
    private long steps;

    Entry(String name, Parameter parameter, int group) {
      this.name = name;
      this.parameter = parameter;
      this.weight = parameter.getArray();
      this.group = group;
      this.state = optimizer instanceof FusedOptimizer fused && Engines.isInMemory(weight)
          ? new HostState(fused, weight)
          : new EngineState(optimizer, weight, manager, scalars);
    }

    void update(NDArray gradient, double rate, OptionalDouble momentum) {
      steps++;
      StepRate numbers = new StepRate(steps, rate, momentum.orElse(optimizer.momentum()), decays());
      state.update(gradient, numbers);
    }

    double decays() {
      boolean biases = NORM_OR_BIAS.contains(parameter.getType());
      return biases
          ? optimizer.weightDecay().biasRate()
          : optimizer.weightDecay().rate();
    }

    void requireShape(StoredTensor tensor, String source) {
      if (!new Shape(tensor.shape()).equals(weight.getShape())) {
        throw new InvalidInputException(source + ": " + tensor + " does not fit parameter " + name
            + weight.getShape() + "; resume with the network the run began with");
      }
    }

    String stateName(int index) {
      return name + "." + optimizer.stateNames().get(index);
    }
  }
}
