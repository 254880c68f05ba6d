package lapidary.search.space;

/** A code for each item of a {@link Space}, one byte, and what the codes mean. Immutable, thread-safe. */
public final class Colouring {
  private final Legend legend;
  private final byte[] codes;

  /** Takes over codes that nobody else keeps. */
  Colouring(Legend legend, byte[] codes) {
    this.legend = legend;
    this.codes = codes;
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
