package lapidary.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.Pixels;
import lapidary.runtime.Embedder;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Inference;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.ModelSource;
import lapidary.runtime.RatingPredictor;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorInfo;
import lapidary.runtime.TinyClassifier;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Front doors such as the classifier over what serves many callers. */
@Timeout(60)
final class FrontDoorsTest {
  private static final Labels TURNED = new Labels(List.of("middle", "right", "left"));
  /** The third column is bright, so the third class it is. */
  private static final Pixels RIGHT = Pixels.of(1, 2, 3, 1, new byte[] {0, 0, 90, 0, 0, 90});

  @TempDir
  Path folder;

  @Test
  void singleImagesOfManyCallersAreRunTogether() throws Exception {
    BatchLimits patient = new BatchLimits(4, 16, Duration.ofSeconds(50), 1);
    ExecutorService callers = Executors.newFixedThreadPool(5);
    try (Model model = model(TinyClassifier.LABELS)) {
      Gate gate = new Gate(model);
      try (Batcher batcher =
              new Batcher(new Gated(model, gate), List.of("probabilities"), patient);
          ImageClassifier classifier = ImageClassifier.of(batcher)) {
        List<Future<String>> answers = new ArrayList<>();
        answers.add(callers.submit(() -> label(classifier)));
        gate.awaitEntered();
        for (int i = 0; i < 4; i++) {
          answers.add(Gate.waiting(batcher, () -> callers.submit(() -> label(classifier))));
        }
        gate.open();
        for (Future<String> answer : answers) {
          assertThat(answer.get()).isEqualTo("right");
        }
        assertThat(gate.sizes).containsExactly(1, 4);
      }
    } finally {
      callers.shutdown();
    }
  }

  /** A model behind a gate. */
  private record Gated(Model model, Gate gate) implements Inference, ModelSource {
    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs) {
      return gate.run(inputs, outputs);
    }

    @Override
    public <T> T lend(BiFunction<Model, Inference, T> use) {
      return use.apply(model, gate);
    }

    @Override
    public void close() {}
  }

  @Test
  void aBatchNeedsNoBatcher() throws IOException {
    try (Model model = model(TinyClassifier.LABELS);
        Batcher batcher = new Batcher(model, List.of("features"), BatchLimits.DEFAULT);
        Embedder embedder = Embedder.of(batcher, "features")) {
      Pixels two = Pixels.of(2, 2, 3, 1, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
      assertThat(embedder.embed(two)[1]).containsExactly(7, 8, 9, 10, 11, 12);
      assertThat(batcher.statistics().rows()).isZero();
      assertThat(embedder.embed(RIGHT)[0]).containsExactly(0, 0, 90, 0, 0, 90);
      assertThat(batcher.statistics().rows()).isEqualTo(1);
    }
  }

  @Test
  void labelsFollowTheFile() throws IOException {
    ModelOptions options = ModelOptions.of(Device.cpu(1));
    publish(TinyClassifier.described());
    try (ReloadingModel model =
            ReloadingModel.open(path(), options, Duration.ofDays(1), reload -> {});
        ImageClassifier classifier = ImageClassifier.of(model)) {
      assertThat(label(classifier)).isEqualTo("right");
      publish(TinyClassifier.described(TURNED));
      assertThat(model.reload()).isPresent();
      assertThat(label(classifier)).isEqualTo("left");
      assertThat(classifier.labels()).isEqualTo(TURNED);
      publish(TinyClassifier.graph());
      assertThat(model.reload()).isPresent();
      assertThatThrownBy(() -> label(classifier))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("model.onnx carries no Lapidary description");
    }
  }

  @Test
  void aRowThatAnotherModelAnsweredIsAskedAgain() throws IOException {
    try (Model first = model(TinyClassifier.LABELS);
        Model other =
            Model.open(TinyOnnx.add(1, 3).write(folder.resolve("other.onnx")), Device.cpu(1));
        Replaced source = new Replaced(first, other);
        Batcher batcher = new Batcher(source, List.of("probabilities"), BatchLimits.DEFAULT);
        ImageClassifier classifier = ImageClassifier.of(batcher)) {
      assertThat(label(classifier)).isEqualTo("right");
      assertThat(source.runs).as("through the batcher").hasValue(1);
    }
  }

  @Test
  void whoOpenedCloses() throws IOException {
    ModelOptions options = ModelOptions.of(Device.cpu(1));
    publish(TinyClassifier.described());
    try (ReloadingModel leased =
        ReloadingModel.open(path(), options, Duration.ofDays(1), reload -> {})) {
      Embedder borrower = Embedder.of(leased, "features");
      borrower.close();
      leased.with(model -> {
        ImageClassifier.of(model).close();
        return model;
      });
      assertThat(borrower.embed(RIGHT)[0]).containsExactly(0, 0, 90, 0, 0, 90);
      Embedder.owning(leased, "features").close();
      assertThatThrownBy(() -> borrower.embed(RIGHT)).hasMessageContaining("is closed");
    }
  }

  @Test
  void anInferenceAndItsDescriptionServeAsAModelDoes() throws IOException {
    try (Model model = model(TinyClassifier.LABELS)) {
      Counted counted = new Counted(model, new AtomicInteger());
      ModelDescription description = model.description().orElseThrow();
      try (ImageClassifier classifier = ImageClassifier.of(counted, description);
          Embedder embedder = Embedder.of(counted, description)) {
        assertThat(label(classifier)).isEqualTo("right");
        assertThat(embedder.embed(RIGHT)[0]).containsExactly(0, 0, 90, 0, 0, 90);
        assertThatThrownBy(embedder::modelSha256)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("not of the model of a file");
      }
      assertThat(counted.runs()).hasValue(2);
      assertThatThrownBy(() -> RatingPredictor.of(counted, description))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("the given tiny takes [pixels]");
      assertThatThrownBy(() -> ImageClassifier.of((in, out) -> in, description))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("but takes []");
      assertThat(ImageClassifier.of(model, description).model()).isSameAs(model);
    }
  }

  /** A model behind a counter. */
  private record Counted(Model model, AtomicInteger runs) implements Inference {
    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs) {
      runs.incrementAndGet();
      return model.run(inputs, outputs);
    }

    @Override
    public List<TensorInfo> inputs() {
      return model.inputs();
    }

    @Override
    public List<TensorInfo> outputs() {
      return model.outputs();
    }
  }

  @Test
  void anOwnerThatIsRefusedClosesNothing() throws IOException {
    try (Model model = model(TinyClassifier.LABELS)) {
      assertThatThrownBy(() -> Embedder.owning(model, "none"))
          .isInstanceOf(InvalidInputException.class);
      assertThatThrownBy(() -> RatingPredictor.owning(model))
          .isInstanceOf(InvalidInputException.class);
      assertThat(model.run(Map.of("pixels", Tensor.pixels(RIGHT)))).isNotEmpty();
    }
  }

  @Test
  void batchersWithoutTheOutputOrWithoutAFileAreRefused() throws IOException {
    try (Model model = model(TinyClassifier.LABELS);
        Batcher logits = new Batcher(model, List.of("logits"), BatchLimits.DEFAULT);
        Batcher lambda =
            new Batcher((in, out) -> in, List.of("probabilities"), BatchLimits.DEFAULT)) {
      assertThatThrownBy(() -> ImageClassifier.of(logits))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("model.onnx")
          .hasMessageContaining("\"probabilities\"")
          .hasMessageContaining("logits");
      assertThatThrownBy(() -> ImageClassifier.of(lambda))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("make it over a Model or a ReloadingModel");
    }
  }

  /** A model that becomes another one when a row is run. */
  private static final class Replaced implements Inference, ModelSource {
    private final Model other;
    private final Model first;
    private final AtomicInteger runs = new AtomicInteger();

    Replaced(Model first, Model other) {
      this.first = first;
      this.other = other;
    }

    @Override
    public <T> T lend(BiFunction<Model, Inference, T> use) {
      Model lent = runs.get() > 0 ? other : first;
      return use.apply(lent, lent);
    }

    @Override
    public Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs) {
      runs.incrementAndGet();
      // Class 0 whatever goes in: what another model says.
      return Map.of("probabilities", Tensor.floats(new float[] {1, 0, 0}, 1, 3));
    }

    @Override
    public void close() {}
  }

  private static String label(ImageClassifier classifier) {
    return classifier.classify(RIGHT, 1).get(0).get(0).label();
  }

  private Model model(Labels labels) throws IOException {
    return Model.open(TinyClassifier.described(labels).write(path()), Device.cpu(1));
  }

  private void publish(TinyOnnx graph) throws IOException {
    Path next = graph.write(folder.resolve("next.onnx"));
    Files.move(next, path(), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path path() {
    return folder.resolve("model.onnx");
  }
}
