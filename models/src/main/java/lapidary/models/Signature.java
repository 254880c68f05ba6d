package lapidary.models;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What goes into an ONNX file and what comes out. Immutable.
 *
 * @param inputs raw inputs in the order of the block's inputs
 * @param outputs named outputs
 */
public record Signature(List<Input> inputs, List<Output> outputs) {
  /** Copies the lists; refuses none and repeated names. */
  public Signature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw new InvalidInputException("a signature needs at least one input and one output");
    }
    Set<String> names = new HashSet<>();
    inputs.forEach(input -> requireNew(names, input.tensor()));
    outputs.forEach(output -> requireNew(names, output.name()));
  }

  /** An image's pixels to {@code logits} and {@code probabilities}, both of output 0 of the block: a classifier. */
  public static Signature ofClasses(ImageInput image) {
    return new Signature(
        List.of(image),
        List.of(Output.of(Output.LOGITS, 0), Output.softmax(Output.PROBABILITIES, 0)));
  }

  /** User and item ids to a rating, output 0 of the block: the first file of a recommender. */
  public static Signature ofRatings(IdVocabulary users, IdVocabulary items) {
    return new Signature(
        List.of(new IdInput(IdInput.USER, users), new IdInput(IdInput.ITEM, items)),
        List.of(Output.of(Output.RATING, 0)));
  }

  /** Item ids to embedding and bias, outputs 0 and 1 of the block: the second file of a recommender. */
  public static Signature ofItems(IdVocabulary items) {
    return new Signature(
        List.of(new IdInput(IdInput.ITEM, items)),
        List.of(Output.of(Output.EMBEDDING, 0), Output.of(Output.BIAS, 1)));
  }

  /** The input of ids with this name, if there is one. */
  public Optional<IdInput> ids(String name) {
    return inputs.stream()
        .filter(input -> input.name().equals(name))
        .filter(IdInput.class::isInstance)
        .map(IdInput.class::cast)
        .findFirst();
  }

  /** The inputs that are columns of a table, in their order. */
  public List<ColumnInput> columns() {
    return inputs.stream()
        .filter(ColumnInput.class::isInstance)
        .map(ColumnInput.class::cast)
        .toList();
  }

  /** The first image input, if there is one. */
  public Optional<ImageInput> image() {
    return inputs.stream()
        .filter(ImageInput.class::isInstance)
        .map(ImageInput.class::cast)
        .findFirst();
  }

  /** Whether an output has this name. */
  public boolean hasOutput(String name) {
    return outputs.stream().anyMatch(output -> output.name().equals(name));
  }

  private static void requireNew(Set<String> names, String name) {
    if (!names.add(name)) {
      throw new InvalidInputException(
          "two tensors are named " + name + "; name each input and output once");
    }
  }
}
