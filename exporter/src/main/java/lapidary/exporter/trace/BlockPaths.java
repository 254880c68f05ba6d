package lapidary.exporter.trace;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SymbolBlock;
import ai.djl.util.Pair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lapidary.exporter.graph.ExportException;

/**
 * Knows which block of a tree is running, as a path of child names. Where children can be swapped for recording proxies
 * ({@link PathProxies}) the answer is exact; below that it is read off the call stack and the parameter last asked for.
 * Not thread-safe.
 */
final class BlockPaths implements PathProxies.Listener {
  private final BlockPlace root;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Deque<BlockPlace> running = new ArrayDeque<>();
  private Optional<Parameter> last = Optional.empty();
  private Optional<BlockPlace> failed = Optional.empty();
  private boolean insisting;

  BlockPaths(Block block) {
    this.root = place("", block);
  }

  private BlockPlace place(String path, Block block) {
    for (Pair<String, Parameter> parameter : block.getDirectParameters()) {
      parameters.put(join(path, parameter.getKey()), parameter.getValue());
    }
    List<BlockPlace> children = new ArrayList<>();
    for (Pair<String, Block> child : block.getChildren()) {
      children.add(place(join(path, child.getKey()), child.getValue()));
    }
    return new BlockPlace(path, block, children);
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "/" + name;
  }

  /** Refuses a block whose operations are not Java's to see. */
  void requireJava() {
    root.first(SymbolBlock.class).ifPresent(place -> {
      throw Refusals.nativeProgram(place.path());
    });
  }

  /** Every parameter by its path, in the order of the tree. */
  Map<String, Parameter> parameters() {
    return parameters;
  }

  /**
   * Runs a forward pass with recording proxies in the place of children. A block that fails at the proxies, since it insists on its
   * children's classes, is begun again without them, and is not given any from then on.
   */
  <T> T whileRecording(Supplier<T> forward) {
    start();
    if (insisting) {
      return forward.get();
    }
    try {
      return PathProxies.during(this, root, forward);
    } catch (ExportException e) {
      if (!PathProxies.areNamedBy(e)) {
        throw e;
      }
      insisting = true;
      start();
      return forward.get();
    }
  }

  private void start() {
    running.clear();
    running.push(root);
    last = Optional.empty();
    failed = Optional.empty();
  }

  @Override
  public void enter(BlockPlace place) {
    running.push(place);
  }

  @Override
  public void leave() {
    running.pop();
  }

  @Override
  public void fail() {
    failed = failed.or(() -> Optional.of(running.getFirst()));
  }

  /** Where a forward pass failed. */
  Node.Place failure(Throwable thrown) {
    return failed.orElse(root).at(CallStack.lineOf(thrown));
  }

  void visit(Parameter parameter) {
    last = Optional.of(parameter);
  }

  /** The running block and the caller's line. */
  Node.Place here() {
    CallStack stack = CallStack.now();
    BlockPlace place = running.getFirst();
    List<Class<?>> below = stack.blocks();
    // The first frame is the innermost proxied block itself.
    for (Class<?> type : below.subList(Math.min(1, below.size()), below.size())) {
      Optional<BlockPlace> child = child(place, type);
      if (child.isEmpty()) {
        break;
      }
      place = child.get();
    }
    return place.at(stack.line());
  }

  private Optional<BlockPlace> child(BlockPlace place, Class<?> type) {
    List<BlockPlace> candidates = place.children().stream()
        .filter(child -> type.isInstance(child.block()))
        .toList();
    return candidates.stream()
        .filter(candidate -> last.filter(candidate::owns).isPresent())
        .findFirst()
        .or(() -> afterLast(place, candidates));
  }

  /** Of blocks without parameters, the first one after the block whose parameter was last asked for. */
  private Optional<BlockPlace> afterLast(BlockPlace place, List<BlockPlace> candidates) {
    List<BlockPlace> children = place.children();
    int from = 0;
    for (int i = 0; i < children.size(); i++) {
      if (last.filter(children.get(i)::owns).isPresent()) {
        from = i;
      }
    }
    List<BlockPlace> later = children.subList(from, children.size());
    return candidates.stream()
        .filter(candidate -> !candidate.hasParameters() && later.contains(candidate))
        .findFirst()
        .or(() -> candidates.stream().findFirst());
  }
}
