package lapidary.trainer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import lapidary.models.InvalidInputException;
import lapidary.trainer.learn.Learner;
import lapidary.trainer.store.Safetensors;
import lapidary.trainer.store.StoredTensor;

/** A run that goes on from its checkpoint. Stateless. */
final class Resumption {
  private static final String UNSERVED = "training/";

  private Resumption() {}

  /**
   * The state to go on from, if the run has a checkpoint; weights and optimiser state are put in place.
   *
   * @param fresh the state of this plan's beginning
   * @param bounds what a state of this plan can be
   * @param cautions is told what ought to be known of the checkpoint
   */
  static Optional<RunState> of(
      Path run,
      Learner learner,
      RunState fresh,
      RunState.Bounds bounds,
      Consumer<String> cautions) {
    Optional<CheckpointFiles> found = new CheckpointFolder(run, Checkpoint.FOLDER).open();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (CheckpointFiles files = found.get()) {
      if (!files.has(Checkpoint.STATE)) {
        throw new InvalidInputException(run + " was imported, not trained, so there is nothing to"
            + " resume; train with --pretrained " + files.path(Checkpoint.WEIGHTS));
      }
      String source = files.path(Checkpoint.STATE).toString();
      RunState state = RunState.fromJson(files.text(Checkpoint.STATE), source);
      state.requirePlan(fresh.plan(), run.toString());
      state.requirePossible(bounds, source);
      restore(learner, files);
      files.cautions().forEach(cautions);
      return Optional.of(state);
    }
  }

  private static void restore(Learner learner, CheckpointFiles files) {
    List<StoredTensor> tensors = files.tensors(Checkpoint.OPTIMISER).tensors();
    Map<String, StoredTensor> weights = trained(files.tensors(Checkpoint.WEIGHTS), tensors);
    Checkpoint.requireDigest(Checkpoint.description(files), files);
    learner.network().load(weights, files.path(Checkpoint.WEIGHTS).toString());
    learner.restore(tensors, files.path(Checkpoint.OPTIMISER).toString());
  }

  /** Weights as they stand among the optimiser's state, where the network that trains is not the one that is served. */
  static List<StoredTensor> unserved(List<StoredTensor> weights) {
    return weights.stream()
        .map(weight -> weight.named(UNSERVED + weight.name()))
        .toList();
  }

  private static Map<String, StoredTensor> trained(
      Safetensors.Contents served, List<StoredTensor> saved) {
    Map<String, StoredTensor> weights = new LinkedHashMap<>(served.byName());
    saved.stream().filter(tensor -> tensor.name().startsWith(UNSERVED)).forEach(tensor -> {
      String name = tensor.name().substring(UNSERVED.length());
      weights.put(name, tensor.named(name));
    });
    return weights;
  }
}
