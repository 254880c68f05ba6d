package lapidary.exporter.trace.operators;

import ai.djl.nn.Block;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import lapidary.models.TensorInput;

/**
 * A file that agrees with its block in the runtime of this project.
 *
 * @param key the function, block or network
 * @param variant the opset, or the element type
 * @param inputs one list for each size to run it in
 * @param batch the only one, if it is not open
 * @param tolerance relative, within which it agrees
 */
record Exported(
    String key,
    String variant,
    Block block,
    List<List<TensorInput>> inputs,
    OptionalLong batch,
    Path file,
    double tolerance) {
  Exported {
    inputs = List.copyOf(inputs);
  }
}
