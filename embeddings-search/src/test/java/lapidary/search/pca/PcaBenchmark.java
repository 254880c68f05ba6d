package lapidary.search.pca;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import lapidary.search.Samples;

/**
 * Times fits of Gaussian rows whose column i has standard deviation 1/√(1 + i). Arguments: rows, columns, components, runs. Prints the
 * process's CPU seconds and wall seconds of each run, the JIT compiler's included, and the least of each.
 */
final class PcaBenchmark {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private PcaBenchmark() {}

  public static void main(String[] arguments) {
    int[] sizes = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    float[][] rows = rows(sizes[0], sizes[1]);
    double leastCpu = Double.POSITIVE_INFINITY;
    double leastWall = Double.POSITIVE_INFINITY;
    for (int run = 0; run < sizes[3]; run++) {
      long cpu = SYSTEM.getProcessCpuTime();
      long wall = System.nanoTime();
      Pca pca = Pca.fit(rows, PcaOptions.keeping(sizes[2]));
      double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
      double wallSeconds = (System.nanoTime() - wall) / 1e9;
      leastCpu = Math.min(leastCpu, cpuSeconds);
      leastWall = Math.min(leastWall, wallSeconds);
      System.out.printf(
          Locale.ROOT,
          "cpu %.3f s, wall %.3f s, first variance %.6f%n",
          cpuSeconds,
          wallSeconds,
          pca.explainedVariance()[0]);
    }
    System.out.printf(Locale.ROOT, "least: cpu %.3f s, wall %.3f s%n", leastCpu, leastWall);
  }

  private static float[][] rows(int count, int columns) {
    float[][] rows = Samples.gaussian(0, count, columns);
    for (float[] row : rows) {
      for (int i = 0; i < columns; i++) {
        row[i] /= (float) Math.sqrt(1 + i);
      }
    }
    return rows;
  }
}
