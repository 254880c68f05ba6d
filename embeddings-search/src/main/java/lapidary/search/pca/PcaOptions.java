package lapidary.search.pca;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import lapidary.models.InvalidInputException;

/**
 * What to keep of the principal components and how. Exactly one of {@code components} and {@code variance} is given.
 *
 * @param components the number of components to keep, at least 1
 * @param variance the share of the total variance to explain at least, above 0 and at most 1
 * @param centred whether the mean is subtracted first; without it, "variance" means the second moment about the origin
 * @param whitened whether every component is scaled to variance 1
 * @param seed where a randomised fit starts from; exact fits do not use it
 */
public record PcaOptions(
    OptionalInt components, OptionalDouble variance, boolean centred, boolean whitened, long seed) {
  private static final long USUAL_SEED = 42;

  /** Refuses values out of range. */
  public PcaOptions {
    if (components.isPresent() == variance.isPresent()) {
      throw new InvalidInputException(
          "PCA keeps a number of components or a share of the variance; give exactly one of the two");
    }
    if (components.orElse(1) < 1) {
      throw new InvalidInputException(
          "PCA to " + components.getAsInt() + " components; keep at least 1");
    }
    double share = variance.orElse(1);
    if (!(share > 0 && share <= 1)) {
      throw new InvalidInputException(
          "PCA to a share of " + share + " of the variance; give a share above 0 and at most 1");
    }
  }

  /** Keeps this many components; centred, not whitened. */
  public static PcaOptions keeping(int components) {
    return new PcaOptions(
        OptionalInt.of(components), OptionalDouble.empty(), true, false, USUAL_SEED);
  }

  /** Keeps the fewest components that explain at least this share of the variance, in (0, 1]; centred, not whitened. */
  public static PcaOptions explaining(double share) {
    return new PcaOptions(OptionalInt.empty(), OptionalDouble.of(share), true, false, USUAL_SEED);
  }

  /** The same, without subtracting the mean. */
  public PcaOptions notCentred() {
    return new PcaOptions(components, variance, false, whitened, seed);
  }

  /** The same, with every component scaled to variance 1. */
  public PcaOptions whitening() {
    return new PcaOptions(components, variance, centred, true, seed);
  }

  /** The same, with another seed for a randomised fit. */
  public PcaOptions seeded(long other) {
    return new PcaOptions(components, variance, centred, whitened, other);
  }
}
