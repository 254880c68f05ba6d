package lapidary.runtime;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import lapidary.models.ElementType;
import lapidary.models.IdVocabulary;

/**
 * Raw ids as one input of a model takes them, int64 or string. An id that is not in the vocabulary stays unknown: it is sent as one
 * that the file does not know either. Immutable; its array is shared with tensors, which never change.
 */
final class IdColumn {
  private final Object ids;
  private final int count;

  private IdColumn(Object ids, int count) {
    this.ids = ids;
    this.count = count;
  }

  static IdColumn of(IdVocabulary known, List<String> ids) {
    return known.integers()
        ? of(ids.stream().mapToLong(known::toLong).toArray())
        : new IdColumn(ids.toArray(String[]::new), ids.size());
  }

  static IdColumn of(long[] ids) {
    return new IdColumn(ids, ids.length);
  }

  /** Every known id, in the order of their rows. */
  static IdColumn all(IdVocabulary known) {
    return of(known, known.ids());
  }

  /** One id, again and again. */
  static IdColumn repeated(IdVocabulary known, String id, int count) {
    if (!known.integers()) {
      return of(known, Collections.nCopies(count, id));
    }
    long[] ids = new long[count];
    Arrays.fill(ids, known.toLong(id));
    return of(ids);
  }

  int count() {
    return count;
  }

  /** Ids {@code from} (inclusive) to {@code to} (exclusive) as a tensor [to − from]. */
  Tensor tensor(int from, int to) {
    long[] shape = {to - from};
    return ids instanceof long[] longs
        ? Tensor.owning(ElementType.INT64, Arrays.copyOfRange(longs, from, to), shape)
        : Tensor.owning(ElementType.STRING, Arrays.copyOfRange((String[]) ids, from, to), shape);
  }
}
