package lapidary.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import lapidary.models.ElementType;
import lapidary.runtime.Inference;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorInfo;
import lapidary.runtime.TinyClassifier;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run costs decides who runs a row. */
@Timeout(60)
final class RunCostsTest {
  private static final BatchLimits LIMITS = new BatchLimits(8, 64, Duration.ofSeconds(30), 1);

  @TempDir
  Path folder;

  @Test
  void aBatchPaysWhereItSavesMoreThanAHandOver() {
    assertThat(new RunCosts(20_000, 3_000).pays())
        .as("cheaper than a hand-over")
        .isFalse();
    assertThat(new RunCosts(200_000, 30_000).pays()).isTrue();
    assertThat(new RunCosts(40e6, 34e6).pays()).as("as much as measuring errs").isFalse();
    assertThat(new RunCosts(40e6, 39e6).gains()).isTrue();
    assertThat(new RunCosts(500_000, 510_000).gains()).isFalse();
  }

  @Test
  void whatCannotBeGivenZerosIsNotMeasured() throws Exception {
    TinyOnnx open = new TinyOnnx()
        .node("Identity", new String[] {"x"}, "y")
        .input("x", TinyOnnx.FLOAT, -1, -1)
        .output("y", TinyOnnx.FLOAT, -1, -1);
    try (Model model = Model.open(open.write(folder.resolve("open.onnx")), Device.cpu(1))) {
      assertThat(RunCosts.measure(model, List.of("y"), 8)).isEmpty();
    }
    assertThat(RunCosts.measure((in, out) -> in, List.of("y"), 8)).isEmpty();
  }

  @Test
  void imagesOfOpenSizeAreMeasuredAtTheirOwn() throws Exception {
    Path file = TinyClassifier.described().write(folder.resolve("tiny.onnx"));
    try (ReloadingModel model = ReloadingModel.open(
        file, ModelOptions.of(Device.cpu(1)), Duration.ofDays(1), reload -> {})) {
      Optional<RunCosts> costs = RunCosts.measure(model, List.of("features"), 4);
      assertThat(costs).isPresent();
      assertThat(costs.get().single()).isPositive();
      assertThat(costs.get().together()).isPositive();
    }
  }

  @Test
  void aCheapModelIsRunByItsCallerAndBySubmitOnAWorker() throws Exception {
    Described model = new Described(0, new Gate());
    model.gate.open();
    try (Batcher batcher = new Batcher(model, List.of("y"), LIMITS)) {
      model.threads.clear();
      assertThat(batcher.run(row(3)).get("y").floats()).containsExactly(3, -3);
      assertThat(batcher.submit(row(4)).get().get("y").floats()).containsExactly(4, -4);
      assertThat(model.threads)
          .containsExactly(Thread.currentThread().getName(), "lapidary-batcher");
      assertThat(batcher.statistics()).isEqualTo(new BatchStatistics(2, 2, 1, 0));
    }
  }

  @Test
  void whereCallersRunTheirRowsThereIsNoThread() {
    Described model = new Described(0, new Gate());
    model.gate.open();
    long before = workers();
    try (Batcher batcher = new Batcher(model, List.of("y"), LIMITS.withWorkers(5))) {
      batcher.run(row(3));
      assertThat(workers()).isEqualTo(before);
      batcher.submit(row(4)).join();
      assertThat(workers()).isEqualTo(before + 5);
    }
    assertThat(workers()).isEqualTo(before);
  }

  private static long workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("lapidary-batcher"))
        .count();
  }

  @Test
  void aCostlyModelIsRunByItsCallerWhileAPlaceIsFreeAndOthersAreCombined() throws Exception {
    Gate gate = new Gate();
    Described model = new Described(2_000_000, gate);
    gate.open();
    ExecutorService callers = Executors.newCachedThreadPool();
    try (Batcher batcher = new Batcher(model, List.of("y"), LIMITS)) {
      gate.shut(1);
      gate.sizes.clear();
      model.threads.clear();
      List<Future<Map<String, Tensor>>> answers = new ArrayList<>();
      answers.add(callers.submit(() -> batcher.run(row(0))));
      gate.awaitEntered();
      for (int i = 1; i <= 3; i++) {
        Map<String, Tensor> row = row(i);
        answers.add(Gate.waiting(batcher, () -> callers.submit(() -> batcher.run(row))));
      }
      gate.open();
      for (int i = 0; i <= 3; i++) {
        assertThat(answers.get(i).get().get("y").floats()).containsExactly(i, -i);
      }
      assertThat(gate.sizes).containsExactly(1, 3);
      assertThat(model.threads.get(0)).startsWith("pool");
      assertThat(model.threads.get(1)).isEqualTo("lapidary-batcher");
    } finally {
      callers.shutdown();
    }
  }

  private static Map<String, Tensor> row(int value) {
    return Map.of("x", Tensor.floats(new float[] {value, -value}, 1, 2));
  }

  /** A model that says what it takes, and takes the same time for any batch. */
  private static final class Described implements Inference {
    final List<String> threads = new CopyOnWriteArrayList<>();
    final Gate gate;
    private final long nanos;

    Described(long nanos, Gate gate) {
      this.nanos = nanos;
      this.gate = gate;
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs) {
      threads.add(Thread.currentThread().getName());
      // What a run costs, not something to wait for.
      LockSupport.parkNanos(nanos);
      return gate.run(inputs, outputs);
    }

    @Override
    public List<TensorInfo> inputs() {
      return List.of(new TensorInfo("x", ElementType.FLOAT32, List.of(-1L, 2L)));
    }
  }
}
