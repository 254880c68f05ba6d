package lapidary.trainer.network;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.util.Pair;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * PyTorch's names for a DJL block's parameters: {@code lin1.weight}, {@code layer1.0.bn1.running_mean}; children of a
 * {@link SequentialBlock} are numbered from 0. DJL's own names carry a two-digit number before each child.
 */
final class ParameterNames {
  private static final Map<Parameter.Type, String> RENAMED = Map.of(
      Parameter.Type.GAMMA, "weight",
      Parameter.Type.BETA, "bias",
      Parameter.Type.RUNNING_MEAN, "running_mean",
      Parameter.Type.RUNNING_VAR, "running_var");

  private final Map<String, Parameter> byName = new LinkedHashMap<>();
  private final Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private ParameterNames() {}

  /** The parameters in the order of the block; a shared one once, under its first name. */
  static Map<String, Parameter> of(Block block) {
    ParameterNames names = new ParameterNames();
    names.walk(block, "");
    return Collections.unmodifiableMap(names.byName);
  }

  private void walk(Block block, String prefix) {
    for (Pair<String, Parameter> own : block.getDirectParameters()) {
      Parameter parameter = own.getValue();
      if (seen.add(parameter)) {
        byName.put(prefix + RENAMED.getOrDefault(parameter.getType(), own.getKey()), parameter);
      }
    }
    int index = 0;
    for (Pair<String, Block> child : block.getChildren()) {
      String name = block instanceof SequentialBlock
          ? Integer.toString(index)
          : child.getKey().substring(2);
      walk(child.getValue(), prefix + name + ".");
      index++;
    }
  }
}
