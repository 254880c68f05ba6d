package lapidary.runtime.operators;

import org.jspecify.annotations.Nullable;

/** A part of a graph that the checked list does not have. The message says which and why. */
final class RefusedGraph extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedGraph(String why) {
    super(why, null, false, false);
  }

  static void require(boolean holds, String otherwise) throws RefusedGraph {
    if (!holds) {
      throw new RefusedGraph(otherwise);
    }
  }

  /** What is there, or a refusal. */
  static <T> T present(@Nullable T value, String otherwise) throws RefusedGraph {
    if (value == null) {
      throw new RefusedGraph(otherwise);
    }
    return value;
  }
}
