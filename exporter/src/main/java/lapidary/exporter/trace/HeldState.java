package lapidary.exporter.trace;

import ai.djl.nn.Block;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a block, its children and what they keep (arrays, collections, objects of their own packages) hold between forward passes.
 * A pass of an export works with arrays that end with it; whatever a block keeps of them, such as a mask that it makes once, is
 * taken out again, so that the block is as it was. Nobody else may run the block meanwhile.
 */
final class HeldState {
  private static final int LONGEST_ARRAY = 1 << 16;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Runnable> restorers = new ArrayList<>();

  private HeldState() {}

  static HeldState of(Block block) {
    HeldState state = new HeldState();
    state.visit(block, block);
    return state;
  }

  /** Runs a forward pass and puts back what it changes, whatever happens. */
  <T> T during(Supplier<T> forward) {
    try {
      return forward.get();
    } finally {
      restorers.forEach(Runnable::run);
    }
  }

  /** Notes what an object holds, if it is a block, a container, or of the package of the block that has it. */
  private void visit(@Nullable Object object, Object owner) {
    if (object == null || !isState(object, owner) || !seen.add(object)) {
      return;
    }
    if (object.getClass().isArray()) {
      visitArray(object, owner);
    } else if (object instanceof Collection<?> collection) {
      visitCollection(collection, owner);
    } else if (object instanceof Map<?, ?> map) {
      visitMap(map, owner);
    } else if (object instanceof AtomicReference<?> reference) {
      visitReference(reference, owner);
    } else {
      visitFields(object);
    }
  }

  private static boolean isState(Object object, Object owner) {
    Class<?> type = object.getClass();
    boolean container = type.isArray()
        || object instanceof Collection
        || object instanceof Map
        || object instanceof AtomicReference;
    return container || object instanceof Block || isPartOf(type, owner.getClass());
  }

  /** Of what a lambda captures only containers and lambdas are a block's state; the rest is the program around it. */
  private static boolean isPartOf(Class<?> type, Class<?> owner) {
    boolean together = type.getPackageName().equals(owner.getPackageName());
    return type.isHidden() || (together && !owner.isHidden() && !type.isEnum());
  }

  private void visitArray(Object array, Object owner) {
    int length = Array.getLength(array);
    if (length > LONGEST_ARRAY) {
      return;
    }
    Object copy = Array.newInstance(array.getClass().getComponentType(), length);
    System.arraycopy(array, 0, copy, 0, length);
    restorers.add(() -> System.arraycopy(copy, 0, array, 0, length));
    if (array instanceof Object[] elements) {
      for (Object element : elements) {
        visit(element, owner);
      }
    }
  }

  private <T> void visitCollection(Collection<T> collection, Object owner) {
    List<T> copy = new ArrayList<>(collection);
    restorers.add(() -> {
      if (!arePlain(collection) && !sameObjects(copy, collection)) {
        collection.clear();
        collection.addAll(copy);
      }
    });
    copy.forEach(element -> visit(element, owner));
  }

  private <K, V> void visitMap(Map<K, V> map, Object owner) {
    Map<K, V> copy = new LinkedHashMap<>(map);
    restorers.add(() -> {
      if (!arePlain(map.values()) && !sameObjects(copy.values(), map.values())) {
        map.clear();
        map.putAll(copy);
      }
    });
    copy.values().forEach(value -> visit(value, owner));
  }

  private <T> void visitReference(AtomicReference<T> reference, Object owner) {
    T held = reference.get();
    restorers.add(() -> reference.set(held));
    visit(held, owner);
  }

  /** Whether these are texts and numbers, such as a log, which outlive a pass. */
  private static boolean arePlain(Collection<?> elements) {
    return elements.stream()
        .allMatch(
            element -> element == null || element.getClass().getName().startsWith("java.lang."));
  }

  private static boolean sameObjects(Collection<?> left, Collection<?> right) {
    List<?> others = new ArrayList<>(right);
    int at = 0;
    for (Object element : left) {
      if (at == others.size() || element != others.get(at++)) {
        return false;
      }
    }
    return at == others.size();
  }

  private void visitFields(Object object) {
    for (Class<?> type = object.getClass();
        type != null && !type.getName().startsWith("java.");
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
          visitField(field, object);
        }
      }
    }
  }

  private void visitField(Field field, Object object) {
    try {
      field.setAccessible(true);
      Object held = field.get(object);
      if (!Modifier.isFinal(field.getModifiers())) {
        restorers.add(() -> put(field, object, held));
      }
      visit(held, object);
    } catch (InaccessibleObjectException | IllegalAccessException e) {
      // A module that does not open its packages keeps its state to itself.
    }
  }

  private static void put(Field field, Object object, @Nullable Object held) {
    try {
      field.set(object, held);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a field that was read can be set", e);
    }
  }
}
