package lapidary.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import lapidary.models.AtomicFile;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.Proto;
import lapidary.runtime.Tensor;
import lapidary.runtime.TinyClassifier;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A batcher over a model that becomes another one. */
@Timeout(60)
final class BatchedReloadTest {
  private static final Map<String, Tensor> ROW =
      Map.of("x", Tensor.floats(new float[] {1, 2, 3}, 1, 3));

  @TempDir
  Path folder;

  private final List<String> threads = new ArrayList<>();
  private ReloadingModel model;

  private final BatchObserver observer = new BatchObserver() {
    @Override
    public void ran(int rows, long nanos) {
      threads.add(Thread.currentThread().getName());
    }

    @Override
    public void waited(long nanos) {}
  };

  @BeforeEach
  void open() throws Exception {
    Path file = TinyOnnx.add(1, 3).write(folder.resolve("model.onnx"));
    model =
        ReloadingModel.open(file, ModelOptions.of(Device.cpu(1)), Duration.ofDays(1), reload -> {});
  }

  @Test
  void eachModelIsMeasuredBeforeItTakesOver() {
    String here = Thread.currentThread().getName();
    try (ReloadingModel reloading = model;
        Batcher batcher = new Batcher(reloading, List.of("y"), BatchLimits.DEFAULT, observer)) {
      assertThat(batcher.run(ROW).get("y").floats()).containsExactly(2, 3, 4);
      // Of open width, so that it cannot be measured and callers do not run it.
      publish(TinyOnnx.add(2, -1));
      assertThat(reloading.reload().flatMap(Reload::problem)).isEmpty();
      assertThat(batcher.run(ROW).get("y").floats()).containsExactly(3, 4, 5);
      publish(TinyOnnx.add(3, 3));
      assertThat(reloading.reload().flatMap(Reload::problem)).isEmpty();
      assertThat(batcher.run(ROW).get("y").floats()).containsExactly(4, 5, 6);
    }
    assertThat(threads).containsExactly(here, "lapidary-batcher", here);
  }

  @Test
  void aModelThatCannotTakeOverTheBatchesIsRefused() {
    try (ReloadingModel reloading = model) {
      try (Batcher batcher = new Batcher(reloading, List.of("y"), BatchLimits.DEFAULT)) {
        publish(TinyClassifier.graph());
        assertThat(reloading.reload().flatMap(Reload::problem).orElseThrow())
            .contains("\"y\"", "logits");
        assertThat(batcher.run(ROW).get("y").floats()).containsExactly(2, 3, 4);
      }
      assertThat(reloading.reload().flatMap(Reload::problem))
          .as("without a batcher it does")
          .isEmpty();
      assertThat(reloading.outputs()).hasSize(3);
    }
  }

  @Test
  void waitingRowsAreObserved() {
    List<Long> waits = new ArrayList<>();
    BatchObserver waiting = new BatchObserver() {
      @Override
      public void ran(int rows, long nanos) {}

      @Override
      public void waited(long nanos) {
        waits.add(nanos);
      }
    };
    Gate gate = new Gate();
    BatchLimits limits = BatchLimits.DEFAULT.withWorkers(1);
    try (Batcher batcher = new Batcher(gate, List.of("y"), limits, waiting)) {
      CompletableFuture<?> first = batcher.submit(ROW);
      gate.awaitEntered();
      CompletableFuture<?> second = batcher.submit(ROW);
      long handedIn = System.nanoTime();
      long waited = System.nanoTime() - handedIn;
      gate.open();
      assertThat(first).succeedsWithin(Duration.ofSeconds(30));
      assertThat(second).succeedsWithin(Duration.ofSeconds(30));
      assertThat(waits).hasSize(2);
      assertThat(waits.get(1)).isGreaterThanOrEqualTo(waited);
    } finally {
      model.close();
    }
  }

  @Test
  void otherWeightsBesideTheFileAreAnotherModel() throws Exception {
    Path weights = Files.write(folder.resolve("weights.bin"), Proto.littleEndian(4));
    try (ReloadingModel reloading = model) {
      publish(new TinyOnnx()
          .node("Add", new String[] {"x", "c"}, "y")
          .external("c", new long[] {1}, "weights.bin", 0, 4)
          .input("x", TinyOnnx.FLOAT, -1, 3)
          .output("y", TinyOnnx.FLOAT, -1, 3));
      assertThat(reloading.reload().flatMap(Reload::problem)).isEmpty();
      assertThat(reloading.run(ROW, List.of("y")).get("y").floats()).containsExactly(5, 6, 7);
      AtomicFile.write(weights, out -> out.write(Proto.littleEndian(7)));
      Files.setLastModifiedTime(weights, FileTime.fromMillis(1_000_000_000_000L));
      assertThat(reloading.reload().flatMap(Reload::problem)).isEmpty();
      assertThat(reloading.run(ROW, List.of("y")).get("y").floats()).containsExactly(8, 9, 10);
      assertThat(reloading.reload()).isEmpty();
    }
  }

  private void publish(TinyOnnx graph) {
    AtomicFile.write(folder.resolve("model.onnx"), out -> out.write(graph.bytes()));
  }
}
