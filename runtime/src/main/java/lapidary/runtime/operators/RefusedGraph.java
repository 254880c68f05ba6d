package lapidary.runtime.operators;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A part of a graph that the checked list does not have. The message says which and why. */
final class RefusedGraph extends Exception {
  private static final long serialVersionUID = 1L;

  /** Whether it holds for whatever sizes: nothing becomes smaller when open ones are given. */
  private final boolean whatever;

  RefusedGraph(String why) {
    this(why, false);
  }

  private RefusedGraph(String why, boolean whatever) {
    super(why, null, false, false);
    this.whatever = whatever;
  }

  boolean isWhatever() {
    return whatever;
  }

  /** Holds if a size that is asked for is no larger than any tensor's. */
  static void requireSize(double size) throws RefusedGraph {
    if (size > Integer.MAX_VALUE) {
      throw new RefusedGraph("asks for a size of " + (long) size, true);
    }
  }

  /** @param about what stands for {@code %s}: texts are put together only when they are told, for opening is to be quick */
  static void require(boolean holds, String otherwise, @Nullable Object... about)
      throws RefusedGraph {
    if (!holds) {
      throw new RefusedGraph(String.format(Locale.ROOT, otherwise, about));
    }
  }

  /** What is there, or a refusal. */
  static <T> T present(@Nullable T value, String otherwise, @Nullable Object... about)
      throws RefusedGraph {
    if (value == null) {
      throw new RefusedGraph(String.format(Locale.ROOT, otherwise, about));
    }
    return value;
  }
}
