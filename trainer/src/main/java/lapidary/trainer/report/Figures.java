package lapidary.trainer.report;

import java.util.Locale;

/** How the report writes numbers. */
final class Figures {
  private Figures() {}

  /** Four significant digits, such as {@code 0.3127} or {@code 12.41}; huge and tiny ones with an exponent. */
  static String of(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e6)) {
      return Double.isInfinite(value) ? (value > 0 ? "∞" : "−∞") : Scale.scientific(value);
    }
    int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    return Double.isNaN(value) ? "NaN" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A share of 1 in percent with one decimal; a dash where there is not one. */
  static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** Seconds, with minutes and hours when there are any. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
