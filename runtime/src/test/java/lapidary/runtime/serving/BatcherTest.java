package lapidary.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
  private static final BatchLimits WIDE = new BatchLimits(8, 64, LONG, 1);

  @TempDir
  Path folder;

  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void stopCallers() throws InterruptedException {
    callers.shutdownNow();
    assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void rowsOfOneBatchGetTheAnswersOfSingleRuns() throws Exception {
    Path file = TinyClassifier.graph().write(folder.resolve("m.onnx"));
    try (Model model = Model.open(file, Device.cpu(1))) {
      Gate gate = new Gate(model);
      try (Batcher batcher = new Batcher(gate, List.of("features", "logits"), WIDE)) {
        List<Future<Map<String, Tensor>>> answers = new ArrayList<>();
        answers.add(batcher.submit(image(0)));
        gate.awaitEntered();
        IntStream.range(1, 40).forEach(i -> answers.add(batcher.submit(image(i))));
        gate.open();
        for (int i = 0; i < 40; i++) {
          assertAlone(answers.get(i).get(), model.run(image(i), List.of("features", "logits")));
        }
        assertThat(gate.sizes).containsExactly(1, 8, 8, 8, 8, 7);
        assertThat(batcher.statistics()).isEqualTo(new BatchStatistics(40, 6, 8, 0));
      }
    }
  }

  private static void assertAlone(Map<String, Tensor> batched, Map<String, Tensor> alone) {
    assertThat(batched.keySet()).containsExactly("features", "logits");
    assertThat(batched.get("logits").shape()).containsExactly(1, 3);
    for (String output : alone.keySet()) {
      assertThat(batched.get(output).floats()).containsExactly(alone.get(output).floats());
    }
  }

  @Test
  void rowsPiledUpBehindARunningBatchGoTogetherUpToTheLimit() throws Exception {
    Gate gate = new Gate();
    BatchLimits limits = new BatchLimits(3, 64, LONG, 1);
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
    BatchLimits limits = new BatchLimits(1, 2, LONG, 1);
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
    BatchLimits limits = new BatchLimits(4, 8, Duration.ofMillis(100), 1);
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
    BatchLimits limits = new BatchLimits(2, 8, LONG, 1);
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
      Future<Map<String, Tensor>> good = batcher.submit(image(5));
      Future<Map<String, Tensor>> bad = batcher.submit(Map.of("pixels", turned));
      assertThat(good.get().get("features").floats()[0]).isEqualTo(5);
      assertThatThrownBy(bad::get)
          .hasCauseInstanceOf(InvalidInputException.class)
          .hasMessageContaining("not uint8 [1, 3, 2, 1]");
    }
  }

  @Test
  void aRowThatMakesItsBatchFailFailsAloneAfterFewRuns() throws Exception {
    Gate gate = new Gate((inputs, outputs) -> {
      for (float value : inputs.get("x").floats()) {
        if (value == 43) {
          throw new InvalidInputException("forty-three");
        }
      }
      return Map.of("y", inputs.get("x"));
    });
    try (Batcher batcher = new Batcher(gate, List.of("y"), WIDE.withMaxBatch(64))) {
      List<Future<Map<String, Tensor>>> answers = piled(batcher, gate, 64);
      for (int i = 0; i < 64; i++) {
        Future<Map<String, Tensor>> answer = answers.get(i);
        if (i == 43) {
          assertThatThrownBy(answer::get).hasRootCauseMessage("forty-three");
        } else {
          assertThat(answer.get().get("y").floats()).containsExactly(i, -i);
        }
      }
    }
    assertThat(gate.sizes)
        .as("the row that opened, the batch, and two halves each time")
        .hasSize(1 + 1 + 2 * 6);
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
      BatchLimits single = new BatchLimits(1, 8, LONG, 1);
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
  void aModelThatMixesItsRowsIsRefusedBeforeAnyRow() throws IOException {
    TinyOnnx flat = new TinyOnnx()
        .node("Flatten", new String[] {"x"}, "y", TinyOnnx.integer("axis", 2))
        .input("x", TinyOnnx.FLOAT, -1, 3)
        .output("y", TinyOnnx.FLOAT, -1, 1);
    try (Model model = Model.open(flat.write(folder.resolve("flat.onnx")), Device.cpu(1))) {
      assertRefused(
          model,
          "y",
          "output \"y\" is float32 [24, 1] for a batch of 8, not a row for each request");
    }
  }

  @Test
  void anOutputThatTheModelLacksIsRefusedBeforeAnyRow() throws IOException {
    Path file = TinyClassifier.graph().write(folder.resolve("m.onnx"));
    try (Model model = Model.open(file, Device.cpu(1))) {
      assertThatThrownBy(() -> new Batcher(model, List.of("feature"), WIDE))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("\"feature\"")
          .hasMessageContaining("features");
    }
  }

  @Test
  void answersThatAreNoRowsAreToldToAllAndNotTriedAgain() throws Exception {
    Gate gate = new Gate((inputs, outputs) -> Map.of("y", Tensor.floats(new float[2], 1, 2)));
    try (Batcher batcher = new Batcher(gate, List.of("y"), WIDE)) {
      for (Future<Map<String, Tensor>> answer : piled(batcher, gate, 4)) {
        assertThatThrownBy(answer::get)
            .hasCauseInstanceOf(InvalidInputException.class)
            .hasMessageContaining("for a batch of 4, not a row for each request");
      }
    }
    assertThat(gate.sizes).containsExactly(1, 4);
  }

  @Test
  void aModelThatTakesSingleRowsOnlyIsGivenThose() throws Exception {
    Gate gate = new Gate((inputs, outputs) -> {
      if (inputs.get("x").shape()[0] > 1) {
        throw new InvalidInputException("a batch");
      }
      return Map.of("y", inputs.get("x"));
    });
    try (Batcher batcher = new Batcher(gate, List.of("y"), WIDE)) {
      for (int round = 0; round < 2; round++) {
        for (Future<Map<String, Tensor>> answer : piled(batcher, gate, 4)) {
          assertThat(answer.get()).containsKey("y");
        }
        gate.shut(1);
      }
    }
    // The first batch found it out.
    assertThat(gate.sizes).containsExactly(1, 4, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1);
  }

  /** Answers of {@code count} rows that wait behind another, and then the gate opens. */
  private static List<Future<Map<String, Tensor>>> piled(Batcher batcher, Gate gate, int count) {
    Future<Map<String, Tensor>> first = batcher.submit(row(1_000));
    gate.awaitEntered();
    List<Future<Map<String, Tensor>>> answers = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> answers.add(batcher.submit(row(i))));
    gate.open();
    assertThat(first).succeedsWithin(LONG);
    return answers;
  }

  @Test
  void severalWorkersRunAtTheSameTime() throws Exception {
    Gate gate = new Gate();
    gate.shut(3);
    BatchLimits limits = new BatchLimits(1, 8, LONG, 3);
    try (Batcher batcher = new Batcher(gate, List.of("y"), limits)) {
      List<CompletableFuture<Map<String, Tensor>>> answers =
          IntStream.range(0, 4).mapToObj(i -> batcher.submit(row(i))).toList();
      gate.awaitEntered();
      assertThat(batcher.waiting()).isEqualTo(1);
      gate.open();
      for (int i = 0; i < 4; i++) {
        assertThat(answers.get(i).get().get("y").floats()).containsExactly(i, -i);
      }
    }
  }

  @Test
  void aGpuGetsTwoBatchesAtATime() {
    assertThat(WIDE.withWorkers(8).on("cuda:0").workers()).isEqualTo(2);
    assertThat(WIDE.withWorkers(1).on("tensorrt:1").workers()).isEqualTo(1);
    assertThat(WIDE.withWorkers(8).on("cpu:1").workers()).isEqualTo(8);
  }

  @Test
  void aRowTakenBackIsNotRun() throws Exception {
    Gate gate = new Gate();
    try (Batcher batcher = new Batcher(gate, List.of("y"), WIDE)) {
      Future<Map<String, Tensor>> first = batcher.submit(row(0));
      gate.awaitEntered();
      Future<Map<String, Tensor>> second = batcher.submit(row(1));
      Future<Map<String, Tensor>> third = batcher.submit(row(2));
      assertThat(second.cancel(false)).isTrue();
      gate.open();
      assertThat(first.get()).isNotEmpty();
      assertThat(third.get().get("y").floats()).containsExactly(2, -2);
    }
    assertThat(gate.sizes).containsExactly(1, 1);
  }

  @Test
  void aRowHandedInThatWaitsTooLongIsNotRun() throws Exception {
    Gate gate = new Gate();
    try (Batcher batcher =
        new Batcher(gate, List.of("y"), new BatchLimits(4, 8, Duration.ofMillis(100), 1))) {
      Future<Map<String, Tensor>> first = batcher.submit(row(0));
      gate.awaitEntered();
      Future<Map<String, Tensor>> late = batcher.submit(row(1));
      Thread.sleep(150);
      Future<Map<String, Tensor>> inTime = batcher.submit(row(2));
      gate.open();
      assertThat(first.get()).isNotEmpty();
      assertThatThrownBy(late::get)
          .hasCauseInstanceOf(OverloadedException.class)
          .hasMessageContaining("no answer within PT0.1S");
      assertThat(inTime.get().get("y").floats()).containsExactly(2, -2);
    }
    assertThat(gate.sizes).containsExactly(1, 1);
  }

  @Test
  void manyCallersOfBothKindsGetTheirOwnAnswers() throws Exception {
    Path file = TinyClassifier.graph().write(folder.resolve("m.onnx"));
    try (Model model = Model.open(file, Device.cpu(1));
        Batcher batcher = new Batcher(
            (in, out) -> model.run(in, out), List.of("features"), WIDE.withWorkers(2))) {
      List<Future<?>> all = new ArrayList<>();
      for (int caller = 0; caller < 6; caller++) {
        int first = caller * 20;
        all.add(callers.submit(() -> {
          for (int i = 0; i < 200; i++) {
            byte value = (byte) (first + i % 20);
            Map<String, Tensor> answer = i % 2 == 0
                ? batcher.run(image(value))
                : batcher.submit(image(value)).get();
            assertThat(answer.get("features").floats()[0]).isEqualTo(value);
          }
          return null;
        }));
      }
      for (Future<?> each : all) {
        each.get();
      }
      assertThat(batcher.statistics().rows()).isEqualTo(6 * 200);
    }
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
    assertThatThrownBy(() -> new BatchLimits(0, 1, LONG, 1))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> new BatchLimits(1, 1, Duration.ZERO, 1))
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
    return Gate.waiting(batcher, () -> callers.submit(() -> batcher.run(row(value))));
  }
}
