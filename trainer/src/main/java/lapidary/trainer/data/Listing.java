package lapidary.trainer.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A row of the list of known data sets.
 *
 * @param name the name to give
 * @param found where it was found, {@code embedded}, or empty if it is not on this machine
 * @param licence the licence its publisher states
 * @param description what it holds, in one line
 * @param train number of training images, where it is of images in one file
 * @param test number of test images, likewise
 */
public record Listing(
    String name,
    Optional<String> found,
    String licence,
    String description,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt train,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalInt test) {
  /** A data set that is not counted here. */
  public Listing(String name, Optional<String> found, String licence, String description) {
    this(name, found, licence, description, OptionalInt.empty(), OptionalInt.empty());
  }
}
