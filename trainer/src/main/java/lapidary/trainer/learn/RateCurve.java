package lapidary.trainer.learn;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a search for a learning rate saw.
 *
 * @param rates of each step, rising
 * @param losses of each step's batch
 * @param smoothed losses, by an exponential average that is corrected for its start
 */
public record RateCurve(List<Double> rates, List<Double> losses, List<Double> smoothed) {
  /** Copies the lists. */
  public RateCurve {
    rates = List.copyOf(rates);
    losses = List.copyOf(losses);
    smoothed = List.copyOf(smoothed);
  }

  /**
   * The rate in the middle of the longest fall of the smoothed loss, where it goes down steadily and is far from blowing up.
   * Empty where the loss never falls.
   */
  public OptionalDouble suggestion() {
    int[] falls = fallsUpTo();
    int end = 0;
    for (int i = 1; i < falls.length; i++) {
      end = falls[i] > falls[end] ? i : end;
    }
    if (falls.length == 0 || falls[end] < 2) {
      return OptionalDouble.empty();
    }
    int start = end - falls[end] + 1;
    return OptionalDouble.of(rates.get(start + (end - start) / 2));
  }

  /** The length of the longest falling subsequence that ends at each step. */
  private int[] fallsUpTo() {
    int[] falls = new int[smoothed.size()];
    for (int i = 0; i < falls.length; i++) {
      falls[i] = 1;
      for (int j = 0; j < i; j++) {
        if (smoothed.get(i) < smoothed.get(j)) {
          falls[i] = Math.max(falls[i], falls[j] + 1);
        }
      }
    }
    return falls;
  }
}
