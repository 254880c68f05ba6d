package lapidary.exporter.quantize;

import java.util.Arrays;
import java.util.Map;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;

/** How many times as fast as another a file answers. Stateless. */
public final class Speedup {
  private static final int WARM = 5;
  private static final int RUNS = 41;

  private Speedup() {}

  /** The median of runs of one file over that of the other, which take turns. */
  public static double of(Model before, Model after, Map<String, Tensor> feed) {
    double[] slow = new double[RUNS];
    double[] fast = new double[RUNS];
    for (int i = -WARM; i < RUNS; i++) {
      double first = seconds(before, feed);
      double second = seconds(after, feed);
      if (i >= 0) {
        slow[i] = first;
        fast[i] = second;
      }
    }
    return median(slow) / median(fast);
  }

  private static double seconds(Model model, Map<String, Tensor> feed) {
    long start = System.nanoTime();
    model.run(feed);
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(double[] seconds) {
    Arrays.sort(seconds);
    return seconds[seconds.length / 2];
  }
}
