package lapidary.search.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lapidary.search.store.AttributeValue;

/** A code for each item of a {@link Space}, one byte, and what the codes mean. Immutable, thread-safe. */
public final class Colouring {
  private final Legend legend;
  private final byte[] codes;

  /** Takes over codes that nobody else keeps. */
  Colouring(Legend legend, byte[] codes) {
    this.legend = legend;
    this.codes = codes;
  }

  /**
   * Codes for values.
   *
   * @param values one an item; empty for none
   */
  public static Colouring of(List<Optional<AttributeValue.Single>> values) {
    Map<AttributeValue.Single, List<Integer>> places = IntStream.range(0, values.size())
        .boxed()
        .filter(i -> values.get(i).isPresent())
        .collect(Collectors.groupingBy(
            i -> values.get(i).orElseThrow(), LinkedHashMap::new, Collectors.toList()));
    Painter painter = new Painter(values.size());
    places.forEach((value, at) ->
        painter.value(value, at.stream().mapToInt(Integer::intValue).toArray()));
    return painter.paint();
  }

  /** What the codes mean. */
  public Legend legend() {
    return legend;
  }

  /** The codes from an item on, {@code count} at most, a byte each; a copy. */
  public byte[] codes(int from, int count) {
    return Pieces.of(codes, 1, from, count);
  }
}
