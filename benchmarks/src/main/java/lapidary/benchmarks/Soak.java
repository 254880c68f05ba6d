package lapidary.benchmarks;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import lapidary.runtime.Inference;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import lapidary.runtime.serving.BatchLimits;
import lapidary.runtime.serving.Batcher;

/**
 * Runs a model and says every few seconds what the process takes, so that a leak shows. Arguments: an .onnx file with
 * one input of bytes or floats, minutes, seconds between two lines, threads, {@code model} or {@code batcher}, and milliseconds
 * that each thread pauses after a call. The last line has the slope of the second half of the series, by least squares.
 */
public final class Soak {

  private final LongAdder calls = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final long start = System.nanoTime();
  private final long end;
  private final long pauseMillis;

  private Soak(double minutes, long pauseMillis) {
    this.end = start + (long) (minutes * 60e9);
    this.pauseMillis = pauseMillis;
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(Processor.line());
    Soak soak = new Soak(Double.parseDouble(arguments[1]), Long.parseLong(arguments[5]));
    int seconds = Integer.parseInt(arguments[2]);
    int threads = Integer.parseInt(arguments[3]);
    try (Model model = Model.open(Path.of(arguments[0]), Device.cpu(1))) {
      if (arguments[4].equals("model")) {
        soak.run(model, model, threads, seconds);
        return;
      }
      List<String> outputs = List.of(model.outputs().get(0).name());
      try (Batcher batcher = new Batcher(model, outputs, BatchLimits.DEFAULT)) {
        soak.run((inputs, names) -> batcher.run(inputs), model, threads, seconds);
      }
    }
  }

  private void run(Inference inference, Model model, int threads, int seconds)
      throws IOException, InterruptedException, ExecutionException {
    Map<String, Tensor> row = Rows.zeros(model, 1);
    List<String> outputs = List.of(model.outputs().get(0).name());
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    List<Future<?>> running = IntStream.range(0, threads)
        .<Future<?>>mapToObj(i -> callers.submit(() -> call(inference, row, outputs)))
        .toList();
    callers.shutdown();
    Series series = new Series();
    do {
      series.add(
          (System.nanoTime() - start) / 60e9,
          ResidentMemory.now().current() / ResidentMemory.MEBIBYTE);
      print();
    } while (!callers.awaitTermination(seconds, TimeUnit.SECONDS));
    for (Future<?> each : running) {
      each.get();
    }
    System.out.printf(Locale.ROOT, "second half: %+.3f MiB a minute%n", series.slope());
  }

  private void call(Inference inference, Map<String, Tensor> row, List<String> outputs) {
    while (System.nanoTime() < end) {
      try {
        if (inference.run(row, outputs).isEmpty()) {
          failures.increment();
        }
      } catch (RuntimeException e) {
        failures.increment();
      }
      calls.increment();
      LockSupport.parkNanos(pauseMillis * 1_000_000);
    }
  }

  private void print() throws IOException {
    Runtime heap = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT,
        "%6.1f s  resident %.1f MiB (most %.1f)  heap used %.1f of %.1f  outside heap %.1f"
            + "  direct %.2f  calls %,d  failures %d%n",
        (System.nanoTime() - start) / 1e9,
        ResidentMemory.now().current() / ResidentMemory.MEBIBYTE,
        ResidentMemory.now().most() / ResidentMemory.MEBIBYTE,
        (heap.totalMemory() - heap.freeMemory()) / ResidentMemory.MEBIBYTE,
        heap.totalMemory() / ResidentMemory.MEBIBYTE,
        ofTheJvm() / ResidentMemory.MEBIBYTE,
        direct() / ResidentMemory.MEBIBYTE,
        calls.sum(),
        failures.sum());
  }

  /** Classes and compiled code. */
  private static long ofTheJvm() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.NON_HEAP)
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
