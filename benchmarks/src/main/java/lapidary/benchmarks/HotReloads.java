package lapidary.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import lapidary.models.Output;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import lapidary.runtime.serving.BatchLimits;
import lapidary.runtime.serving.registry.ModelLease;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.runtime.serving.registry.RegistryOptions;

/**
 * A model of a watched folder that becomes another one again and again while callers ask it: half of them through its batcher, half
 * on the leased model itself. Arguments: two .onnx files that take bytes and give probabilities, and how many reloads. Prints calls
 * that failed, answers that are of neither file to the bit (neither should be), and the memory of the process.
 */
public final class HotReloads {
  private static final String NAME = "hot";
  private static final int CALLERS = 8;
  private static final int ROWS = 8;
  private static final int LINES = 10;
  private static final BatchLimits LIMITS = BatchLimits.DEFAULT.withMaxBatch(16);

  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private final AtomicLong first = new AtomicLong();
  private final AtomicLong second = new AtomicLong();
  private final KnownAnswers a;
  private final KnownAnswers b;

  private HotReloads(KnownAnswers a, KnownAnswers b) {
    this.a = a;
    this.b = b;
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(Processor.line());
    List<Path> files = List.of(Path.of(arguments[0]), Path.of(arguments[1]));
    KnownAnswers a = answers(files.get(0));
    KnownAnswers b = answers(files.get(1));
    if (a.overlaps(b)) {
      throw new IllegalArgumentException("the files give the same answers; take others");
    }
    Path folder = Files.createTempDirectory("lapidary-hot");
    try {
      new HotReloads(a, b).run(files, folder, Integer.parseInt(arguments[2]));
    } finally {
      Folders.delete(folder);
    }
  }

  private static KnownAnswers answers(Path file) {
    return KnownAnswers.of(file, Output.PROBABILITIES, ROWS, LIMITS.maxBatch());
  }

  private void run(List<Path> files, Path folder, int reloads)
      throws IOException, InterruptedException, ExecutionException {
    RegistryOptions options = RegistryOptions.of(ModelOptions.of(Device.cpu(1)))
        .withFolder(folder)
        .withInterval(Duration.ofMillis(50))
        .withBatching(LIMITS);
    publish(files.get(0), folder);
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      registry.look();
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        int caller = i;
        callers.add(threads.submit(() -> call(registry, caller)));
      }
      for (int reload = 1; reload <= reloads; reload++) {
        publish(files.get(reload % 2), folder);
        registry.look();
        requireTaken(registry, files.get(reload % 2));
        if (reload % Math.max(1, reloads / LINES) == 0) {
          print(reload);
        }
      }
      stop.set(true);
      for (Future<?> caller : callers) {
        caller.get();
      }
      System.out.println(registry.statistics(NAME, 1));
    } finally {
      stop.set(true);
      threads.shutdown();
    }
  }

  /** As somebody copies a file who knows what may happen on the way. */
  private static void publish(Path file, Path folder) throws IOException {
    Path version = Files.createDirectories(folder.resolve(NAME).resolve("1"));
    Path part = Files.copy(file, version.resolve(".part"), StandardCopyOption.REPLACE_EXISTING);
    Files.move(part, version.resolve("model.onnx"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void requireTaken(ModelRegistry registry, Path file) {
    registry.index().get(0).problem().ifPresent(problem -> {
      throw new IllegalStateException(file + " was refused: " + problem);
    });
  }

  private void call(ModelRegistry registry, int caller) {
    for (int i = caller; !stop.get(); i++) {
      int row = i % ROWS;
      try (ModelLease lease = registry.lease(NAME)) {
        check(row, caller % 2 == 0 ? batched(lease, row) : straight(lease, row));
      } catch (RuntimeException e) {
        if (failed.getAndIncrement() == 0) {
          System.out.println("the first failed call: " + e);
        }
      }
    }
  }

  private Tensor batched(ModelLease lease, int row) {
    return probabilities(lease.run(a.rows().get(row), List.of(Output.PROBABILITIES)));
  }

  private Tensor straight(ModelLease lease, int row) {
    return lease.lend((model, rows) ->
        probabilities(model.run(a.rows().get(row), List.of(Output.PROBABILITIES))));
  }

  private static Tensor probabilities(Map<String, Tensor> answer) {
    return Objects.requireNonNull(answer.get(Output.PROBABILITIES));
  }

  private void check(int row, Tensor answer) {
    boolean ofA = a.has(row, answer);
    boolean ofB = b.has(row, answer);
    (ofA ? first : ofB ? second : wrong).incrementAndGet();
  }

  private void print(int reload) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%,d reloads: %,d answers of the first file, %,d of the second, %,d of neither,"
            + " %,d calls failed; %.0f MB resident, %d threads%n",
        reload,
        first.get(),
        second.get(),
        wrong.get(),
        failed.get(),
        ResidentMemory.now().current() / ResidentMemory.MEBIBYTE,
        Thread.activeCount());
  }
}
