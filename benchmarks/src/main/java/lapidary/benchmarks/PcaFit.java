package lapidary.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;

/**
 * Times fits of Gaussian rows whose column i has standard deviation 1/√(1 + i). Arguments: rows, columns, components, runs. Prints the
 * process's CPU seconds and wall seconds of each run, the JIT compiler's included, and the least of each.
 */
public final class PcaFit {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private PcaFit() {}

  /** A run's cost. */
  private record Cost(double cpu, double wall) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "cpu %.3f s, wall %.3f s", cpu, wall);
    }
  }

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    int[] sizes = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    System.out.println(Processor.line());
    float[][] rows = rows(sizes[0], sizes[1]);
    Cost least = new Cost(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    for (int run = 0; run < sizes[3]; run++) {
      long cpu = SYSTEM.getProcessCpuTime();
      long wall = System.nanoTime();
      Pca pca = Pca.fit(rows, PcaOptions.keeping(sizes[2]));
      Cost cost =
          new Cost((SYSTEM.getProcessCpuTime() - cpu) / 1e9, (System.nanoTime() - wall) / 1e9);
      least = new Cost(Math.min(least.cpu(), cost.cpu()), Math.min(least.wall(), cost.wall()));
      System.out.printf(Locale.ROOT, "%s, first variance %.6f%n", cost, pca.explainedVariance()[0]);
    }
    System.out.println("least: " + least);
  }

  private static float[][] rows(int count, int columns) {
    Random random = new Random(0);
    float[][] rows = new float[count][columns];
    for (float[] row : rows) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextGaussian() / (float) Math.sqrt(1 + i);
      }
    }
    return rows;
  }
}
