package lapidary.trainer;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lapidary.models.AtomicFile;
import lapidary.models.Catalogue;
import lapidary.models.DescriptionCodec;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Sha256;
import lapidary.trainer.kind.Networks;
import lapidary.trainer.network.Network;
import lapidary.trainer.store.Safetensors;
import lapidary.trainer.store.StoredTensor;

/**
 * The checkpoint of a run folder: {@code checkpoint/weights.safetensors} and {@code model.json}, for a
 * recommender {@code catalogue.json}, with {@code origin.json} of where they come from, with {@code optimiser.safetensors} and {@code state.json} to go on from, and their digests in
 * {@code SHA256SUMS}. It is replaced whole or not at all; reading beside a training gives what was before or what is after. Stateless.
 */
public final class Checkpoint {
  /** The folder's name within a run folder. */
  public static final String FOLDER = "checkpoint";

  /** The folder of the best epoch's weights within a run folder. */
  public static final String BEST = "best";

  /** The weights' file within the folder. */
  public static final String WEIGHTS = "weights.safetensors";

  /** The description's file within the folder. */
  public static final String MODEL = "model.json";

  /** The file of what is known of a recommender's items, within the folder. */
  public static final String CATALOGUE = "catalogue.json";

  /** So many values that do not fit are worth a more telling error than their number. */
  private static final long SMALL = 1 << 22;

  private static final String ORIGIN = "origin.json";
  static final String OPTIMISER = "optimiser.safetensors";
  static final String STATE = "state.json";

  /** All files that a checkpoint may have. */
  static final Set<String> FILES = Set.of(WEIGHTS, MODEL, CATALOGUE, ORIGIN, OPTIMISER, STATE);

  private Checkpoint() {}

  /** {@link #load(Path, Device)} onto the CPU. */
  public static TrainedModel load(Path run) {
    return load(run, Device.cpu());
  }

  /**
   * Reads a run's model: a documented network with the weights of the checkpoint.
   *
   * @throws InvalidInputException if there is no such run, a file is damaged, or the weights are not the network's or not
   *     those the description was written for
   */
  public static TrainedModel load(Path run, Device device) {
    return read(run, FOLDER, device);
  }

  /** {@link #loadBest(Path, Device)} onto the CPU. */
  public static TrainedModel loadBest(Path run) {
    return loadBest(run, Device.cpu());
  }

  /** As {@link #load(Path, Device)}, but the weights after the epoch with the best score. */
  public static TrainedModel loadBest(Path run, Device device) {
    return read(run, BEST, device);
  }

  /** Whether a run folder has a checkpoint. */
  public static boolean isIn(Path run) {
    return new CheckpointFolder(run, FOLDER).find().isPresent();
  }

  /** The epoch whose weights {@link #load(Path)} takes; empty before the first, and for weights that were not trained here. */
  public static Optional<SavedEpoch> lastEpoch(Path run) {
    return epoch(run, FOLDER);
  }

  /** The epoch whose weights {@link #loadBest(Path)} takes, if there is one. */
  public static Optional<SavedEpoch> bestEpoch(Path run) {
    return epoch(run, BEST);
  }

  private static Optional<SavedEpoch> epoch(Path run, String name) {
    Optional<CheckpointFiles> found = new CheckpointFolder(run, name).open();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (CheckpointFiles files = found.get()) {
      return epoch(description(files), files);
    }
  }

  private static Optional<SavedEpoch> epoch(ModelDescription description, CheckpointFiles files) {
    Map<String, Double> scores = description.evidence().scores();
    return origin(files)
        .flatMap(origin -> Optional.ofNullable(scores.get(origin.metric()))
            .map(score -> new SavedEpoch(origin.epoch(), origin.metric(), score)));
  }

  private static TrainedModel read(Path run, String name, Device device) {
    try (CheckpointFiles files = open(run, name)) {
      ModelDescription description = description(files);
      Map<String, StoredTensor> weights = files.tensors(WEIGHTS).byName();
      Network network = blank(description, weights, files.path(MODEL), device);
      try {
        network.load(weights, files.path(WEIGHTS).toString());
        requireDigest(description, files);
        return new TrainedModel(
            description,
            network,
            catalogue(files),
            origin(files).map(Origin::data),
            epoch(description, files),
            files.cautions());
      } catch (RuntimeException e) {
        network.close();
        throw e;
      }
    }
  }

  static ModelDescription description(CheckpointFiles files) {
    return DescriptionCodec.fromJson(files.text(MODEL), files.path(MODEL).toString());
  }

  private static Optional<Origin> origin(CheckpointFiles files) {
    return files.has(ORIGIN)
        ? Optional.of(Origin.fromJson(files.text(ORIGIN), files.path(ORIGIN).toString()))
        : Optional.empty();
  }

  private static Catalogue catalogue(CheckpointFiles files) {
    return files.has(CATALOGUE)
        ? DescriptionCodec.catalogueFromJson(
            files.text(CATALOGUE), files.path(CATALOGUE).toString())
        : Catalogue.EMPTY;
  }

  /** What is saved of a run that can go on. */
  record Contents(List<StoredTensor> weights, List<StoredTensor> optimiser, RunState state) {
    Contents {
      weights = List.copyOf(weights);
      optimiser = List.copyOf(optimiser);
    }
  }

  /** Makes the description once the digest of the weights is known. */
  @FunctionalInterface
  interface Describer {
    ModelDescription describe(String weightsSha256);
  }

  /** What is saved of a model beside its weights. */
  record Model(Describer describer, Optional<Catalogue> catalogue, Optional<Origin> origin) {
    /** A model that was not trained by a run. */
    static Model untrained(Describer describer) {
      return new Model(describer, Optional.empty(), Optional.empty());
    }
  }

  /** Replaces the checkpoint of a run and returns the description that is in it. */
  static ModelDescription save(Path run, Contents contents, Model model) {
    ModelDescription[] written = new ModelDescription[1];
    new CheckpointFolder(run, FOLDER).publish(folder -> {
      written[0] = saveModel(folder, contents.weights(), model);
      Safetensors.write(folder.resolve(OPTIMISER), contents.optimiser(), Map.of());
      AtomicFile.writeText(folder.resolve(STATE), contents.state().toJson());
      writeSums(folder, written[0]);
    });
    return written[0];
  }

  /** Replaces the best epoch's weights of a run. */
  static void saveBest(Path run, List<StoredTensor> weights, Model model) {
    new CheckpointFolder(run, BEST)
        .publish(folder -> writeSums(folder, saveModel(folder, weights, model)));
  }

  /** Publishes a model that was not trained here: there is nothing to resume. */
  static ModelDescription saveImported(Path run, List<StoredTensor> weights, Describer describer) {
    ModelDescription[] written = new ModelDescription[1];
    Model model = Model.untrained(describer);
    new CheckpointFolder(run, FOLDER).publish(folder -> {
      written[0] = saveModel(folder, weights, model);
      writeSums(folder, written[0]);
    });
    return written[0];
  }

  /** Removes what an earlier run into the same folder found best. */
  static void removeBest(Path run) {
    new CheckpointFolder(run, BEST).remove();
  }

  private static ModelDescription saveModel(Path folder, List<StoredTensor> tensors, Model model)
      throws IOException {
    Path weights = folder.resolve(WEIGHTS);
    Safetensors.write(weights, tensors, Map.of());
    ModelDescription description = model.describer().describe(Sha256.of(weights));
    AtomicFile.writeText(folder.resolve(MODEL), DescriptionCodec.toJson(description));
    if (model.catalogue().isPresent()) {
      AtomicFile.writeText(
          folder.resolve(CATALOGUE), DescriptionCodec.toJson(model.catalogue().get()));
    }
    if (model.origin().isPresent()) {
      AtomicFile.writeText(folder.resolve(ORIGIN), model.origin().get().toJson());
    }
    return description;
  }

  private static void writeSums(Path folder, ModelDescription written) throws IOException {
    CheckpointSums.write(folder, Map.of(WEIGHTS, written.provenance().weightsSha256()));
  }

  private static CheckpointFiles open(Path run, String name) {
    if (!Files.isDirectory(run)) {
      throw new InvalidInputException(
          "no run folder " + run + "; give the folder that train" + " --out wrote");
    }
    return new CheckpointFolder(run, name)
        .open()
        .orElseThrow(() -> new InvalidInputException(
            "run folder " + run + " has no " + name + "/; train into it first"));
  }

  /** A network whose values are to come. A damaged description must not ask for memory that its weights never fill. */
  private static Network blank(
      ModelDescription description, Map<String, StoredTensor> weights, Path source, Device device) {
    long values = weights.values().stream().mapToLong(StoredTensor::elements).sum();
    try {
      return Networks.blank(description.architecture(), device, 2 * values + SMALL);
    } catch (InvalidInputException | EnvironmentException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          source + " describes a network that cannot be: " + e.getMessage()
              + "; restore it from a copy, or train again with --overwrite",
          e);
    }
  }

  static void requireDigest(ModelDescription description, CheckpointFiles files) {
    String digest = files.sha256(WEIGHTS);
    if (!digest.equals(description.provenance().weightsSha256())) {
      throw new InvalidInputException(files.path(WEIGHTS) + " has sha256 " + digest + ", but "
          + MODEL + " beside it was written for " + description.provenance().weightsSha256()
          + "; put both files of one training back");
    }
  }
}
