package lapidary.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import lapidary.runtime.ChildJava;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.Tensor;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.device.Device;
import lapidary.runtime.serving.registry.ModelLease;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.runtime.serving.registry.RegistryOptions;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten thousand virtual threads on two carriers call the runtime, and the carriers stay free for others. */
@EnabledForJreRange(min = JRE.JAVA_21)
final class VirtualThreadsTest {
  private static final int CALLERS = 10_000;
  private static final int SIDE = 128;
  private static final List<String> CARRIERS = List.of(
      "--enable-native-access=ALL-UNNAMED",
      "-Djdk.virtualThreadScheduler.parallelism=2",
      "-Djdk.virtualThreadScheduler.maxPoolSize=2");

  /** A way to run a row. */
  enum Entry {
    MODEL {
      @Override
      void use(Path file, Consumer<Consumer<Map<String, Tensor>>> callers) {
        try (Model model = Model.open(file, Device.cpu(1))) {
          callers.accept(row -> check(model.run(row)));
        }
      }
    },
    BATCHER {
      @Override
      void use(Path file, Consumer<Consumer<Map<String, Tensor>>> callers) {
        BatchLimits limits = new BatchLimits(8, CALLERS, Duration.ofMinutes(2), 2);
        try (Model model = Model.open(file, Device.cpu(1));
            Batcher batcher = new Batcher(model, List.of("y"), limits)) {
          callers.accept(row -> check(batcher.run(row)));
        }
      }
    },
    LEASE {
      @Override
      void use(Path file, Consumer<Consumer<Map<String, Tensor>>> callers) {
        ModelOptions options = ModelOptions.of(Device.cpu(1));
        try (ModelRegistry registry = ModelRegistry.open(RegistryOptions.of(options))) {
          registry.load("slow", 1, file, options);
          callers.accept(row -> {
            try (ModelLease lease = registry.lease("slow")) {
              check(lease.run(row, List.of("y")));
            }
          });
        }
      }
    };

    abstract void use(Path file, Consumer<Consumer<Map<String, Tensor>>> callers);

    static void check(Map<String, Tensor> answer) {
      if (answer.get("y").floats().length != SIDE * SIDE) {
        throw new IllegalStateException("another answer");
      }
    }
  }

  /** Prints how many callers were answered, and how often another virtual thread had its turn meanwhile. */
  static final class Crowd {
    private final AtomicInteger answered = new AtomicInteger();
    private final CountDownLatch started = new CountDownLatch(CALLERS);
    private final CountDownLatch ended = new CountDownLatch(CALLERS);

    public static void main(String[] args) {
      Entry.valueOf(args[0]).use(Path.of(args[1]), new Crowd()::come);
    }

    private void come(Consumer<Map<String, Tensor>> run) {
      Map<String, Tensor> row = Map.of("x", Tensor.floats(new float[SIDE * SIDE], 1, SIDE, SIDE));
      run.accept(row);
      for (int i = 0; i < CALLERS; i++) {
        start(() -> {
          started.countDown();
          try {
            run.accept(row);
            answered.incrementAndGet();
          } finally {
            ended.countDown();
          }
        });
      }
      AtomicInteger turns = new AtomicInteger();
      Thread other = start(() -> {
        await(started);
        while (ended.getCount() > 0) {
          turns.incrementAndGet();
          LockSupport.parkNanos(1);
        }
      });
      join(other);
      await(ended);
      System.out.println(answered + " " + turns);
    }
  }

  @ParameterizedTest
  @EnumSource
  void carriersStayFreeWhileManyRun(Entry entry, @TempDir Path folder) throws Exception {
    Path file = slow().write(folder.resolve("slow.onnx"));
    String output =
        ChildJava.run(folder, Crowd.class, CARRIERS, List.of(entry.name(), file.toString()));
    Scanner numbers = new Scanner(output);
    assertThat(numbers.nextInt()).as("answered").isEqualTo(CALLERS);
    // With its carriers held by runs another has a turn or two, or some dozens beside a batcher's
    // threads.
    assertThat(numbers.nextInt()).as("turns").isGreaterThan(1_000);
  }

  /** Products of matrices, a row of which takes a good part of a millisecond. */
  private static TinyOnnx slow() {
    return new TinyOnnx()
        .node("MatMul", new String[] {"x", "x"}, "a")
        .node("MatMul", new String[] {"a", "a"}, "b")
        .node("MatMul", new String[] {"b", "b"}, "y")
        .input("x", TinyOnnx.FLOAT, -1, SIDE, SIDE)
        .output("y", TinyOnnx.FLOAT, -1, SIDE, SIDE);
  }

  /** By reflection, since these sources are compiled by Java 17. */
  private static Thread start(Runnable work) {
    try {
      Method method = Thread.class.getMethod("startVirtualThread", Runnable.class);
      return (Thread) method.invoke(null, work);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
