package lapidary.search.store;

/** One of the changes that are made together. Immutable, thread-safe. */
public sealed interface Edit {
  /** The item that it is about. */
  String id();

  /**
   * An item is put, in the place of an earlier one of its id.
   *
   * @param entry the item
   */
  record Put(Entry entry) implements Edit {
    @Override
    public String id() {
      return entry.item().id();
    }
  }

  /**
   * An item is removed, if it is there.
   *
   * @param id of the item
   */
  record Remove(String id) implements Edit {}

  /**
   * What edits came to.
   *
   * @param changes what to hand to {@link VectorStore#commit}
   * @param put how many items were put
   * @param removed how many were there and are not any more
   */
  record Made(Changes changes, int put, int removed) {}
}
