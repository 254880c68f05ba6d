package lapidary.search;

import java.util.Optional;

/** Something that hits shall be like, or unlike: an item of the collection or a vector. Immutable, thread-safe. */
public final class Example {
  private final Optional<String> id;
  private final float[] vector;

  private Example(Optional<String> id, float[] vector) {
    this.id = id;
    this.vector = vector;
  }

  /** An item of the collection. */
  public static Example item(String id) {
    return new Example(Optional.of(id), new float[0]);
  }

  /**
   * A vector.
   *
   * @param vector as the model gives it, [width]; copied
   */
  public static Example vector(float[] vector) {
    return new Example(Optional.empty(), vector.clone());
  }

  /** Of the item that it is, if it is one. */
  Optional<String> id() {
    return id;
  }

  /** It as it is compared, [dimensions]. */
  float[] in(Search search) {
    return id.map(search::vector).orElseGet(() -> search.reduced(vector));
  }
}
