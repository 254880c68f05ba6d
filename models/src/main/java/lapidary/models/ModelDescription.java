package lapidary.models;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that is to be known of a trained model besides its weights. The checkpoint keeps it as {@code model.json}, the
 * ONNX file as {@code lapidary.*} metadata; see {@link DescriptionCodec}. Immutable.
 *
 * @param architecture the network
 * @param task what it answers
 * @param labels class names, or none
 * @param signature the ONNX file's inputs and outputs
 * @param provenance data, seed, options and versions
 * @param evidence measured scores and parity
 */
public record ModelDescription(
    Architecture architecture,
    Task task,
    Labels labels,
    Signature signature,
    Provenance provenance,
    Evidence evidence) {
  /**
   * What was measured.
   *
   * @param scores metric name to value, such as {@code accuracy} to 0.8607
   * @param parity ONNX Runtime against the trainer, once the model is exported
   */
  public record Evidence(SortedMap<String, Double> scores, Optional<Parity> parity) {
    /** Nothing measured yet. */
    public static final Evidence NONE = new Evidence(new TreeMap<>(), Optional.empty());

    /** Copies the scores. */
    public Evidence {
      scores = Collections.unmodifiableSortedMap(new TreeMap<>(scores));
    }
  }

  /** The same model with these scores. */
  public ModelDescription withScores(Map<String, Double> scores) {
    return with(new Evidence(new TreeMap<>(scores), evidence.parity()));
  }

  /** The same model with this parity. */
  public ModelDescription withParity(Parity parity) {
    return with(new Evidence(evidence.scores(), Optional.of(parity)));
  }

  /** The same model with other inputs and outputs of its file. */
  public ModelDescription withSignature(Signature changed) {
    return new ModelDescription(architecture, task, labels, changed, provenance, evidence);
  }

  private ModelDescription with(Evidence changed) {
    return new ModelDescription(architecture, task, labels, signature, provenance, changed);
  }
}
