package lapidary.exporter.trace;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A user's rows before those of a table; knows which of them were called. For one export, not thread-safe. */
public final class OwnRowsFirst implements Operators {
  private final OwnRows own;
  private final Operators table;
  private final Set<String> called = new TreeSet<>();

  OwnRowsFirst(OwnRows own, Operators table) {
    this.own = own;
    this.table = table;
  }

  @Override
  public @Nullable Operator find(Method method) {
    String signature = Reflective.signature(method);
    Operator row = own.bySignature().get(signature);
    return row == null
        ? table.find(method)
        : call -> {
          called.add(signature);
          return new OwnRow(signature, row).trace(call);
        };
  }

  /** Whether one of them was called. */
  public boolean wereCalled() {
    return !called.isEmpty();
  }

  /** The signatures of those that were not called. */
  public Set<String> notCalled() {
    Set<String> rest = new TreeSet<>(own.bySignature().keySet());
    rest.removeAll(called);
    return rest;
  }
}
