package lapidary.runtime.serving.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Model;
import lapidary.runtime.serving.BatchLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callers that lease while others load, exchange and unload. */
@Timeout(120)
final class RegistryRacesTest {
  private static final int CALLERS = 3;

  @TempDir
  Path folder;

  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final Queue<Model> models = new ConcurrentLinkedQueue<>();
  private final RegistryOptions options = RegistryOptions.of(Served.OPTIONS)
      .withInterval(Duration.ofMillis(3))
      .withOpener((file, how) -> {
        Model model = Model.open(file, how);
        models.add(model);
        return model;
      });

  @AfterEach
  void end() {
    stop.set(true);
    callers.shutdownNow();
  }

  @Test
  void noCallFailsWhileFilesAreExchanged() throws Exception {
    Path file = Served.publish(folder.resolve("m/1/model.onnx"), 1);
    ModelRegistry registry = ModelRegistry.open(options.withFolder(folder));
    try (registry) {
      registry.look();
      List<Future<Integer>> calls = calling(() -> {
        try (ModelLease lease = registry.lease("m")) {
          float first = Served.answer(lease);
          assertThat(Served.answer(lease)).as("one lease, one model").isEqualTo(first);
          return first;
        }
      });
      for (int i = 2; i <= 60; i++) {
        Served.publish(file, i);
        registry.look();
        assertThat(Served.answer(registry, "m")).isEqualTo(i);
      }
      assertCalled(calls);
    }
    assertAllClosed();
  }

  @Test
  void noCallFailsWhileVersionsComeAndGo() throws Exception {
    try (ModelRegistry registry = ModelRegistry.open(options.withBatching(small()))) {
      load(registry, 1);
      List<Future<Integer>> calls = calling(() -> Served.answer(registry, "m"));
      for (int version = 2; version <= 40; version++) {
        load(registry, version);
        registry.unload("m", version - 1);
      }
      assertCalled(calls);
      assertThat(registry.index().get(0).version()).isEqualTo(40);
    }
    assertAllClosed();
  }

  @Test
  void noCallFailsWhileAVersionIsLoadedOverItself() throws Exception {
    try (ModelRegistry registry = ModelRegistry.open(options.withBatching(small()))) {
      Path a = Served.publish(folder.resolve("a.onnx"), 1);
      Path b = Served.publish(folder.resolve("b.onnx"), 2);
      registry.load("m", 1, a, Served.OPTIONS);
      List<Future<Integer>> calls = calling(() -> {
        float answer = Served.answer(registry, "m");
        assertThat(answer).isBetween(1f, 2f);
        return answer;
      });
      for (int i = 1; i <= 40; i++) {
        registry.load("m", 1, i % 2 == 0 ? a : b, Served.OPTIONS);
        assertThat(Served.answer(registry, "m")).isEqualTo(i % 2 == 0 ? 1 : 2);
      }
      assertCalled(calls);
      ModelStatistics statistics = registry.statistics("m", 1);
      assertThat(statistics.failure().count()).isZero();
      assertThat(statistics.compute().count()).isEqualTo(statistics.success().count());
    }
    assertAllClosed();
  }

  @Test
  void whoeverGetsALeaseCanUseItUntilItIsClosed() throws Exception {
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      Path a = Served.publish(folder.resolve("a.onnx"), 1);
      List<Future<Integer>> calls = calling(() -> {
        try (ModelLease lease = registry.lease("m")) {
          return Served.answer(lease);
        } catch (InvalidInputException | NotReadyException e) {
          // Not loaded at the moment.
          return 0f;
        }
      });
      List<Future<?>> changes = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        changes.add(callers.submit(() -> {
          for (int i = 0; i < 60; i++) {
            change(registry, a, i);
          }
          return null;
        }));
      }
      for (Future<?> change : changes) {
        change.get();
      }
      assertCalled(calls);
    }
    assertAllClosed();
  }

  /** Loads and unloads, which another thread does as well at the same time. */
  private static void change(ModelRegistry registry, Path file, int i) {
    try {
      if (i % 3 == 2) {
        registry.unload("m");
      } else {
        registry.load("m", 1 + i % 2, file, Served.OPTIONS);
      }
    } catch (InvalidInputException e) {
      assertThat(e).hasMessageMatching("unknown model .*|m has no version .*");
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageMatching(".* meanwhile; load it again|.* was given up .*");
    }
  }

  @Test
  void closingUnderLoadFailsCallsWithASentenceAndFreesAll() throws Exception {
    ModelRegistry registry = ModelRegistry.open(options.withBatching(small()));
    load(registry, 1);
    List<Future<Integer>> calls = calling(() -> {
      try {
        return Served.answer(registry, "m");
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageMatching(".*(is closed|closed;).*");
        stop.set(true);
        return 0f;
      }
    });
    Future<?> first = callers.submit(registry::close);
    Future<?> second = callers.submit(registry::close);
    first.get();
    second.get();
    for (Future<Integer> call : calls) {
      call.get();
    }
    assertAllClosed();
  }

  /** Callers that go on until they are stopped, and count. */
  private List<Future<Integer>> calling(Callable<Float> call) {
    return Stream.generate(() -> callers.submit(() -> {
          int count = 0;
          while (!stop.get()) {
            call.call();
            count++;
          }
          return count;
        }))
        .limit(CALLERS)
        .toList();
  }

  private void assertCalled(List<Future<Integer>> calls) throws Exception {
    stop.set(true);
    for (Future<Integer> call : calls) {
      assertThat(call.get()).isPositive();
    }
  }

  private void assertAllClosed() {
    assertThat(models).isNotEmpty();
    for (Model model : models) {
      assertThatThrownBy(() -> Served.answer(model)).hasMessageContaining("is closed");
    }
  }

  private void load(ModelRegistry registry, int version) throws Exception {
    Path file = Served.publish(folder.resolve(version + ".onnx"), version);
    registry.load("m", version, file, Served.OPTIONS);
  }

  private static BatchLimits small() {
    return BatchLimits.DEFAULT.withMaxBatch(4).withWorkers(1);
  }
}
