package lapidary.trainer.data.ratings;

import java.util.regex.Pattern;
import lapidary.models.InvalidInputException;
import lapidary.trainer.data.RandomSplit;

/** How ratings are divided into training and validation. */
public sealed interface RatingSplit {
  /** A random part is set aside. */
  record ByChance(RandomSplit part) implements RatingSplit {}

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
