package lapidary.runtime.serving.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.models.Pixels;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.TinyClassifier;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.serving.BatchLimits;
import lapidary.runtime.serving.registry.ModelStatus.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models that a program loads by itself. */
@Timeout(60)
final class ModelRegistryTest {
  private static final Pixels RIGHT = Pixels.of(1, 2, 3, 1, new byte[] {0, 0, 90, 0, 0, 90});

  @TempDir
  Path folder;

  private final Served served = new Served();
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final AtomicInteger opened = new AtomicInteger();
  private final RegistryOptions options = RegistryOptions.of(Served.OPTIONS)
      .withInterval(Duration.ofDays(1))
      .withListener(served)
      .withOpener((file, how) -> {
        opened.incrementAndGet();
        return Model.open(file, how);
      });

  @AfterEach
  void stop() {
    callers.shutdownNow();
  }

  @Test
  void theGreatestVersionAnswersAndEachByItsNumber() throws Exception {
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      ModelStatus status = load(registry, "digits", 9, 9);
      assertThat(status.state()).isEqualTo(State.READY);
      load(registry, "digits", 10, 10);
      load(registry, "digits", 2, 2);
      assertThat(Served.answer(registry, "digits")).isEqualTo(10);
      try (ModelLease lease = registry.lease("digits", 2)) {
        assertThat(Served.answer(lease)).isEqualTo(2);
        assertThat(lease.name()).isEqualTo("digits");
        assertThat(lease.version()).isEqualTo(2);
        assertThat(lease.inputs()).hasSize(1);
      }
      registry.unload("digits", 10);
      assertThat(Served.answer(registry, "digits")).isEqualTo(9);
      assertThat(registry.ready("digits")).isTrue();
      registry.unload("digits");
      assertThat(registry.ready("digits")).isFalse();
    }
  }

  @Test
  void theIndexSaysWhatIsThere() throws Exception {
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      Path file = TinyClassifier.described().write(folder.resolve("tiny.onnx"));
      registry.load("tiny", 3, file, Served.OPTIONS);
      ModelStatus status = registry.index().get(0);
      assertThat(status.name()).isEqualTo("tiny");
      assertThat(status.version()).isEqualTo(3);
      assertThat(status.file()).isEqualTo(file);
      assertThat(status.problem()).isEmpty();
      ModelStatus.Ready ready = status.model().orElseThrow();
      assertThat(ready.sha256()).hasSize(64);
      assertThat(ready.device().used()).isEqualTo("cpu:1");
      assertThat(ready.description().orElseThrow().labels()).isEqualTo(TinyClassifier.LABELS);
      assertThat(ready.unbatched()).contains("no batches were asked for");
    }
  }

  @Test
  void whatIsUnknownIsSaidWithWhatIsKnown() throws Exception {
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      load(registry, "digits", 1, 1);
      assertThatThrownBy(() -> registry.lease("digit"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("unknown model \"digit\"")
          .hasMessageContaining("digits");
      assertThatThrownBy(() -> registry.lease("digits", 4))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("digits has no version 4; it has [1]");
      assertThatThrownBy(() -> registry.unload("letters"))
          .isInstanceOf(InvalidInputException.class);
      assertThatThrownBy(() -> registry.statistics("digits", 2))
          .isInstanceOf(InvalidInputException.class);
      assertThatThrownBy(() -> registry.load("digits", 0, folder, Served.OPTIONS))
          .hasMessageContaining("give a name, and a version of 1 or more");
      assertThatThrownBy(() -> registry.load(" ", 1, folder, Served.OPTIONS))
          .isInstanceOf(InvalidInputException.class);
      assertThatThrownBy(() -> options.withInterval(Duration.ZERO))
          .isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void theSameBytesHaveOneSessionUntilTheLastLeaves() throws Exception {
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      Path file = Served.publish(folder.resolve("a.onnx"), 5);
      Path copy = Files.copy(file, folder.resolve("b.onnx"));
      registry.load("a", 1, file, Served.OPTIONS);
      registry.load("a", 2, copy, Served.OPTIONS);
      registry.load("b", 1, copy, Served.OPTIONS);
      assertThat(opened).hasValue(1);
      Model model = model(registry, "a");
      assertThat(model(registry, "b")).isSameAs(model);
      registry.load("b", 2, copy, Served.OPTIONS.withWarmUpRuns(1));
      assertThat(opened).as("other options").hasValue(2);
      registry.unload("a");
      registry.unload("b", 2);
      assertThat(Served.answer(registry, "b")).isEqualTo(5);
      try (ModelLease last = registry.lease("b")) {
        registry.unload("b");
        assertThat(Served.answer(last)).isEqualTo(5);
        assertThat(registry.index()).extracting(ModelStatus::state).contains(State.UNLOADING);
        assertThat(Served.answer(model)).isEqualTo(5);
      }
      for (int i = 0; i < 4; i++) {
        served.await(State.UNLOADED);
      }
      assertThat(registry.index()).isEmpty();
      assertThatThrownBy(() -> Served.answer(model)).hasMessageContaining("is closed");
    }
  }

  @Test
  void aVersionIsExchangedWithoutAGapAndOldLeasesGoOn() throws Exception {
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      load(registry, "m", 1, 1);
      try (ModelLease old = registry.lease("m")) {
        load(registry, "m", 1, 2);
        assertThat(Served.answer(old)).isEqualTo(1);
        assertThat(Served.answer(registry, "m")).isEqualTo(2);
        assertThat(registry.statistics("m", 1).success().count())
            .as("of a version, over its files")
            .isEqualTo(2);
      }
    }
  }

  @Test
  void aFileThatIsRefusedLeavesTheOldModelAndIsToldToTheCaller() throws Exception {
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      load(registry, "m", 1, 1);
      Path bad = Files.write(folder.resolve("bad.onnx"), new byte[] {1, 2, 3});
      assertThatThrownBy(() -> registry.load("m", 1, bad, Served.OPTIONS))
          .isExactlyInstanceOf(InvalidInputException.class)
          .hasMessageContaining("bad.onnx is not an ONNX file");
      assertThat(Served.answer(registry, "m")).isEqualTo(1);
      assertThat(registry.index()).hasSize(1);
      assertThatThrownBy(() -> registry.load("n", 1, bad, Served.OPTIONS))
          .isExactlyInstanceOf(InvalidInputException.class);
      ModelStatus refused = registry.index().get(1);
      assertThat(refused.state()).isEqualTo(State.REFUSED);
      assertThat(refused.problem().orElseThrow()).contains("is not an ONNX file");
      assertThatThrownBy(() -> registry.lease("n"))
          .isInstanceOf(NotReadyException.class)
          .hasMessageContaining("n, version 1, is not ready: ")
          .hasMessageContaining("is not an ONNX file");
      Served.publish(bad, 7);
      assertThat(registry.reload("n").get(0).state()).isEqualTo(State.READY);
      assertThat(Served.answer(registry, "n")).isEqualTo(7);
    }
  }

  @Test
  void aPassingCauseIsTriedAgainAndAnErrorTooEndsNothing() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    RegistryOptions failing = options.withInterval(Duration.ofMillis(2)).withOpener((file, how) -> {
      switch (tries.incrementAndGet()) {
        case 1 -> throw new EnvironmentException("the device is busy");
        case 2 -> throw new OutOfMemoryError("a test");
        case 3 -> throw new AssertionError("another test");
        default -> {
          return Model.open(file, how);
        }
      }
    });
    try (ModelRegistry registry = ModelRegistry.open(failing)) {
      assertThatThrownBy(() -> load(registry, "m", 1, 1))
          .isExactlyInstanceOf(EnvironmentException.class);
      assertThat(served.awaitProblem()).isEqualTo("the device is busy");
      assertThat(served.awaitProblem()).contains("m-1-1.0.onnx cannot be opened", "a test");
      assertThat(served.awaitProblem()).contains("another test");
      assertThat(served.await(State.READY).problem()).isEmpty();
      assertThat(Served.answer(registry, "m")).isEqualTo(1);
    }
  }

  @Test
  void aLoadHoldsUpNeitherLeasesNorOtherLoads() throws Exception {
    CountDownLatch opening = new CountDownLatch(3);
    CountDownLatch goOn = new CountDownLatch(1);
    RegistryOptions slow = options.withOpener((file, how) -> {
      if (file.getFileName().toString().startsWith("slow")) {
        opening.countDown();
        Served.await(goOn);
      }
      return Model.open(file, how);
    });
    try (ModelRegistry registry = ModelRegistry.open(slow)) {
      load(registry, "quick", 1, 1);
      List<Future<ModelStatus>> loads = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        int version = i;
        loads.add(callers.submit(() -> load(registry, "slow", version, 10 + version)));
      }
      Served.await(opening);
      assertThat(Served.answer(registry, "quick")).isEqualTo(1);
      load(registry, "quick", 2, 2);
      assertThat(Served.answer(registry, "quick")).isEqualTo(2);
      assertThatThrownBy(() -> registry.lease("slow"))
          .isInstanceOf(NotReadyException.class)
          .hasMessageContaining("it is loading");
      assertThat(registry.ready("slow")).isFalse();
      goOn.countDown();
      for (Future<ModelStatus> load : loads) {
        assertThat(load.get().state()).isEqualTo(State.READY);
      }
      assertThat(Served.answer(registry, "slow")).isEqualTo(13);
    } finally {
      goOn.countDown();
    }
  }

  @Test
  void whatIsUnloadedWhileItLoadsIsNotServed() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<Model> models = new ArrayList<>();
    RegistryOptions slow = options.withOpener((file, how) -> {
      opening.countDown();
      Served.await(goOn);
      models.add(Model.open(file, how));
      return models.get(0);
    });
    try (ModelRegistry registry = ModelRegistry.open(slow)) {
      Future<ModelStatus> load = callers.submit(() -> load(registry, "m", 1, 1));
      Served.await(opening);
      registry.unload("m");
      assertThat(registry.index()).extracting(ModelStatus::state).containsExactly(State.UNLOADING);
      goOn.countDown();
      assertThatThrownBy(load::get).hasMessageContaining("was unloaded or loaded otherwise");
      served.await(State.UNLOADED);
      assertThat(registry.index()).isEmpty();
      assertThatThrownBy(() -> Served.answer(models.get(0))).hasMessageContaining("is closed");
    }
  }

  @Test
  void aLeaseThatIsClosedRunsNothingMore() throws Exception {
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      load(registry, "m", 1, 1);
      ModelLease lease = registry.lease("m");
      lease.close();
      lease.close();
      assertThatThrownBy(() -> Served.answer(lease))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("this lease of m, version 1 is closed; take another one");
      assertThat(Served.answer(registry, "m")).as("given back once").isEqualTo(1);
    }
  }

  @Test
  void closingEndsAllEvenUnderLeasesAndTwiceIsOnce() throws Exception {
    ModelRegistry registry = ModelRegistry.open(options.withBatching(BatchLimits.DEFAULT));
    load(registry, "m", 1, 1);
    ModelLease lease = registry.lease("m");
    Model model = lease.lend((lent, rows) -> lent);
    registry.close();
    registry.close();
    assertThatThrownBy(() -> Served.answer(model)).hasMessageContaining("is closed");
    assertThatThrownBy(() -> Served.answer(lease)).isInstanceOf(IllegalStateException.class);
    lease.close();
    assertThat(registry.index()).isEmpty();
    assertThat(registry.ready("m")).isFalse();
    for (org.assertj.core.api.ThrowableAssert.ThrowingCallable use :
        List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> registry.lease("m"),
            () -> load(registry, "m", 1, 1),
            registry::look,
            () -> registry.unload("m"),
            () -> registry.reload("m"))) {
      assertThatThrownBy(use)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("this registry is closed; open another one");
    }
  }

  @Test
  void closingWaitsForRunsInFlightAndLoads() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<Model> models = new ArrayList<>();
    ModelRegistry registry = ModelRegistry.open(options.withOpener((file, how) -> {
      opening.countDown();
      Served.await(goOn);
      models.add(Model.open(file, how));
      return models.get(0);
    }));
    Future<ModelStatus> load = callers.submit(() -> load(registry, "m", 1, 1));
    Served.await(opening);
    Future<?> closing = callers.submit(registry::close);
    goOn.countDown();
    closing.get();
    assertThatThrownBy(load::get).hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Served.answer(models.get(0))).hasMessageContaining("is closed");
  }

  @Test
  void frontDoorsFollowANameOrHoldALease() throws Exception {
    Labels turned = new Labels(List.of("middle", "right", "left"));
    try (ModelRegistry registry =
            ModelRegistry.open(options.withBatching(BatchLimits.DEFAULT.withMaxBatch(4)));
        ImageClassifier following = follow(registry)) {
      try (ModelLease lease = registry.lease("tiny")) {
        ImageClassifier holding = ImageClassifier.of(lease);
        registry.load(
            "tiny",
            2,
            TinyClassifier.described(turned).write(folder.resolve("turned.onnx")),
            Served.OPTIONS);
        assertThat(label(following)).isEqualTo("left");
        assertThat(label(holding)).isEqualTo("right");
      }
    }
  }

  private ImageClassifier follow(ModelRegistry registry) throws Exception {
    Path file = TinyClassifier.described().write(folder.resolve("tiny.onnx"));
    registry.load("tiny", 1, file, Served.OPTIONS);
    return ImageClassifier.of(registry.follow("tiny"));
  }

  @Test
  void callsRunsAndBatchesAreCounted() throws Exception {
    Instant before = Instant.now().minusMillis(1);
    BatchLimits limits = BatchLimits.DEFAULT.withMaxBatch(8);
    try (ModelRegistry registry = ModelRegistry.open(options.withBatching(limits))) {
      load(registry, "m", 1, 1);
      assertThat(registry.statistics("m", 1).last()).isEmpty();
      try (ModelLease lease = registry.lease("m")) {
        for (int i = 0; i < 5; i++) {
          Served.answer(lease);
        }
        lease.run(Map.of("x", Tensor.floats(new float[9], 3, 3)), List.of("y"));
        lease.run(Map.of("x", Tensor.floats(new float[6_000], 2_000, 3)), List.of("y"));
        assertThatThrownBy(() -> lease.run(Served.row(), List.of("z")))
            .isInstanceOf(InvalidInputException.class);
      }
      ModelStatistics statistics = registry.statistics("m", 1);
      assertThat(statistics.success().count()).isEqualTo(7);
      assertThat(statistics.failure().count()).isEqualTo(1);
      assertThat(statistics.rejected()).isZero();
      assertThat(statistics.batches()).containsOnlyKeys(1, 3, 2_048);
      assertThat(statistics.batches().get(1).count()).isEqualTo(5);
      assertThat(statistics.rows()).isEqualTo(5 + 3 + 2_048);
      assertThat(statistics.compute().count()).isEqualTo(7);
      assertThat(statistics.compute().nanos())
          .isPositive()
          .isLessThanOrEqualTo(statistics.success().nanos());
      assertThat(statistics.last().orElseThrow()).isBetween(before, Instant.now());
    }
  }

  @Test
  void waitingAndRejectedRowsAreCounted() throws Exception {
    BatchLimits limits = new BatchLimits(8, 2, Duration.ofSeconds(50), 1);
    try (ModelRegistry registry = ModelRegistry.open(options.withBatching(limits))) {
      // Of open width it is not measured, so that all its rows are run by one worker.
      TinyOnnx slow = new TinyOnnx()
          .node("MatMul", new String[] {"x", "x"}, "a")
          .node("MatMul", new String[] {"a", "x"}, "y")
          .input("x", TinyOnnx.FLOAT, -1, -1, -1)
          .output("y", TinyOnnx.FLOAT, -1, -1, -1);
      registry.load("m", 1, slow.write(folder.resolve("slow.onnx")), Served.OPTIONS);
      Map<String, Tensor> row = Map.of("x", Tensor.floats(new float[512 * 512], 1, 512, 512));
      int rejected = 0;
      int most;
      try (ModelLease lease = registry.lease("m")) {
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
          calls.add(callers.submit(() -> lease.run(row, List.of("y"))));
        }
        most = waiting(registry, calls);
        for (Future<?> call : calls) {
          rejected += failed(call) ? 1 : 0;
        }
      }
      assertThat(most).isBetween(1, 2);
      ModelStatistics statistics = registry.statistics("m", 1);
      assertThat(statistics.waiting()).isZero();
      assertThat(statistics.rejected()).isEqualTo(rejected).isPositive();
      assertThat(statistics.success().count()).isEqualTo(24 - rejected);
      assertThat(statistics.rows()).isEqualTo(24 - rejected);
      assertThat(statistics.queue().count()).isEqualTo(24 - rejected);
      assertThat(statistics.failure().count()).isZero();
    }
  }

  /** The most rows that were seen to wait while there were calls. */
  private static int waiting(ModelRegistry registry, List<Future<?>> calls) {
    int most = 0;
    while (calls.stream().anyMatch(call -> !call.isDone())) {
      most = Math.max(most, registry.statistics("m", 1).waiting());
    }
    return most;
  }

  private static boolean failed(Future<?> call) {
    try {
      call.get();
      return false;
    } catch (Exception e) {
      return true;
    }
  }

  @Test
  void aModelThatTakesNoBatchesIsServedWithoutAndSaysWhy() throws Exception {
    TinyOnnx fixed = new TinyOnnx()
        .node("Identity", new String[] {"x"}, "y")
        .input("x", TinyOnnx.FLOAT, 1, 3)
        .output("y", TinyOnnx.FLOAT, 1, 3);
    try (ModelRegistry registry = ModelRegistry.open(options.withBatching(BatchLimits.DEFAULT))) {
      Path file = fixed.write(folder.resolve("fixed.onnx"));
      ModelStatus status = registry.load("fixed", 1, file, Served.OPTIONS);
      assertThat(status.model().orElseThrow().unbatched().orElseThrow())
          .contains("no output has an open first dimension");
      assertThat(Served.answer(registry, "fixed")).isZero();
      assertThat(registry.statistics("fixed", 1).batches()).containsOnlyKeys(1);
      load(registry, "open", 1, 1);
      assertThat(registry.index().get(1).model().orElseThrow().unbatched()).isEmpty();
    }
  }

  @Test
  void aFileThatChangesWhileItIsOpenedIsRefused() throws Exception {
    Path other = Served.publish(folder.resolve("other.onnx"), 2);
    List<Model> models = new ArrayList<>();
    RegistryOptions swapping = options.withOpener((file, how) -> {
      models.add(Model.open(models.isEmpty() ? other : file, how));
      return models.get(models.size() - 1);
    });
    try (ModelRegistry registry = ModelRegistry.open(swapping)) {
      assertThatThrownBy(() -> load(registry, "m", 1, 1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("m-1-1.0.onnx was changed while it was being opened");
      assertThatThrownBy(() -> Served.answer(models.get(0))).hasMessageContaining("is closed");
      registry.look();
      assertThat(Served.answer(registry, "m")).isEqualTo(1);
    }
  }

  private ModelStatus load(ModelRegistry registry, String name, long version, float constant)
      throws Exception {
    Path file = folder.resolve(name + "-" + version + "-" + constant + ".onnx");
    return registry.load(name, version, Served.publish(file, constant), Served.OPTIONS);
  }

  private static Model model(ModelRegistry registry, String name) {
    return registry.follow(name).lend((model, rows) -> model);
  }

  private static String label(ImageClassifier classifier) {
    return classifier.classify(RIGHT, 1).get(0).get(0).label();
  }
}
