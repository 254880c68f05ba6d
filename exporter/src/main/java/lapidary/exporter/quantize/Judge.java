package lapidary.exporter.quantize;

import java.util.Locale;
import lapidary.runtime.Model;

/** Says how much worse a file in fewer bits answers than the one it was made of, on rows that nothing else was chosen by. */
@FunctionalInterface
public interface Judge {
  /** Measures both; neither is closed. */
  Verdict judge(Model before, Model after);

  /**
   * What was measured.
   *
   * @param metric such as {@code accuracy}
   * @param before of the file in 32 bits
   * @param after of the file in fewer
   * @param drop how much worse that is: points of a share, relative of an error; below 0 where it is better
   */
  record Verdict(String metric, double before, double after, double drop) {
    /** Of a share of right answers, 0 to 1. */
    public static Verdict ofShare(String metric, double before, double after) {
      return new Verdict(metric, before, after, before - after);
    }

    /** Of an error, 0 or more, that is to be small. */
    public static Verdict ofError(String metric, double before, double after) {
      return new Verdict(metric, before, after, before == 0 ? after : after / before - 1);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s is %.4f and in 32 bits %.4f", metric, after, before);
    }
  }
}
