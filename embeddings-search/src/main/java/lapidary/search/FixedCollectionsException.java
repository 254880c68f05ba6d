package lapidary.search;

/** A service was asked to make or drop a collection where it may not. */
public final class FixedCollectionsException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  FixedCollectionsException() {
    super("collections are made and dropped here only in a folder for that; start the server with"
        + " --collections DIR");
  }
}
