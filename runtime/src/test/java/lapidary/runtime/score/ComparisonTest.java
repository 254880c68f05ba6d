package lapidary.runtime.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lapidary.models.DescriptionCodec;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Pixels;
import lapidary.models.Signature;
import lapidary.models.Task;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.TinyClassifier;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two files on the same rows, where the answers of both can be worked out by hand. */
final class ComparisonTest {
  @TempDir
  Path folder;

  private Model open(String name, TinyOnnx graph) throws IOException {
    return Model.open(graph.write(folder.resolve(name)), Device.cpu(1));
  }

  /** {@code y = x · factor}, float32 [N, factors]. */
  private static TinyOnnx times(float... factors) {
    return new TinyOnnx()
        .node("Mul", new String[] {"x", "c"}, "y")
        .weights("c", new long[] {factors.length}, factors)
        .input("x", TinyOnnx.FLOAT, -1, factors.length)
        .output("y", TinyOnnx.FLOAT, -1, factors.length);
  }

  private static Map<String, Tensor> rows(int width, float... values) {
    return Map.of("x", Tensor.floats(values, values.length / width, width));
  }

  @Test
  void numbersAreScoredAndTheirChangesTold() throws IOException {
    try (Model model = open("a.onnx", TinyOnnx.add(.5f, 1));
        Model against = open("b.onnx", TinyOnnx.add(0, 1))) {
      Comparison comparison = Comparison.of(model, against);
      assertThat(comparison.output()).isEqualTo("y");
      assertThat(comparison.add(rows(1, 1, 2)).floats()).containsExactly(1.5f, 2.5f);
      comparison.add(rows(1, 3));
      assertThat(comparison.rows()).isEqualTo(3);
      NumberComparison found = comparison.numbers(new float[] {1, 2, 4}, .01);
      assertThat(found.against().mse()).isEqualTo(1 / 3.0, within(1e-12));
      assertThat(found.model().mse()).isEqualTo(.25, within(1e-12));
      assertThat(found.rmseAdded()).isEqualTo(.5 - Math.sqrt(1 / 3.0), within(1e-12));
      assertThat(found.changes().agreement()).isZero();
      assertThat(found.changes().meanChange()).isEqualTo(.5);
      assertThat(comparison.numberChanges(.25).agreement()).isEqualTo(1);
    }
  }

  @Test
  void classesAreScoredAndTheirChangesTold() throws IOException {
    try (Model model = open("a.onnx", times(1, 1, 4));
        Model against = open("b.onnx", times(1, 1, 1))) {
      Comparison comparison = Comparison.of(model, against);
      comparison.add(rows(3, .5f, .25f, .125f, .25f, .5f, .25f));
      ClassComparison found = comparison.classes(new int[] {0, 1});
      assertThat(found.against().accuracy()).isEqualTo(1);
      assertThat(found.model().accuracy()).isEqualTo(.5);
      assertThat(found.points()).isEqualTo(-50);
      assertThat(found.changes().agreement()).isEqualTo(.5);
      assertThat(found.changes().largest())
          .isEqualTo(new AnswerChanges.Largest(
              1, 2, .75, new AnswerChanges.Answer(2, 1), new AnswerChanges.Answer(1, .5f)));
      assertThatThrownBy(() -> comparison.numbers(new float[] {0, 1}, .01))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("rows of 3 numbers");
    }
  }

  @Test
  void manyThreadsAddWithoutMixingTheAnswersOfRows() throws Exception {
    try (Model model = open("a.onnx", TinyOnnx.add(2, 1));
        Model against = open("b.onnx", TinyOnnx.add(0, 1))) {
      Comparison comparison = Comparison.of(model, against);
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Future<?>> added = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        float value = i;
        added.add(threads.submit(() -> comparison.add(rows(1, value, value + .5f))));
      }
      for (Future<?> each : added) {
        each.get();
      }
      threads.shutdown();
      assertThat(comparison.rows()).isEqualTo(400);
      assertThat(comparison.numberChanges(.01).meanChange()).isEqualTo(2);
      assertThat(comparison.numberChanges(.01).largest().change()).isEqualTo(2);
    }
  }

  @Test
  void bothAreTimedOnTheFirstRowsFromTheBeginningAgainIfTheyAreFew() throws IOException {
    try (Model model = open("a.onnx", TinyOnnx.add(1, 2));
        Model against = open("b.onnx", TinyOnnx.add(0, 2))) {
      Comparison comparison = Comparison.of(model, against);
      AlternatingTiming brief = new AlternatingTiming(0, 1, 0, System::nanoTime);
      assertThatThrownBy(() -> comparison.speed(1, brief))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("add inputs that are rows");
      comparison.add(rows(2, 1, 2, 3, 4, 5, 6));
      assertThat(comparison.batches()).containsExactly(1, 32);
      SpeedComparison found = comparison.speed(32, brief);
      assertThat(found.rows()).isEqualTo(32);
      assertThat(found.ratio())
          .isEqualTo(
              found.against().millisecondsPerRow() / found.model().millisecondsPerRow(),
              within(1e-9));
      assertThat(comparison.rows()).as("timing adds none").isEqualTo(3);
    }
    FirstRows first = new FirstRows(2);
    first.add(rows(2, 1, 2, 3, 4, 5, 6), 3);
    assertThat(first.batch(3).get("x").floats()).containsExactly(1, 2, 3, 4, 1, 2);
  }

  @Test
  void aFileOfOneBatchSizeIsTimedWithIt() throws IOException {
    TinyOnnx three = new TinyOnnx()
        .node("Neg", new String[] {"x"}, "y")
        .input("x", TinyOnnx.FLOAT, 3, 1)
        .output("y", TinyOnnx.FLOAT, 3, 1);
    try (Model model = open("a.onnx", TinyOnnx.add(0, 1));
        Model against = open("b.onnx", three)) {
      assertThat(Comparison.of(model, against).batches()).containsExactly(3);
    }
  }

  @Test
  void anyOutputOfFloatsIsCompared() throws IOException {
    try (Model model = open("a.onnx", TinyClassifier.described());
        Model against = open("b.onnx", TinyClassifier.graph())) {
      assertThat(Comparison.of(model, against).output()).isEqualTo(Output.PROBABILITIES);
      Comparison features = Comparison.of(model, against, Output.FEATURES);
      byte[] image = {1, 2, 3, 4, 5, 6};
      features.add(Map.of("pixels", Tensor.pixels(Pixels.of(1, 2, 3, 1, image))));
      assertThat(features.numberChanges(0).agreement()).isEqualTo(1);
    }
  }

  @Test
  void filesThatDoNotAnswerTheSameQuestionAreRefused() throws IOException {
    TinyOnnx fine = TinyClassifier.described();
    refused(
        "the first takes x float32 [N, 2], the second x float32 [N, 3]",
        TinyOnnx.add(0, 2),
        TinyOnnx.add(0, 3));
    refused(
        "the first takes pixels uint8 [N, 2, 3, 1], the second x float32 [N, 3]",
        fine,
        TinyOnnx.add(0, 3));
    refused(
        "the first calls class 1 \"middle\", the second \"centre\"",
        fine,
        TinyClassifier.described(new Labels(List.of("left", "centre", "right"))));
    ModelDescription known = TinyClassifier.description(TinyClassifier.LABELS);
    Signature cropped = new Signature(
        List.of(TinyClassifier.IMAGE.withResize(ImageInput.ResizeRule.crop(1.25))),
        known.signature().outputs());
    refused(
        "the first takes images as 2×3×1 made by STRETCH, the second 2×3×1 made by CROP 1.25",
        fine,
        as(known.withSignature(cropped)));
    refused(
        "the first is for classification, the second embedding",
        fine,
        as(new ModelDescription(
            known.architecture(),
            Task.EMBEDDING,
            known.labels(),
            known.signature(),
            known.provenance(),
            known.evidence())));
    refused(
        "b.onnx has no output y, but [z]",
        TinyOnnx.add(0, 2),
        new TinyOnnx()
            .node("Neg", new String[] {"x"}, "z")
            .input("x", TinyOnnx.FLOAT, -1, 2)
            .output("z", TinyOnnx.FLOAT, -1, 2));
    refused("output y of", TinyOnnx.identity(TinyOnnx.INT64), TinyOnnx.identity(TinyOnnx.INT64));
  }

  private static TinyOnnx as(ModelDescription description) {
    return TinyClassifier.graph().metadata(DescriptionCodec.toMetadata(description));
  }

  private void refused(String sentence, TinyOnnx first, TinyOnnx second) throws IOException {
    try (Model model = open("a.onnx", first);
        Model against = open("b.onnx", second)) {
      assertThatThrownBy(() -> Comparison.of(model, against))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("cannot be compared: ")
          .hasMessageContaining(sentence);
    }
  }

  @Test
  void answersThatAreNotFiniteAreRefusedByFile() throws IOException {
    try (Model model = open("a.onnx", times(1));
        Model against = open("b.onnx", times(Float.MAX_VALUE))) {
      Comparison comparison = Comparison.of(model, against);
      assertThatThrownBy(() -> comparison.add(rows(1, 4)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("b.onnx answers Infinity with output y");
      assertThat(comparison.rows()).isZero();
    }
  }
}
