package lapidary.search;

/** A collection, an item or a model that was asked for by name is not there. The message names it and says how to find what is. */
public final class NotFoundException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** With a sentence. */
  public NotFoundException(String message) {
    super(message);
  }
}
