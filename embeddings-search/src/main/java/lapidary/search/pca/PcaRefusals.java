package lapidary.search.pca;

import lapidary.models.InvalidInputException;

/** The sentences about a PCA that cannot be had. Stateless. */
final class PcaRefusals {
  private PcaRefusals() {}

  /** Refuses fewer than two rows, and more components than rows or columns. */
  static void requireSize(long rows, int columns, PcaOptions options) {
    if (rows < 2) {
      throw new InvalidInputException("PCA of " + rows + " rows; give at least 2");
    }
    int most = (int) Math.min(rows, columns);
    if (options.components().orElse(1) > most) {
      throw tooMany(options.components().getAsInt(), rows + " rows of " + columns, most);
    }
  }

  static InvalidInputException tooMany(int components, String of, int most) {
    return new InvalidInputException(
        "PCA to " + components + " components of " + of + "; keep at most " + most);
  }

  static void requireSpread(double totalVariance) {
    if (!(totalVariance > 0)) {
      throw new InvalidInputException(
          "PCA of rows that are all the same has no axes; give rows that differ");
    }
  }

  /** Refuses to divide by the deviation of components that have none. */
  static void requireVariance(Spectrum spectrum, int kept, String what) {
    int real = spectrum.rank();
    if (kept > real) {
      throw noVariance(what, kept, real);
    }
  }

  static InvalidInputException noVariance(String what, int kept, int real) {
    return new InvalidInputException(what + " to " + kept + " components divides by zero: only "
        + real + " have any variance; keep at most " + real);
  }
}
