package lapidary.search;

import java.io.UncheckedIOException;
import java.util.function.Supplier;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.search.store.Thumbnail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What fails although the caller's input was accepted before: it is not the caller's fault, and names folders of the server, so that the log
 * has it and the caller a sentence. Stateless.
 */
final class OwnFault {
  private static final Logger LOG = LoggerFactory.getLogger(OwnFault.class);

  private OwnFault() {}

  static <T> T changing(String collection, Supplier<T> change) {
    try {
      return change.get();
    } catch (InvalidInputException | EnvironmentException | UncheckedIOException e) {
      LOG.error("collection {} cannot be changed", collection, e);
      throw new EnvironmentException(
          "collection " + collection
              + " cannot be changed now, the server's log says why; try again later",
          e);
    }
  }

  /** A picture is checked when it is read. */
  static Thumbnail picture(Collection collection, String id) {
    try {
      return collection.thumbnail(id);
    } catch (InvalidInputException e) {
      String name = collection.spec().name();
      LOG.error("collection {} cannot be read", name, e);
      throw new EnvironmentException(
          "the thumbnail of \"" + id + "\" in collection " + name
              + " cannot be read, the server's log says why",
          e);
    }
  }
}
