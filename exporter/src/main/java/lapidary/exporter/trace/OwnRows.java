package lapidary.exporter.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.internal.NDArrayEx;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import lapidary.models.NearestName;

/**
 * Rows of a user's own, each for an operation that its signature names, such as {@code NDArray.gammaln()}. Immutable.
 *
 * @param bySignature the rows by the signature of what they write down
 */
public record OwnRows(SortedMap<String, Operator> bySignature) {
  /** No rows. */
  public static final OwnRows NONE = new OwnRows(Collections.emptySortedMap());

  private static final List<String> SIGNATURES = Stream.of(NDArray.class, NDArrayEx.class)
      .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
      .filter(method -> !method.isSynthetic())
      .map(Reflective::signature)
      .sorted()
      .toList();

  /** Copies the rows; refuses signatures of no method. */
  public OwnRows {
    bySignature = Collections.unmodifiableSortedMap(new TreeMap<>(bySignature));
    for (String signature : bySignature.keySet()) {
      if (!SIGNATURES.contains(signature)) {
        throw NearestName.unknown("method of NDArray or NDArrayEx", signature, SIGNATURES);
      }
    }
  }

  /** The same and one more, which takes the place of an earlier one. */
  public OwnRows with(String signature, Operator row) {
    SortedMap<String, Operator> more = new TreeMap<>(bySignature);
    more.put(signature, row);
    return new OwnRows(more);
  }

  /** These before the rows of a table, for one export. */
  public OwnRowsFirst before(Operators table) {
    return new OwnRowsFirst(this, table);
  }
}
