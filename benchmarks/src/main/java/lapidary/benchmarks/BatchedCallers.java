package lapidary.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import lapidary.runtime.serving.BatchLimits;
import lapidary.runtime.serving.Batcher;

/**
 * Callers of a {@link Batcher} beside the same callers without one, in turns within one run: blocking callers, and two threads that
 * keep rows outstanding. Arguments: milliseconds of a turn, how many turns, then .onnx files with one input of bytes or floats. Two
 * dense networks are measured first. The best of the turns counts, since other work on the machine only slows; the first turn is
 * for the compiler.
 */
public final class BatchedCallers {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final int[] CALLERS = {1, 16, 64};
  private static final int BATCH = BatchLimits.DEFAULT.maxBatch();
  private static final int SUBMITTERS = 2;
  private static final int OUTSTANDING = 32;

  private final long nanos;
  private final int turns;

  private BatchedCallers(long nanos, int turns) {
    this.nanos = nanos;
    this.turns = turns;
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(Processor.line());
    BatchedCallers race = new BatchedCallers(
        Long.parseLong(arguments[0]) * 1_000_000, Integer.parseInt(arguments[1]));
    Path folder = Files.createTempDirectory("lapidary-dense");
    try {
      for (DenseNetwork network :
          List.of(DenseNetwork.of(784, 50, 10), DenseNetwork.of(784, 2_048, 1_024, 10))) {
        race.measure(network.write(folder));
      }
      for (String file : Arrays.asList(arguments).subList(2, arguments.length)) {
        race.measure(Path.of(file));
      }
    } finally {
      Folders.delete(folder);
    }
  }

  /** Answers one row after the other until a time, and says how long each took. */
  @FunctionalInterface
  private interface Caller {
    long[] run(long until) throws ExecutionException, InterruptedException;
  }

  /** What a turn came to: rows a second, microseconds that 99 of 100 callers waited at most, those of CPU that a row took. */
  private record Rate(double rows, double p99, double cpu) {
    static final Rate NONE = new Rate(0, Double.MAX_VALUE, Double.MAX_VALUE);

    Rate best(Rate other) {
      return new Rate(
          Math.max(rows, other.rows), Math.min(p99, other.p99), Math.min(cpu, other.cpu));
    }
  }

  private void measure(Path file) throws IOException, ExecutionException, InterruptedException {
    try (Model model = Model.open(file, Device.cpu(1))) {
      List<String> outputs = List.of(model.outputs().get(0).name());
      Map<String, Tensor> row = Rows.zeros(model, 1);
      try (Batcher batcher = new Batcher(model, outputs, BatchLimits.DEFAULT)) {
        Caller alone = until -> blocking(until, () -> model.run(row, outputs));
        Caller batched = until -> blocking(until, () -> batcher.run(row));
        System.out.println(file.getFileName() + costs(model, outputs));
        for (int callers : CALLERS) {
          print(callers + " blocking callers", race(alone, batched, callers));
        }
        Caller submitting = until -> submitting(until, batcher, row);
        print(
            SUBMITTERS + " threads, submit of " + SUBMITTERS * OUTSTANDING + " outstanding",
            race(alone, submitting, SUBMITTERS));
        System.out.println("  " + batcher.statistics());
      }
    }
  }

  private String costs(Model model, List<String> outputs)
      throws ExecutionException, InterruptedException {
    Map<String, Tensor> one = Rows.zeros(model, 1);
    Map<String, Tensor> many = Rows.zeros(model, BATCH);
    Caller alone = until -> blocking(until, () -> model.run(one, outputs));
    Caller together = until -> blocking(until, () -> model.run(many, outputs));
    Race race = race(alone, together, 1);
    return String.format(
        Locale.ROOT,
        ", a run %.0f µs, of %d rows %.0f µs each",
        1e6 / race.without().rows(),
        BATCH,
        1e6 / race.with().rows() / BATCH);
  }

  /** The best turns of both ways. */
  private record Race(Rate without, Rate with) {}

  private Race race(Caller alone, Caller batched, int callers)
      throws ExecutionException, InterruptedException {
    Rate without = Rate.NONE;
    Rate with = Rate.NONE;
    for (int turn = 0; turn <= turns; turn++) {
      Rate one = rate(alone, callers);
      Rate other = rate(batched, callers);
      without = turn == 0 ? without : without.best(one);
      with = turn == 0 ? with : with.best(other);
    }
    return new Race(without, with);
  }

  private static void print(String title, Race race) {
    System.out.printf(
        Locale.ROOT,
        "  %s: %,.0f/s against %,.0f/s without a batcher, %.2f ×; p99 %,.0f against %,.0f µs;"
            + " CPU a row %.1f against %.1f µs%n",
        title,
        race.with().rows(),
        race.without().rows(),
        race.with().rows() / race.without().rows(),
        race.with().p99(),
        race.without().p99(),
        race.with().cpu(),
        race.without().cpu());
  }

  private Rate rate(Caller caller, int callers) throws ExecutionException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      long start = System.nanoTime();
      long cpu = SYSTEM.getProcessCpuTime();
      List<Future<long[]>> waits = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        waits.add(threads.submit(() -> caller.run(start + nanos)));
      }
      LongStream all = LongStream.empty();
      for (Future<long[]> each : waits) {
        all = LongStream.concat(all, LongStream.of(each.get()));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      double micros = (SYSTEM.getProcessCpuTime() - cpu) / 1e3;
      long[] sorted = all.sorted().toArray();
      int rows = sorted.length;
      return new Rate(rows / seconds, sorted[(int) (rows * .99)] / 1e3, micros / rows);
    } finally {
      threads.shutdown();
    }
  }

  private static long[] blocking(long until, Runnable run) {
    LongStream.Builder waits = LongStream.builder();
    long before = System.nanoTime();
    do {
      run.run();
      long now = System.nanoTime();
      waits.add(now - before);
      before = now;
    } while (before < until);
    return waits.build().toArray();
  }

  private static long[] submitting(long until, Batcher batcher, Map<String, Tensor> row)
      throws ExecutionException, InterruptedException {
    record Sent(long when, CompletableFuture<Map<String, Tensor>> answer) {}
    ArrayDeque<Sent> outstanding = new ArrayDeque<>();
    LongStream.Builder waits = LongStream.builder();
    do {
      while (outstanding.size() < OUTSTANDING && System.nanoTime() < until) {
        outstanding.add(new Sent(System.nanoTime(), batcher.submit(row)));
      }
      if (!outstanding.isEmpty()) {
        Sent oldest = outstanding.remove();
        oldest.answer().get();
        waits.add(System.nanoTime() - oldest.when());
      }
    } while (!outstanding.isEmpty() || System.nanoTime() < until);
    return waits.build().toArray();
  }
}
