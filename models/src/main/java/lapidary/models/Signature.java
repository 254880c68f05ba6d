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
    inputs.forEach(input -> requireNew(names, input.name()));
    outputs.forEach(output -> requireNew(names, output.name()));
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
