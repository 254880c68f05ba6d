package lapidary.trainer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** How an axis maps values to places, and where it puts its ticks. */
public enum Scale {
  /** Equal steps for equal differences. */
  LINEAR {
    @Override
    double place(double value) {
      return value;
    }

    @Override
    List<Tick> ticks(double low, double high) {
      return evenTicks(low, high, 0);
    }
  },
  /** As linear, with whole numbers only: epochs, steps. */
  COUNT {
    @Override
    double place(double value) {
      return value;
    }

    @Override
    List<Tick> ticks(double low, double high) {
      return evenTicks(low, high, 1);
    }
  },
  /** Equal steps for equal ratios; values of 0 and below have no place. */
  LOG {
    @Override
    double place(double value) {
      return value > 0 ? Math.log10(value) : Double.NaN;
    }

    @Override
    List<Tick> ticks(double low, double high) {
      return high - low < 1.5
          ? fineTicks(low, high, Scale::scientific)
          : decades(low, high, Scale::scientific);
    }
  },
  /** As logarithmic, with numbers written out: prices, ratios. */
  MAGNITUDE {
    @Override
    double place(double value) {
      return LOG.place(value);
    }

    @Override
    List<Tick> ticks(double low, double high) {
      if (high - low < 0.8) {
        return evenTicks(Math.pow(10, low), Math.pow(10, high), 0).stream()
            .map(tick -> new Tick(place(tick.place()), tick.label()))
            .toList();
      }
      return high - low < 2.5
          ? fineTicks(low, high, Scale::plain)
          : decades(low, high, Scale::plain);
    }
  };

  /** About this many ticks fit an axis. */
  private static final int TICKS = 6;

  /**
   * A labelled place.
   *
   * @param place where, as {@link #place} gives it
   */
  record Tick(double place, String label) {}

  /** The place of a value; NaN if it has none. */
  abstract double place(double value);

  /** A value as a tooltip shows it. */
  String label(double value) {
    return switch (this) {
      case COUNT -> Long.toString(Math.round(value));
      case MAGNITUDE -> plain(value);
      default -> scientific(value);
    };
  }

  /** Ticks between two places. */
  abstract List<Tick> ticks(double low, double high);

  /** Steps of 1, 2 or 5 times a power of ten (Heckbert 1990, Nice numbers for graph labels). */
  private static List<Tick> evenTicks(double low, double high, double leastStep) {
    double rough = (high - low) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double nice = rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10;
    double step = Math.max(nice * power, leastStep);
    List<Tick> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.add(new Tick(i * step, even(i * step, step)));
    }
    return ticks;
  }

  private static String even(double value, double step) {
    if (step < 1e-4) {
      return value == 0 ? "0" : scientific(value);
    }
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    return grouped(value, decimals);
  }

  private static String grouped(double value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value).replace(',', '\u2009');
  }

  /** A number as people write it; huge and tiny ones with an exponent. */
  private static String plain(double value) {
    boolean written = value >= 1e-3 && value < 1e9;
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(value) - 1e-9));
    return written ? grouped(value, decimals) : scientific(value);
  }

  private static List<Tick> decades(double low, double high, DoubleFunction<String> label) {
    int step = (int) Math.ceil((high - low) / 10);
    List<Tick> ticks = new ArrayList<>();
    for (int exponent = (int) Math.ceil(low - 1e-9); exponent <= high + 1e-9; exponent += step) {
      ticks.add(new Tick(exponent, label.apply(Math.pow(10, exponent))));
    }
    return ticks;
  }

  private static List<Tick> fineTicks(double low, double high, DoubleFunction<String> label) {
    List<Tick> ticks = new ArrayList<>();
    for (int exponent = (int) Math.floor(low); exponent <= high; exponent++) {
      for (int digit : new int[] {1, 2, 5}) {
        double value = digit * Math.pow(10, exponent);
        if (Math.log10(value) >= low - 1e-9 && Math.log10(value) <= high + 1e-9) {
          ticks.add(new Tick(Math.log10(value), label.apply(value)));
        }
      }
    }
    return ticks;
  }

  /** Such as {@code 2e-3} or {@code 1.5e-5}: what is typed as a learning rate. */
  static String scientific(double value) {
    String text = String.format(Locale.ROOT, "%.2e", value);
    int e = text.indexOf('e');
    String digits = text.substring(0, e).replaceAll("\\.?0+$", "");
    int exponent = Integer.parseInt(text.substring(e + 1));
    return exponent == 0 ? digits : digits + "e" + exponent;
  }
}
