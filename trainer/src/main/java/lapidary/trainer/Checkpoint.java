package lapidary.trainer;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.models.AtomicFile;
import lapidary.models.Catalogue;
import lapidary.models.DescriptionCodec;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Sha256;
import lapidary.trainer.store.Safetensors;
import lapidary.trainer.store.StoredTensor;

/**
 * The checkpoint of a run folder: {@code checkpoint/weights.safetensors} and {@code model.json}, for a
 * recommender {@code catalogue.json}, with {@code optimiser.safetensors} and {@code state.json} to go on from. It is replaced whole or not at all. Stateless.
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

  private static final String OPTIMISER = "optimiser.safetensors";
  private static final String STATE = "state.json";

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
    return read(folder(run, FOLDER), device);
  }

  /** {@link #loadBest(Path, Device)} onto the CPU. */
  public static TrainedModel loadBest(Path run) {
    return loadBest(run, Device.cpu());
  }

  /** As {@link #load(Path, Device)}, but the weights after the epoch with the best score. */
  public static TrainedModel loadBest(Path run, Device device) {
    return read(folder(run, BEST), device);
  }

  private static TrainedModel read(Path folder, Device device) {
    ModelDescription description = DescriptionCodec.fromJson(
        text(folder.resolve(MODEL)), folder.resolve(MODEL).toString());
    Network network = Networks.blank(description.architecture(), device);
    try {
      loadWeights(network, folder.resolve(WEIGHTS));
      requireDigest(description, folder.resolve(WEIGHTS));
      return new TrainedModel(description, network, catalogue(folder));
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private static Catalogue catalogue(Path folder) {
    Path file = folder.resolve(CATALOGUE);
    return Files.exists(file)
        ? DescriptionCodec.catalogueFromJson(text(file), file.toString())
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
  record Model(Describer describer, Optional<Catalogue> catalogue) {}

  /** Replaces the checkpoint of a run and returns the description that is in it. */
  static ModelDescription save(Path run, Contents contents, Model model) {
    ModelDescription[] written = new ModelDescription[1];
    new CheckpointFolder(run, FOLDER).publish(folder -> {
      written[0] = saveModel(folder, contents.weights(), model);
      Safetensors.write(folder.resolve(OPTIMISER), contents.optimiser(), Map.of());
      AtomicFile.writeText(folder.resolve(STATE), contents.state().toJson());
    });
    return written[0];
  }

  /** Replaces the best epoch's weights of a run. */
  static void saveBest(Path run, List<StoredTensor> weights, Model model) {
    new CheckpointFolder(run, BEST).publish(folder -> saveModel(folder, weights, model));
  }

  /** Publishes a model that was not trained here: there is nothing to resume. */
  static ModelDescription saveImported(Path run, List<StoredTensor> weights, Describer describer) {
    ModelDescription[] written = new ModelDescription[1];
    Model model = new Model(describer, Optional.empty());
    new CheckpointFolder(run, FOLDER)
        .publish(folder -> written[0] = saveModel(folder, weights, model));
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
    return description;
  }

  /** The state to go on from, if the run has a checkpoint; weights and optimiser state are put in place. */
  static Optional<RunState> resume(Path run, Learner learner, RunState fresh) {
    Optional<Path> found = new CheckpointFolder(run, FOLDER).find();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Path folder = found.get();
    if (!Files.exists(folder.resolve(STATE))) {
      throw new InvalidInputException(run + " was imported, not trained, so there is nothing to"
          + " resume; train with --pretrained " + folder.resolve(WEIGHTS));
    }
    RunState state =
        RunState.fromJson(text(folder.resolve(STATE)), folder.resolve(STATE).toString());
    state.requirePlan(fresh.plan(), run.toString());
    loadWeights(learner.network(), folder.resolve(WEIGHTS));
    Path optimiser = folder.resolve(OPTIMISER);
    learner.restore(Safetensors.read(optimiser).tensors(), optimiser.toString());
    return Optional.of(state);
  }

  private static Path folder(Path run, String name) {
    if (!Files.isDirectory(run)) {
      throw new InvalidInputException(
          "no run folder " + run + "; give the folder that train" + " --out wrote");
    }
    return new CheckpointFolder(run, name)
        .find()
        .orElseThrow(() -> new InvalidInputException(
            "run folder " + run + " has no " + name + "/; train into it first"));
  }

  private static void loadWeights(Network network, Path file) {
    network.load(Safetensors.read(file).byName(), file.toString());
  }

  private static void requireDigest(ModelDescription description, Path weights) {
    try {
      String digest = Sha256.of(weights);
      if (!digest.equals(description.provenance().weightsSha256())) {
        throw new InvalidInputException(weights + " has sha256 " + digest + ", but " + MODEL
            + " beside it was written for " + description.provenance().weightsSha256()
            + "; put both files of one training back");
      }
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + weights + ": " + e.getMessage(), e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot read " + file + ": " + e + "; train again or restore the file", e);
    }
  }
}
