package lapidary.models;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

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

  /**
   * A network of one's own, of which no more is told than what goes in and comes out. It is run with tensors, unless an input is an
   * image, an id or a column and an output has a name that {@link Output} knows.
   *
   * @param name any name, not blank
   * @param inputs in the order of the block's inputs
   * @param outputs which of the block's outputs are answered, under which names
   */
  public static ModelDescription custom(
      String name, List<? extends Input> inputs, List<Output> outputs) {
    if (name.isBlank()) {
      throw new InvalidInputException("a model without a name; give it one, such as \"my-net\"");
    }
    return new ModelDescription(
        new Architecture.Custom(name),
        Task.TENSORS,
        Labels.NONE,
        new Signature(List.copyOf(inputs), outputs),
        Provenance.UNKNOWN,
        Evidence.NONE);
  }

  /** The same, with a name for each of the block's outputs in their order. */
  public static ModelDescription custom(
      String name, List<? extends Input> inputs, String... outputs) {
    return custom(
        name,
        inputs,
        IntStream.range(0, outputs.length)
            .mapToObj(i -> Output.of(outputs[i], i))
            .toList());
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
