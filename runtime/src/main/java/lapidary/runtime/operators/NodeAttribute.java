package lapidary.runtime.operators;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of a node. Of texts as many as {@link #MOST_TEXTS} are kept.
 *
 * @param type AttributeProto.AttributeType as written
 * @param held a bit for each kind of value that is there, {@code 1 << type}
 * @param numbers the number or numbers
 * @param reals the real number or numbers
 * @param texts the text or texts
 * @param count how many numbers, real numbers and texts there are
 * @param tensor what is known of a tensor
 */
record NodeAttribute(
    int type,
    int held,
    List<Long> numbers,
    List<Float> reals,
    List<String> texts,
    int count,
    @Nullable Known tensor) {
  static final int FLOAT = 1;
  static final int INT = 2;
  static final int TEXT = 3;
  static final int TENSOR = 4;
  static final int FLOATS = 6;
  static final int INTS = 7;
  static final int TEXTS = 8;

  static final int MOST_TEXTS = 16;

  NodeAttribute {
    numbers = List.copyOf(numbers);
    reals = List.copyOf(reals);
    texts = List.copyOf(texts);
  }
}
