package lapidary.trainer.network;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lapidary.models.InvalidInputException;
import lapidary.trainer.block.ResidualNetwork;
import lapidary.trainer.store.OnnxInitializers;
import lapidary.trainer.store.Safetensors;
import lapidary.trainer.store.StoredTensor;

/**
 * Published weights under torchvision's names, from a safetensors file or the initializers of an ONNX file. Batch counters
 * ({@code num_batches_tracked}) are not weights and are left out. Immutable, thread-safe.
 */
public final class PretrainedWeights {
  private static final String COUNTER = "num_batches_tracked";
  private static final List<String> HEADS =
      List.of(ResidualNetwork.CLASSIFIER, ResidualNetwork.HEAD);

  private final Path file;
  private final Map<String, StoredTensor> weights;

  private PretrainedWeights(Path file, Map<String, StoredTensor> weights) {
    this.file = file;
    this.weights = weights;
  }

  /**
   * Reads a file, whose kind its ending says.
   *
   * @throws InvalidInputException if it ends in neither {@code .safetensors} nor {@code .onnx}, or cannot be read as what it says
   */
  public static PretrainedWeights read(Path file) {
    Map<String, StoredTensor> weights = new LinkedHashMap<>();
    for (StoredTensor tensor : tensors(file)) {
      if (!tensor.name().endsWith(COUNTER)) {
        weights.put(tensor.name(), tensor);
      }
    }
    return new PretrainedWeights(file, weights);
  }

  private static List<StoredTensor> tensors(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".safetensors")) {
      return Safetensors.read(file).tensors();
    }
    if (name.endsWith(".onnx")) {
      return OnnxInitializers.read(file);
    }
    throw new InvalidInputException(
        "pretrained weights " + file + " end in neither .safetensors nor"
            + " .onnx; convert them, since a pickle (.pth, .pt, .bin) can run any code");
  }

  /** Classes that the file's own classifier tells apart; 0 if it has none. */
  public int classes() {
    StoredTensor classifier = weights.get(ResidualNetwork.CLASSIFIER + "bias");
    return classifier == null ? 0 : classifier.elements();
  }

  /**
   * Fills a network, all of it.
   *
   * @throws InvalidInputException naming what is missing, what is unexpected and what has another shape
   */
  public void fill(Network network) {
    network.load(weights, file.toString());
  }

  /**
   * Fills all layers but the head, which keeps its fresh weights; the file's own classifier is left out.
   *
   * @return names of the weights left out
   * @throws InvalidInputException naming what is missing, what is unexpected and what has another shape
   */
  public List<String> fillBody(Network network) {
    Map<String, StoredTensor> body = new LinkedHashMap<>(weights);
    body.keySet().removeIf(PretrainedWeights::isHead);
    network.weights().stream()
        .filter(weight -> isHead(weight.name()))
        .forEach(weight -> body.put(weight.name(), weight));
    network.load(body, file.toString());
    return weights.keySet().stream().filter(PretrainedWeights::isHead).toList();
  }

  private static boolean isHead(String name) {
    return HEADS.stream().anyMatch(name::startsWith);
  }
}
