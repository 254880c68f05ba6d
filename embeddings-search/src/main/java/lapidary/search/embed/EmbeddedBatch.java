package lapidary.search.embed;

import java.util.List;
import lapidary.models.InvalidInputException;

/**
 * What became of consecutive pictures. Immutable.
 *
 * @param pictures how many there were
 * @param embedded those that have a vector, in order
 * @param refused why the others have none, in order
 */
public record EmbeddedBatch(
    int pictures, List<EmbeddedPicture> embedded, List<InvalidInputException> refused) {
  /** Copies. */
  public EmbeddedBatch {
    embedded = List.copyOf(embedded);
    refused = List.copyOf(refused);
  }
}
