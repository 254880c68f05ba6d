package lapidary.trainer;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.Architecture;
import lapidary.models.DataSource;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.Provenance;
import lapidary.models.Sha256;
import lapidary.models.Task;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.kind.Networks;
import lapidary.trainer.kind.PhotoModel;
import lapidary.trainer.network.Network;
import lapidary.trainer.network.PretrainedWeights;

/** Takes a published network as it is, its own classifier included. Stateless. */
public final class ImportedNetwork {
  private ImportedNetwork() {}

  /**
   * Writes a run folder that can be exported, but not resumed.
   *
   * @param model {@code resnet18} or {@code resnet34}
   * @param weights its weights under torchvision's names, safetensors or ONNX
   * @param names of the classes, in the order of the outputs; one too many at the beginning, such as a background, is left out, and
   *     repeated ones are numbered; empty numbers them all
   * @param size height and width of the photos it was trained on
   * @return the description in the folder
   * @throws InvalidInputException if the weights are not the network's, or the names not as many as its classes
   */
  public static ModelDescription save(
      String model, Path weights, Optional<List<String>> names, int size, Path run) {
    PretrainedWeights pretrained = PretrainedWeights.read(weights);
    int classes = pretrained.classes();
    if (classes < 2) {
      throw new InvalidInputException(
          weights + " has no classifier of two or more classes (fc.bias);"
              + " give a whole network, or train a new head with --pretrained");
    }
    Architecture architecture = PhotoModel.of(model).published(classes);
    Labels labels = names.map(given -> labels(given, classes)).orElse(Labels.numbered(classes));
    try (Network network = Networks.blank(architecture, Device.cpu())) {
      pretrained.fill(network);
      DataSource source = source(weights);
      return RunFolder.whileLocked(
          run,
          () -> Checkpoint.saveImported(
              run,
              network.weights(),
              sha256 -> describe(architecture, labels, ImageInput.resnet(size), source, sha256)));
    }
  }

  private static ModelDescription describe(
      Architecture architecture,
      Labels labels,
      ImageInput input,
      DataSource source,
      String sha256) {
    SortedMap<String, String> options = new TreeMap<>(Map.of("imported", source.name()));
    Map<String, String> versions =
        Map.of("djl", Engines.djlVersion(), "pytorch", Engines.pytorchVersion());
    return new ModelDescription(
        architecture,
        Task.CLASSIFICATION,
        labels,
        architecture.signature(input),
        Provenance.of(source, 0, options, versions, sha256),
        ModelDescription.Evidence.NONE);
  }

  private static DataSource source(Path weights) {
    try {
      return new DataSource(weights.getFileName().toString(), Sha256.of(weights), "unknown");
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + weights + ": " + e, e);
    }
  }

  private static Labels labels(List<String> names, int classes) {
    if (names.size() != classes && names.size() != classes + 1) {
      throw new InvalidInputException(names.size() + " labels for " + classes
          + " classes; give one a line, in the order of the outputs");
    }
    List<String> kept = names.subList(names.size() - classes, names.size());
    Map<String, Integer> seen = new HashMap<>();
    List<String> distinct = new ArrayList<>();
    for (String name : kept) {
      int times = seen.merge(name, 1, Integer::sum);
      distinct.add(times == 1 ? name : name + " (" + times + ")");
    }
    return new Labels(distinct);
  }
}
