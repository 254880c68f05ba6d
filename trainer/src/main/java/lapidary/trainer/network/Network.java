package lapidary.trainer.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.trainer.block.Folding;
import lapidary.trainer.block.Weights;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.engine.Seeds;
import lapidary.trainer.store.StoredTensor;
import org.jspecify.annotations.Nullable;

/**
 * A DJL block with its weights on a device, and the owner of their native memory. Not thread-safe; closing is idempotent.
 */
public final class Network implements AutoCloseable {
  /** Names listed in an error: enough to see what kind of file it is. */
  private static final int LISTED = 12;

  private final NDManager manager;
  private final Block block;
  private final Map<String, Parameter> parameters;
  private final List<LayerGroup> groups;
  private final ParameterStore store;

  private Network(NDManager manager, Block block, List<LayerGroup> groups) {
    this.manager = manager;
    this.block = block;
    this.parameters = ParameterNames.of(block);
    this.groups = List.copyOf(groups);
    this.store = new Direct(manager);
    parameters.keySet().forEach(this::groupOf);
    parameters.values().forEach(Network::requireFloat);
  }

  /**
   * Any block, its parameters made by its own initialisers where it has none yet.
   *
   * @param device where the weights live
   * @param seed seeds the engine's generator before the initialisers run
   * @param inputShapes shapes of one batch, such as (1, 784)
   */
  public static Network of(Block block, Device device, long seed, Shape... inputShapes) {
    return of(block, LayerGroup.whole(), device, seed, inputShapes);
  }

  /** As {@link #of(Block, Device, long, Shape...)}, with layer groups from the input to the head. */
  public static Network of(
      Block block, List<LayerGroup> groups, Device device, long seed, Shape... inputShapes) {
    NDManager manager = Engines.manager(device);
    try {
      Engines.seed(Seeds.derive(seed, Seeds.Purpose.WEIGHTS, 0));
      block.initialize(manager, DataType.FLOAT32, inputShapes);
      return new Network(manager, block, groups);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** The block itself. Its parameters die with this network. */
  public Block block() {
    return block;
  }

  /** Parameters by PyTorch-style name, in the order of the block. */
  public Map<String, Parameter> parameters() {
    return parameters;
  }

  /** Layer groups from the input to the head. */
  public List<LayerGroup> groups() {
    return groups;
  }

  /** The device of the weights. */
  public Device device() {
    return manager.getDevice();
  }

  /**
   * Runs the block. Results belong to the inputs' manager.
   *
   * @param training whether dropout drops and batch norm learns
   */
  public NDList forward(NDList inputs, boolean training) {
    return block.forward(store, inputs, training);
  }

  /** A copy of all parameters, trainable or not. */
  public List<StoredTensor> weights() {
    List<StoredTensor> weights = new ArrayList<>();
    parameters.forEach((name, parameter) -> {
      NDArray array = parameter.getArray();
      weights.add(
          StoredTensor.floats(name, array.toFloatArray(), array.getShape().getShape()));
    });
    return weights;
  }

  /**
   * What the trained weights come to.
   *
   * @param served the weights of the network that is served
   * @param unserved weights to go on from that {@code served} does not tell
   */
  public record Folded(List<StoredTensor> served, List<StoredTensor> unserved) {}

  /** The weights to serve: a block that trains more than it serves folds itself. */
  public Folded fold() {
    Folding.Fold fold = block instanceof Folding folding ? folding.fold() : Folding.Fold.NONE;
    Map<String, StoredTensor> instead = new HashMap<>();
    fold.served().forEach(weight -> instead.put(weight.name(), weight));
    List<StoredTensor> served = new ArrayList<>();
    List<StoredTensor> own = new ArrayList<>();
    for (StoredTensor weight : weights()) {
      boolean kept = fold.own().contains(weight.name());
      StoredTensor other = instead.get(weight.name());
      if (kept) {
        own.add(weight);
      }
      if (other != null || !kept) {
        served.add(other == null ? weight : other);
      }
    }
    return new Folded(served, own);
  }

  /**
   * Replaces all parameters. Nothing is changed where a name or shape does not fit.
   *
   * @param weights by name
   * @param source what to call them in an error, such as the file's path
   * @throws InvalidInputException naming missing and unexpected weights and shapes that differ
   */
  public void load(Map<String, StoredTensor> weights, String source) {
    Set<String> missing = new LinkedHashSet<>(parameters.keySet());
    missing.removeAll(weights.keySet());
    Set<String> unexpected = new LinkedHashSet<>(weights.keySet());
    unexpected.removeAll(parameters.keySet());
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      throw new InvalidInputException(source + " does not fit the network: missing "
          + listed(missing) + ", unexpected " + listed(unexpected)
          + "; give the weights of this network");
    }
    requireShapes(weights.values(), source);
    weights.values().forEach(weight -> Weights.overwrite(array(weight.name()), weight.floats()));
  }

  /** Puts back what {@link #weights} gave. */
  public void restore(List<StoredTensor> weights) {
    weights.forEach(weight -> Weights.overwrite(array(weight.name()), weight.floats()));
  }

  /** Frees the weights. */
  @Override
  public void close() {
    if (manager.isOpen()) {
      manager.close();
    }
  }

  /** Owns the weights. */
  public NDManager manager() {
    return manager;
  }

  /** The last group that takes the parameter: later groups are the more particular ones. */
  public int groupOf(String parameter) {
    for (int i = groups.size() - 1; i >= 0; i--) {
      if (groups.get(i).has(parameter)) {
        return i;
      }
    }
    throw new InvalidInputException(
        "parameter " + parameter + " is in no layer group of " + groups + "; add its prefix");
  }

  private NDArray array(String name) {
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new InvalidInputException("the network has no parameter " + name);
    }
    return parameter.getArray();
  }

  private void requireShapes(Collection<StoredTensor> weights, String source) {
    List<String> wrong = weights.stream()
        .filter(weight -> !isFloating(weight) || !new Shape(weight.shape()).equals(shape(weight)))
        .map(weight -> weight + " does not fit the network's FLOAT32" + shape(weight))
        .toList();
    if (!wrong.isEmpty()) {
      throw new InvalidInputException(source + ": weight "
          + String.join(", ", wrong.subList(0, Math.min(LISTED, wrong.size()))) + more(wrong)
          + "; give the weights of this network");
    }
  }

  private Shape shape(StoredTensor weight) {
    return array(weight.name()).getShape();
  }

  private static String listed(Collection<String> names) {
    return names.stream().limit(LISTED).toList() + more(names);
  }

  private static String more(Collection<String> names) {
    return names.size() > LISTED ? " and " + (names.size() - LISTED) + " more" : "";
  }

  private static boolean isFloating(StoredTensor weight) {
    return weight.type() == ElementType.FLOAT32 || weight.type() == ElementType.FLOAT16;
  }

  private static void requireFloat(Parameter parameter) {
    if (parameter.getArray().getDataType() != DataType.FLOAT32) {
      throw new InvalidInputException("parameter " + parameter.getName() + " is "
          + parameter.getArray().getDataType() + "; Lapidary trains float32 parameters");
    }
  }

  /** Hands out the parameters themselves: DJL's own store looks each up in a map of copies on devices. */
  private static final class Direct extends ParameterStore {
    Direct(NDManager manager) {
      super(manager, false);
    }

    /** A layer without a bias asks for it all the same. */
    @Override
    public @Nullable NDArray getValue(
        @Nullable Parameter parameter, Device device, boolean training) {
      return parameter == null ? null : parameter.getArray();
    }
  }
}
