package lapidary.search.inference;

import java.util.Optional;
import java.util.regex.Pattern;
import lapidary.models.InvalidInputException;

/**
 * The model that a request asks for.
 *
 * @param name the model's name
 * @param version which one; empty for the greatest that is ready
 */
public record ModelReference(String name, Optional<Long> version) {
  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

  /** The greatest version that is ready. */
  public static ModelReference of(String name) {
    return new ModelReference(name, Optional.empty());
  }

  /**
   * As protocols write it.
   *
   * @param version a number from 1 up in digits, or nothing for the greatest that is ready
   * @throws InvalidInputException if the version is something else
   */
  public static ModelReference of(String name, String version) {
    if (version.isEmpty()) {
      return of(name);
    }
    if (!VERSION.matcher(version).matches()) {
      throw new InvalidInputException("version " + Quoted.of(version) + " of model "
          + Quoted.of(name) + " is not a number from 1 up; omit it for the newest that is ready");
    }
    return new ModelReference(name, Optional.of(Long.parseLong(version)));
  }

  /** For sentences, such as {@code model "digits", version 2}. */
  @Override
  public String toString() {
    return "model " + Quoted.of(name)
        + version.map(number -> ", version " + number).orElse("");
  }
}
