package lapidary.search.predict;

import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Signature;

/** What a model makes whole answers of. */
public enum Takes {
  /** A picture. */
  PICTURE("a picture"),
  /** Ids of users and items. */
  PAIRS("pairs of a user and an item"),
  /** Rows of a table. */
  ROWS("rows of a table"),
  /** Only tensors: its file has no description, or none of these goes in. */
  TENSORS("tensors");

  private final String words;

  Takes(String words) {
    this.words = words;
  }

  /** For sentences, such as {@code rows of a table}. */
  public String words() {
    return words;
  }

  static Takes of(ModelDescription description) {
    Signature signature = description.signature();
    if (!signature.columns().isEmpty()) {
      return ROWS;
    }
    if (signature.hasOutput(Output.RATING)) {
      return PAIRS;
    }
    return signature.image().isPresent() ? PICTURE : TENSORS;
  }
}
