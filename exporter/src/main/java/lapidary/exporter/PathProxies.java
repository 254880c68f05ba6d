package lapidary.exporter;

import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.BlockList;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Recording proxies in the place of child blocks: in the child lists of {@link AbstractBlock}s and in fields declared as
 * {@link Block}. Afterwards every child is put back. Nobody else may run the block meanwhile.
 */
final class PathProxies {
  /** What a field held before. */
  private record Held(Field field, Block owner, Object content) {}

  private final BlockPaths paths;
  private final Deque<Held> held = new ArrayDeque<>();

  private PathProxies(BlockPaths paths) {
    this.paths = paths;
  }

  /** Runs a forward pass with proxies in the place of the children of {@code root} and below. */
  static <T> T during(BlockPaths paths, BlockPaths.Place root, Supplier<T> forward) {
    PathProxies proxies = new PathProxies(paths);
    try {
      proxies.install(root);
      return forward.get();
    } finally {
      proxies.putBack();
    }
  }

  private void install(BlockPaths.Place root) {
    try {
      installBelow(root);
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      // Without reflective access paths are read off the call stack.
      putBack();
    }
  }

  private void installBelow(BlockPaths.Place place) throws ReflectiveOperationException {
    for (BlockPaths.Place child : place.children()) {
      installBelow(child);
    }
    if (place.block() instanceof AbstractBlock block && !place.children().isEmpty()) {
      swapFields(place, block);
      swapList(place, block);
    }
  }

  private void swapList(BlockPaths.Place place, AbstractBlock block)
      throws ReflectiveOperationException {
    BlockList recording = new BlockList();
    List<String> names = block.getChildren().keys();
    for (int i = 0; i < names.size(); i++) {
      recording.add(names.get(i), recorder(place.children().get(i)));
    }
    swap(AbstractBlock.class.getDeclaredField("children"), block, recording);
  }

  private void swapFields(BlockPaths.Place place, AbstractBlock block)
      throws ReflectiveOperationException {
    for (Class<?> type = block.getClass();
        type != AbstractBlock.class;
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (isSwappable(field)) {
          field.setAccessible(true);
          Optional<BlockPaths.Place> child = childHeldBy(field, place);
          if (child.isPresent()) {
            swap(field, block, recorder(child.get()));
          }
        }
      }
    }
  }

  private static boolean isSwappable(Field field) {
    return field.getType() == Block.class
        && !Modifier.isStatic(field.getModifiers())
        && !Modifier.isFinal(field.getModifiers());
  }

  private static Optional<BlockPaths.Place> childHeldBy(Field field, BlockPaths.Place place)
      throws IllegalAccessException {
    Object content = field.get(place.block());
    return place.children().stream().filter(child -> child.block() == content).findFirst();
  }

  private void swap(Field field, Block owner, Object content) throws IllegalAccessException {
    field.setAccessible(true);
    held.push(new Held(field, owner, field.get(owner)));
    field.set(owner, content);
  }

  private Block recorder(BlockPaths.Place place) {
    return (Block) Proxy.newProxyInstance(
        PathProxies.class.getClassLoader(),
        new Class<?>[] {Block.class},
        new Recorder(paths, place));
  }

  private void putBack() {
    while (!held.isEmpty()) {
      Held last = held.pop();
      try {
        last.field().set(last.owner(), last.content());
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("a field that was set can be set again", e);
      }
    }
  }

  /** Notes when a child block runs. */
  record Recorder(BlockPaths paths, BlockPaths.Place place) implements InvocationHandler {
    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] given)
        throws Throwable {
      Object[] arguments = given == null ? new Object[0] : given;
      if (!method.getName().startsWith("forward")) {
        return TracedArray.invoke(method, place.block(), arguments);
      }
      paths.enter(place);
      try {
        return TracedArray.invoke(method, place.block(), arguments);
      } catch (RuntimeException e) {
        paths.fail();
        throw e;
      } finally {
        paths.leave();
      }
    }
  }
}
