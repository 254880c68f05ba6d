package lapidary.exporter;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.Optional;
import lapidary.exporter.graph.ExportException;

/** The engine and device that a block's parameters live on. Stateless. */
final class BlockEngine {
  private BlockEngine() {}

  /** The engine that the block runs in, such as {@code PyTorch 2.7.1}. */
  static String name(Block block) {
    try (NDManager manager = manager(block)) {
      Engine engine = manager.getEngine();
      return engine.getEngineName() + " " + engine.getVersion();
    }
  }

  /** A new manager on the block's device; on the default device if the block has no parameters. The caller closes it. */
  static NDManager manager(Block block) {
    Optional<NDArray> weight = Optional.empty();
    for (Pair<String, Parameter> parameter : block.getParameters()) {
      if (!parameter.getValue().isInitialized()) {
        throw new ExportException("parameter " + parameter.getKey()
            + " has no values yet; initialize the block or load its weights before exporting");
      }
      NDArray array = parameter.getValue().getArray();
      if (array.isReleased()) {
        throw new ExportException("parameter " + parameter.getKey()
            + " is closed; export before the model or the manager that holds it is closed");
      }
      weight = Optional.of(array);
    }
    return weight
        .map(array -> array.getManager().newSubManager(array.getDevice()))
        .orElseGet(NDManager::newBaseManager);
  }
}
