package lapidary.search;

import java.util.Optional;
import java.util.regex.Pattern;
import lapidary.models.InvalidInputException;

/**
 * Where the vectors of a collection come from. Vectors of another model or another output mean something else, so they are
 * refused. Immutable, thread-safe.
 *
 * @param sha256 digest of the model's file, 64 lower-case hexadecimal digits; empty if the vectors come from elsewhere
 * @param file the model's file as it was given when the collection was made, if it came from a file
 * @param output the name of the model's output, such as {@code features}
 * @param width values of one vector of that output
 */
public record IndexedModel(String sha256, Optional<String> file, String output, int width) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int MAX_WIDTH = 1 << 16;

  /** Refuses what is not a digest, and a width out of range. */
  public IndexedModel {
    if (!sha256.isEmpty() && !SHA256.matcher(sha256).matches()) {
      throw new InvalidInputException("\"" + sha256
          + "\" is not a SHA-256 digest of a model; give 64 lower-case hexadecimal digits");
    }
    if (width < 1 || width > MAX_WIDTH) {
      throw new InvalidInputException(
          "model output " + output + " of width " + width + "; give 1 to " + MAX_WIDTH);
    }
  }

  /** Vectors of a width that come from elsewhere: no model here makes them. */
  public static IndexedModel none(int width) {
    return new IndexedModel("", Optional.empty(), "vector", width);
  }

  /** Whether a model is known. */
  public boolean isKnown() {
    return !sha256.isEmpty();
  }

  /** Whether vectors of the other are as wide and mean the same. */
  boolean sameKindAs(IndexedModel other) {
    return width == other.width && sha256.equals(other.sha256) && output.equals(other.output);
  }

  /** Whether vectors of {@code other} mean the same: the same model's file and output. */
  boolean sameAs(String otherSha256, String otherOutput) {
    return isKnown() && sha256.equals(otherSha256) && output.equals(otherOutput);
  }
}
