package lapidary.exporter.trace;

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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recording proxies in the place of child blocks: in the child lists of {@link AbstractBlock}s and in fields declared as
 * {@link Block}. Afterwards every child is put back. Nobody else may run the block meanwhile.
 */
final class PathProxies {
  /** Hears which block of a tree runs. */
  interface Listener {
    /** A block begins its forward pass. */
    void enter(BlockPlace place);

    /** The block that runs throws; the innermost one does so first. */
    void fail();

    /** The block that runs has ended. */
    void leave();
  }

  /** What a field held before. */
  private record Held(Field field, Block owner, Object content) {}

  private static final int LONGEST_CHAIN = 100;

  /** The class that all proxies of {@link Block} made here share. */
  private static final Pattern NAMED = Pattern.compile(
      Pattern.quote(proxy((self, method, arguments) -> null).getClass().getName())
          + "(?!\\d)|^arraycopy: element type mismatch");

  private final Listener listener;
  private final Deque<Held> held = new ArrayDeque<>();

  private PathProxies(Listener listener) {
    this.listener = listener;
  }

  /** Runs a forward pass with proxies in the place of the children of {@code root} and below. */
  static <T> T during(Listener listener, BlockPlace root, Supplier<T> forward) {
    PathProxies proxies = new PathProxies(listener);
    try {
      proxies.install(root);
      return forward.get();
    } finally {
      proxies.putBack();
    }
  }

  /**
   * Whether a failure, or what led to it, says the class of the proxies, as the virtual machine's words for a cast do: without them
   * nobody would have met it. Of elements copied into an array of another class it says no more than that.
   */
  static boolean areNamedBy(Throwable failure) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(LONGEST_CHAIN)
        .anyMatch(cause -> NAMED.matcher(String.valueOf(cause.getMessage())).find());
  }

  private void install(BlockPlace root) {
    try {
      installBelow(root);
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      // Without reflective access paths are read off the call stack.
      putBack();
    }
  }

  private void installBelow(BlockPlace place) throws ReflectiveOperationException {
    for (BlockPlace child : place.children()) {
      installBelow(child);
    }
    if (place.block() instanceof AbstractBlock block && !place.children().isEmpty()) {
      swapFields(place, block);
      swapList(place, block);
    }
  }

  private void swapList(BlockPlace place, AbstractBlock block) throws ReflectiveOperationException {
    BlockList recording = new BlockList();
    List<String> names = block.getChildren().keys();
    for (int i = 0; i < names.size(); i++) {
      recording.add(names.get(i), recorder(place.children().get(i)));
    }
    swap(AbstractBlock.class.getDeclaredField("children"), block, recording);
  }

  private void swapFields(BlockPlace place, AbstractBlock block)
      throws ReflectiveOperationException {
    for (Class<?> type = block.getClass();
        type != AbstractBlock.class;
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (isSwappable(field)) {
          field.setAccessible(true);
          Optional<BlockPlace> child = childHeldBy(field, place);
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

  private static Optional<BlockPlace> childHeldBy(Field field, BlockPlace place)
      throws IllegalAccessException {
    Object content = field.get(place.block());
    return place.children().stream().filter(child -> child.block() == content).findFirst();
  }

  private void swap(Field field, Block owner, Object content) throws IllegalAccessException {
    field.setAccessible(true);
    held.push(new Held(field, owner, field.get(owner)));
    field.set(owner, content);
  }

  private Block recorder(BlockPlace place) {
    return proxy(new Recorder(listener, place));
  }

  private static Block proxy(InvocationHandler handler) {
    return (Block) Proxy.newProxyInstance(
        PathProxies.class.getClassLoader(), new Class<?>[] {Block.class}, handler);
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
  record Recorder(Listener listener, BlockPlace place) implements InvocationHandler {
    @Override
    public @Nullable Object invoke(Object self, Method method, Object @Nullable [] given)
        throws Throwable {
      Object[] arguments = given == null ? new Object[0] : given;
      if (!method.getName().startsWith("forward")) {
        return Reflective.invoke(method, place.block(), arguments);
      }
      listener.enter(place);
      try {
        return Reflective.invoke(method, place.block(), arguments);
      } catch (Throwable e) {
        listener.fail();
        throw e;
      } finally {
        listener.leave();
      }
    }
  }
}
