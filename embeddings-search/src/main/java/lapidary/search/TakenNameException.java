package lapidary.search;

/** A collection was to be made under the name of one that is there and is not made alike. The message says what to do. */
public final class TakenNameException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  TakenNameException(String collection) {
    super("collection " + collection
        + " is there and was made otherwise; drop it first, or choose another name");
  }
}
