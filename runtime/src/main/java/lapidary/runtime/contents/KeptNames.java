package lapidary.runtime.contents;

import java.io.IOException;
import lapidary.models.InvalidInputException;
import lapidary.runtime.check.OnnxFields;

/** Reads names as long as there is room for them, whatever the file has in it. Not thread-safe. */
final class KeptNames {
  /** What a text of no length takes in memory, in bytes. */
  private static final int OVERHEAD = 64;

  private final String source;
  private long left;

  KeptNames(String source, long most) {
    this.source = source;
    this.left = most;
  }

  /** The text in the present field. */
  String text(OnnxFields fields) throws IOException {
    left -= fields.length() + OVERHEAD;
    if (left < 0) {
      throw new InvalidInputException(
          source + " has too many names of tensors and nodes to be counted; export it again with"
              + " shorter ones");
    }
    return fields.text();
  }
}
