package lapidary.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Rows of an index and what is searched in it, timed by CPU time, which other work on the machine does not stretch as it does that of
 * the clock. Arrays are not copied.
 */
final class Queries {
  static final int COUNT = 400;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final float[][] rows;
  private final float[][] asked;

  private Queries(float[][] rows, float[][] asked) {
    this.rows = rows;
    this.asked = asked;
  }

  /** The last rows are searched only. */
  static Queries held(float[][] all) {
    int count = all.length - COUNT;
    return new Queries(Arrays.copyOf(all, count), Arrays.copyOfRange(all, count, all.length));
  }

  /** What is indexed. */
  float[][] rows() {
    return rows;
  }

  /** What is searched. */
  float[][] asked() {
    return asked;
  }

  /** Queries a second of this thread. */
  double rate(Consumer<float[]> search) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (float[] query : asked) {
      search.accept(query);
    }
    return asked.length * 1e9 / (THREADS.getCurrentThreadCpuTime() - start);
  }

  /** Seconds that all threads of this process have computed. */
  static double processSeconds() {
    return SYSTEM.getProcessCpuTime() / 1e9;
  }
}
