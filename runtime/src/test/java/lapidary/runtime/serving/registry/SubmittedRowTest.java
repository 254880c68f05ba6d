package lapidary.runtime.serving.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Tensor;
import lapidary.runtime.serving.BatchLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are handed in and answered later. */
@Timeout(60)
final class SubmittedRowTest {
  private static final List<String> Y = List.of("y");

  @TempDir
  Path folder;

  private final RegistryOptions alone =
      RegistryOptions.of(Served.OPTIONS).withInterval(Duration.ofDays(1));

  private ModelRegistry open(RegistryOptions options) throws Exception {
    ModelRegistry registry = ModelRegistry.open(options);
    registry.load("seven", 1, Served.publish(folder.resolve("seven.onnx"), 7), Served.OPTIONS);
    return registry;
  }

  @Test
  void aRowIsAnsweredAndCounted() throws Exception {
    try (ModelRegistry registry = open(alone.withBatching(BatchLimits.DEFAULT));
        ModelLease lease = registry.lease("seven")) {
      Map<String, Tensor> answer = lease.submit(Served.row(), Y).orElseThrow().join();
      assertThat(answer.get("y").floats()).containsExactly(7, 7, 7);
      ModelStatistics statistics = registry.statistics("seven", 1);
      assertThat(statistics.success().count()).isEqualTo(1);
      assertThat(statistics.rows()).isEqualTo(1);
      assertThat(statistics.queue().count()).isEqualTo(1);
      CompletableFuture<Map<String, Tensor>> wrong =
          lease.submit(Map.of("x", Tensor.floats(new float[2], 1, 2)), Y).orElseThrow();
      assertThatThrownBy(wrong::join).hasCauseInstanceOf(InvalidInputException.class);
      assertThat(registry.statistics("seven", 1).failure().count()).isEqualTo(1);
    }
  }

  @Test
  void whatIsNoRowIsLeftToTheCaller() throws Exception {
    Map<String, Tensor> two = Map.of("x", Tensor.floats(new float[6], 2, 3));
    try (ModelRegistry registry = open(alone.withBatching(BatchLimits.DEFAULT));
        ModelLease lease = registry.lease("seven")) {
      assertThat(lease.submit(two, Y)).isEmpty();
    }
    try (ModelRegistry registry = open(alone);
        ModelLease lease = registry.lease("seven")) {
      assertThat(lease.submit(Served.row(), Y)).isEmpty();
      assertThat(registry.statistics("seven", 1).success().count()).isZero();
    }
  }

  @Test
  void aModelThatIsUnloadedAnswersWhatItWasHandedIn() throws Exception {
    try (ModelRegistry registry = open(alone.withBatching(BatchLimits.DEFAULT))) {
      ModelLease lease = registry.lease("seven");
      CompletableFuture<Map<String, Tensor>> row = lease.submit(Served.row(), Y).orElseThrow();
      // As a server has it: the thread that ran it gives the model back, which may end it.
      CompletableFuture<Void> ended = row.thenRun(lease::close);
      registry.unload("seven");
      ended.join();
      assertThat(row.join().get("y").floats()).containsExactly(7, 7, 7);
    }
  }
}
