package lapidary.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Inference;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.Tensor;
import lapidary.runtime.TinyClassifier;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class BatcherTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final BatchLimits WIDE = new BatchLimits(8, Duration.ofMillis(200), 64, LONG);

  @TempDir
  Path folder;

  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void stopCallers() throws InterruptedException {
    callers.shutdownNow();
    assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void concurrentRowsShareBatchesAndGetTheAnswersOfSingleRuns() throws Exception {
    Path file = TinyClassifier.graph().write(folder.resolve("m.onnx"));
    try (Model model = Model.open(file, Device.cpu(1));
        Batcher batcher = new Batcher(model, List.of("features", "logits"), WIDE)) {
      List<Future<Map<String, Tensor>>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Map<String, Tensor> row = image(i);
        answers.add(callers.submit(() -> batcher.run(row)));
      }
      for (int i = 0; i < 40; i++) {
        Map<String, Tensor> alone = model.run(image(i), List.of("features", "logits"));
        Map<String, Tensor> batched = answers.get(i).get();
        assertThat(batched.keySet()).containsExactly("features", "logits");
        assertThat(batched.get("logits").shape()).containsExactly(1, 3);
        assertThat(batched.get("features").floats())
            .containsExactly(alone.get("features").floats());
        assertThat(batched.get("logits").floats())
            .containsExactly(alone.get("logits").floats());
      }
      BatchStatistics statistics = batcher.statistics();
      assertThat(statistics.rows()).isEqualTo(40);
      assertThat(statistics.largest()).isBetween(2, 8);
      assertThat(statistics.batches()).isLessThan(40);
    }
  }

  @Test
  void rowsPiledUpBehindARunningBatchGoTogetherUpToTheLimit() throws Exception {
    Gate gate = new Gate();
    BatchLimits limits = new BatchLimits(3, Duration.ZERO, 64, LONG);
    try (Batcher batcher = new Batcher(gate, List.of("y"), limits)) {
      List<Future<Map<String, Tensor>>> answers = new ArrayList<>();
      answers.add(callers.submit(() -> batcher.run(row(0))));
      gate.awaitEntered();
      for (int i = 1; i <= 7; i++) {
        answers.add(queue(batcher, i));
      }
      gate.open();
      for (int i = 0; i <= 7; i++) {
        assertThat(answers.get(i).get().get("y").floats()).containsExactly(i, -i);
      }
      assertThat(gate.sizes).containsExactly(1, 3, 3, 1);
    }
  }

  @Test
  void oneRowTooManyIsRejectedAtOnce() throws Exception {
    Gate gate = new Gate();
    BatchLimits limits = new BatchLimits(1, Duration.ZERO, 2, LONG);
    try (Batcher batcher = new Batcher(gate, List.of("y"), limits)) {
      List<Future<Map<String, Tensor>>> answers = new ArrayList<>();
      answers.add(callers.submit(() -> batcher.run(row(0))));
      gate.awaitEntered();
      answers.add(queue(batcher, 1));
      answers.add(queue(batcher, 2));
      assertThatThrownBy(() -> batcher.run(row(3)))
          .isInstanceOf(OverloadedException.class)
          .hasMessageStartingWith("2 rows wait already");
      assertThat(batcher.statistics().rejected()).isEqualTo(1);
      gate.open();
      for (int i = 0; i <= 2; i++) {
        assertThat(answers.get(i).get().get("y").floats()).containsExactly(i, -i);
      }
    }
  }

  @Test
  void aLateAnswerIsATimeoutAndTheRowIsNotRunForNothing() throws Exception {
    Gate gate = new Gate();
    BatchLimits limits = new BatchLimits(4, Duration.ZERO, 8, Duration.ofMillis(100));
    Batcher batcher = new Batcher(gate, List.of("y"), limits);
    Future<Map<String, Tensor>> running = callers.submit(() -> batcher.run(row(0)));
    gate.awaitEntered();
    assertThatThrownBy(() -> batcher.run(row(1)))
        .isInstanceOf(OverloadedException.class)
        .hasMessageContaining("no answer within PT0.1S");
    assertThatThrownBy(running::get).hasCauseInstanceOf(OverloadedException.class);
    gate.open();
    batcher.close();
    assertThat(gate.sizes).containsExactly(1);
  }

  @Test
  void closingAnswersWhatWaitsAndTakesNoMore() throws Exception {
    Gate gate = new Gate();
    BatchLimits limits = new BatchLimits(2, Duration.ZERO, 8, LONG);
    Batcher batcher = new Batcher(gate, List.of("y"), limits);
    List<Future<Map<String, Tensor>>> answers = new ArrayList<>();
    answers.add(callers.submit(() -> batcher.run(row(0))));
    gate.awaitEntered();
    for (int i = 1; i <= 4; i++) {
      answers.add(queue(batcher, i));
    }
    Future<?> closing = callers.submit(batcher::close);
    gate.open();
    closing.get();
    for (int i = 0; i <= 4; i++) {
      assertThat(answers.get(i).get().get("y").floats()).containsExactly(i, -i);
    }
    batcher.close();
    assertThatThrownBy(() -> batcher.run(row(9)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("batcher is closed");
  }

  @Test
  void aBadRowFailsAloneAndOtherShapesGetTheirOwnBatch() throws Exception {
    Path file = TinyClassifier.graph().write(folder.resolve("m.onnx"));
    try (Model model = Model.open(file, Device.cpu(1));
        Batcher batcher = new Batcher(model, List.of("features"), WIDE)) {
      Tensor turned = Tensor.uint8(new byte[6], 1, 3, 2, 1);
      Future<Map<String, Tensor>> good = callers.submit(() -> batcher.run(image(5)));
      Future<Map<String, Tensor>> bad = callers.submit(() -> batcher.run(Map.of("pixels", turned)));
      assertThat(good.get().get("features").floats()[0]).isEqualTo(5);
      assertThatThrownBy(bad::get)
          .hasCauseInstanceOf(InvalidInputException.class)
          .hasMessageContaining("not uint8 [1, 3, 2, 1]");
    }
  }

  @Test
  void aRowThatMakesItsBatchFailFailsAlone() throws Exception {
    Inference refusesThree = (inputs, outputs) -> {
      for (float value : inputs.get("x").floats()) {
        if (value == 3) {
          throw new InvalidInputException("three");
        }
      }
      return Map.of("y", inputs.get("x"));
    };
    BatchLimits slow = new BatchLimits(6, Duration.ofSeconds(2), 64, LONG);
    try (Batcher batcher = new Batcher(refusesThree, List.of("y"), slow)) {
      List<Future<Map<String, Tensor>>> answers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Map<String, Tensor> row = row(i);
        answers.add(callers.submit(() -> batcher.run(row)));
      }
      for (int i = 0; i < 6; i++) {
        Future<Map<String, Tensor>> answer = answers.get(i);
        if (i == 3) {
          assertThatThrownBy(answer::get).hasRootCauseMessage("three");
        } else {
          assertThat(answer.get().get("y").floats()).containsExactly(i, -i);
        }
      }
    }
  }

  @Test
  void aModelWithoutABatchAxisIsRefusedBeforeAnyRow() throws IOException {
    TinyOnnx fixed = new TinyOnnx()
        .node("Identity", new String[] {"x"}, "y")
        .input("x", TinyOnnx.FLOAT, 1, 3)
        .output("y", TinyOnnx.FLOAT, 1, 3);
    TinyOnnx mean = new TinyOnnx()
        .node("ReduceMean", new String[] {"x"}, "y", TinyOnnx.integer("keepdims", 1))
        .node("Identity", new String[] {"x"}, "z")
        .input("x", TinyOnnx.FLOAT, -1, 3)
        .output("y", TinyOnnx.FLOAT, 1, 1)
        .output("z", TinyOnnx.FLOAT, -1, 3);
    try (Model model = Model.open(fixed.write(folder.resolve("fixed.onnx")), Device.cpu(1))) {
      assertRefused(model, "y", "input \"x\" is float32 [1, 3], which has no open first dimension");
      BatchLimits single = new BatchLimits(1, Duration.ZERO, 8, LONG);
      try (Batcher batcher = new Batcher(model, List.of("y"), single)) {
        Map<String, Tensor> row = Map.of("x", Tensor.floats(new float[] {1, 2, 3}, 1, 3));
        assertThat(batcher.run(row).get("y").floats()).containsExactly(1, 2, 3);
      }
    }
    Path file = mean.write(folder.resolve("mean.onnx"));
    try (ReloadingModel model = ReloadingModel.open(
        file, ModelOptions.of(Device.cpu(1)), Duration.ofDays(1), reload -> {})) {
      assertRefused(
          model, "y", "output \"y\" is float32 [1, 1], which has no open first dimension");
      new Batcher(model, List.of("z"), WIDE).close();
    }
  }

  private static void assertRefused(Inference model, String output, String sentence) {
    assertThatThrownBy(() -> new Batcher(model, List.of(output), WIDE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining("export the model with an open batch");
  }

  @Test
  void answersThatAreNoRowsAreToldToAllAndNotTriedAgain() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    Inference sum = (inputs, outputs) -> {
      runs.incrementAndGet();
      return Map.of("y", Tensor.floats(new float[2], 1, 2));
    };
    BatchLimits slow = new BatchLimits(4, Duration.ofSeconds(10), 64, LONG);
    try (Batcher batcher = new Batcher(sum, List.of("y"), slow)) {
      for (Future<Map<String, Tensor>> answer : four(batcher)) {
        assertThatThrownBy(answer::get)
            .hasCauseInstanceOf(InvalidInputException.class)
            .hasMessageContaining("for a batch of 4, not a row for each request");
      }
    }
    assertThat(runs).hasValue(1);
  }

  @Test
  void aModelThatTakesSingleRowsOnlyIsGivenThose() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    Inference single = (inputs, outputs) -> {
      runs.incrementAndGet();
      if (inputs.get("x").shape()[0] > 1) {
        throw new InvalidInputException("a batch");
      }
      return Map.of("y", inputs.get("x"));
    };
    BatchLimits slow = new BatchLimits(4, Duration.ofSeconds(10), 64, LONG);
    try (Batcher batcher = new Batcher(single, List.of("y"), slow)) {
      for (int round = 0; round < 3; round++) {
        for (Future<Map<String, Tensor>> answer : four(batcher)) {
          assertThat(answer.get()).containsKey("y");
        }
      }
    }
    // The first batch found it out.
    assertThat(runs).hasValue(1 + 3 * 4);
  }

  private List<Future<Map<String, Tensor>>> four(Batcher batcher) {
    return IntStream.range(0, 4)
        .mapToObj(i -> callers.submit(() -> batcher.run(row(i))))
        .toList();
  }

  /** Deeper than the usual stack, as some of ONNX Runtime's kernels are. */
  @Test
  void batchesRunOnALargeStack() {
    Inference deep =
        (inputs, outputs) -> Map.of("y", Tensor.floats(new float[] {depth(60_000), 0}, 1, 2));
    try (Batcher batcher = new Batcher(deep, List.of("y"), BatchLimits.DEFAULT)) {
      assertThat(batcher.run(row(1)).get("y").floats()[0]).isEqualTo(60_000);
    }
  }

  private static int depth(int wanted) {
    return wanted == 0 ? 0 : 1 + depth(wanted - 1);
  }

  @Test
  void rowsAreOneRowAndLimitsAreSensible() throws IOException {
    try (Batcher batcher = new Batcher(new Gate(), List.of("y"), BatchLimits.DEFAULT)) {
      assertThatThrownBy(() -> batcher.run(Map.of("x", Tensor.floats(new float[4], 2, 2))))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("one row at a time");
      assertThatThrownBy(() -> batcher.run(Map.of())).isInstanceOf(InvalidInputException.class);
    }
    assertThatThrownBy(() -> new BatchLimits(0, Duration.ZERO, 1, LONG))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> new BatchLimits(1, Duration.ZERO, 1, Duration.ZERO))
        .isInstanceOf(InvalidInputException.class);
  }

  private static Map<String, Tensor> image(int value) {
    byte[] bytes = {(byte) value, 1, 2, 3, 4, 5};
    return Map.of("pixels", Tensor.uint8(bytes, 1, 2, 3, 1));
  }

  private static Map<String, Tensor> row(int value) {
    return Map.of("x", Tensor.floats(new float[] {value, -value}, 1, 2));
  }

  /** Asks for a row from a thread of its own and returns once it waits in the queue. */
  private Future<Map<String, Tensor>> queue(Batcher batcher, int value) {
    int before = batcher.waiting();
    Future<Map<String, Tensor>> answer = callers.submit(() -> batcher.run(row(value)));
    while (batcher.waiting() == before) {
      Thread.onSpinWait();
    }
    return answer;
  }

  /** A model that answers y = x once it is opened, and remembers the sizes of its batches. */
  private static final class Gate implements Inference {
    final List<Integer> sizes = new ArrayList<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs) {
      sizes.add((int) inputs.get("x").shape()[0]);
      entered.countDown();
      try {
        opened.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return Map.of("y", inputs.get("x"));
    }

    void awaitEntered() throws InterruptedException {
      entered.await();
    }

    void open() {
      opened.countDown();
    }
  }
}
