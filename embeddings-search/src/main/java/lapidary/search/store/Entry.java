package lapidary.search.store;

/** An item as it is stored: with its vector of length 1 (or 0) and its picture. Immutable, thread-safe. */
public final class Entry {
  private final Item item;
  private final float[] unit;
  private final Thumbnail thumbnail;

  /**
   * An entry.
   *
   * @param unit the vector as it is compared, [dimensions]; copied
   * @param thumbnail may be {@link Thumbnail#none}
   */
  public Entry(Item item, float[] unit, Thumbnail thumbnail) {
    this.item = item;
    this.unit = unit.clone();
    this.thumbnail = thumbnail;
  }

  /** What is known of the vector. */
  public Item item() {
    return item;
  }

  /** A copy of the vector, [dimensions]. */
  public float[] unit() {
    return unit.clone();
  }

  /** The item's picture, or none. */
  public Thumbnail thumbnail() {
    return thumbnail;
  }
}
