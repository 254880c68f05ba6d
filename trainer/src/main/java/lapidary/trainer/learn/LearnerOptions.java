package lapidary.trainer.learn;

import ai.djl.Device;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import lapidary.models.InvalidInputException;
import lapidary.trainer.engine.Seeds;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.examples.MixUp;

/**
 * What stays the same over all fits of a learner.
 *
 * @param batch rows a step, at least 1; the last batch of an epoch may be smaller
 * @param seed of batch order and dropout
 * @param clipNorm the largest norm of all gradients together; empty for any
 * @param threads the engine's threads within one operation, or 0 to leave them as they are
 * @param replicas devices beside the network's own, among which each batch is divided
 * @param mixUp how rows of a batch are blended; empty for not at all
 */
public record LearnerOptions(
    int batch,
    long seed,
    OptionalDouble clipNorm,
    int threads,
    List<Device> replicas,
    Optional<MixUp> mixUp) {
  /** Batches of 64, seed 0, no clipping, the engine's threads. */
  public static final LearnerOptions DEFAULT =
      new LearnerOptions(64, 0, OptionalDouble.empty(), 0, List.of());

  /** Rows as they are. */
  public LearnerOptions(
      int batch, long seed, OptionalDouble clipNorm, int threads, List<Device> replicas) {
    this(batch, seed, clipNorm, threads, replicas, Optional.empty());
  }

  /** Copies the list; refuses sizes that cannot be, and MixUp on several devices. */
  public LearnerOptions {
    replicas = List.copyOf(replicas);
    if (batch < 1 || threads < 0) {
      throw new InvalidInputException(
          "batch " + batch + " and threads " + threads + "; give a batch of 1 or more");
    }
    if (mixUp.isPresent() && !replicas.isEmpty()) {
      throw new InvalidInputException(
          "MixUp blends a whole batch, but this one is divided among devices; train on one device");
    }
    if (clipNorm.isPresent() && !(clipNorm.getAsDouble() > 0)) {
      throw new InvalidInputException(
          "gradient norm " + clipNorm.getAsDouble() + "; give a positive number such as 1");
    }
  }

  /** A batch as it is learned from: blended, if it is to be, by the random numbers of the seed's {@code number}th batch. */
  Batch mixed(Batch batch, long number) {
    return mixUp
        .map(mix -> mix.mix(batch, Seeds.random(seed, Seeds.Purpose.MIX, number)))
        .orElse(batch);
  }

  /** The same with another seed. */
  public LearnerOptions withSeed(long changed) {
    return new LearnerOptions(batch, changed, clipNorm, threads, replicas, mixUp);
  }

  /** The same, with each batch divided among the network's own device and these. */
  public LearnerOptions withReplicas(List<Device> devices) {
    return new LearnerOptions(batch, seed, clipNorm, threads, devices, mixUp);
  }

  /** The same, with the rows of each batch blended. */
  public LearnerOptions withMixUp(MixUp changed) {
    return new LearnerOptions(batch, seed, clipNorm, threads, replicas, Optional.of(changed));
  }
}
