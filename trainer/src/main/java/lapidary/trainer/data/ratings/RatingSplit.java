package lapidary.trainer.data.ratings;

import java.util.regex.Pattern;
import lapidary.models.InvalidInputException;

/** How ratings are divided into training and validation. */
public sealed interface RatingSplit {
  /**
   * A random part is set aside.
   *
   * @param fraction share for validation, above 0 and below 1
   * @param seed the same seed sets the same ratings aside
   */
  record Random(double fraction, long seed) implements RatingSplit {
    /** Refuses shares that leave a part empty. */
    public Random {
      if (!(fraction > 0 && fraction < 1)) {
        throw new InvalidInputException(
            "a validation share of " + fraction + " cannot be; choose one between 0 and 1");
      }
    }
  }

  /**
   * The publisher's own division: files {@code <name>.base} and {@code <name>.test}.
   *
   * @param name such as {@code u1}
   */
  record Published(String name) implements RatingSplit {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

    /** Refuses names that could leave the data's folder. */
    public Published {
      if (!NAME.matcher(name).matches()) {
        throw new InvalidInputException(
            "a split cannot be named \"" + name + "\"; MovieLens 100k has u1 to u5, ua and ub");
      }
    }
  }
}
