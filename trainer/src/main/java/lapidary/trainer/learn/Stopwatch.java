package lapidary.trainer.learn;

import java.lang.management.ManagementFactory;

/** Clock and process CPU time from its making on. */
public final class Stopwatch {
  private static final double NANOS = 1e9;

  private final long clock = System.nanoTime();
  private final long cpu = processCpu();

  /** What it cost since the watch was made, with this many examples learned from. */
  public EpochResult.Cost cost(long examples) {
    double seconds = (System.nanoTime() - clock) / NANOS;
    return new EpochResult.Cost(seconds, (processCpu() - cpu) / NANOS, examples / seconds);
  }

  private static long processCpu() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
