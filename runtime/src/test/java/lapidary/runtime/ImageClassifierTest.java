package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.models.Pixels;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageClassifierTest {
  private static final Pixels RIGHT_THEN_LEFT =
      Pixels.of(2, 2, 3, 1, new byte[] {0, 0, (byte) 200, 0, 0, 0, 50, 0, 0, 50, 0, 20});

  @TempDir
  Path folder;

  @Test
  void namesTheMostProbableClassesFirst() throws IOException {
    try (ImageClassifier classifier =
        ImageClassifier.open(TinyClassifier.described().write(path()), Device.cpu(1))) {
      List<List<Prediction>> answers = classifier.classify(RIGHT_THEN_LEFT, 2);
      assertThat(answers.get(0)).extracting(Prediction::label).containsExactly("right", "left");
      assertThat(answers.get(1)).extracting(Prediction::label).containsExactly("left", "right");
      // softmax(0, 0, 2)
      assertThat(answers.get(0).get(0).probability()).isCloseTo(0.786986f, within(1e-6f));
      assertThat(answers.get(0).get(0).index()).isEqualTo(2);
    }
  }

  @Test
  void decodesAnImageFileAsTheModelSays() throws IOException {
    try (ImageClassifier classifier =
        ImageClassifier.open(TinyClassifier.described().write(path()), Device.cpu(1))) {
      byte[] png = Pictures.greyPng(3, 2, 0, 250, 0, 0, 250, 0);
      List<Prediction> answers = classifier.classify(png, "middle.png", 9);
      assertThat(answers).extracting(Prediction::label).containsExactly("middle", "left", "right");
      assertThat(classifier.input()).isEqualTo(TinyClassifier.IMAGE);
      assertThat(classifier.labels()).isEqualTo(TinyClassifier.LABELS);
      assertThatThrownBy(() -> classifier.classify(new byte[] {1, 2}, "broken.png", 1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("broken.png");
    }
  }

  @Test
  void readsAnImageByItsPath() throws IOException {
    Path file =
        Files.write(folder.resolve("middle.png"), Pictures.greyPng(3, 2, 0, 250, 0, 0, 250, 0));
    try (ImageClassifier classifier =
        ImageClassifier.open(TinyClassifier.described().write(path()), Device.cpu(1))) {
      assertThat(classifier.classify(file, 1))
          .extracting(Prediction::label)
          .containsExactly("middle");
      assertThatThrownBy(() -> classifier.classify(folder.resolve("none.png"), 1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("none.png")
          .hasMessageContaining("no such file")
          .hasMessageContaining("give an image file that exists and can be read");
    }
  }

  @Test
  void topNothingAndOtherSizesAreRefused() throws IOException {
    try (ImageClassifier classifier =
        ImageClassifier.open(TinyClassifier.described().write(path()), Device.cpu(1))) {
      assertThatThrownBy(() -> classifier.classify(RIGHT_THEN_LEFT, 0))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("top 0");
      Pixels turned = Pixels.of(1, 3, 2, 1, new byte[6]);
      assertThatThrownBy(() -> classifier.classify(turned, 1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("input \"pixels\" is uint8 [N, 2, 3, 1], not uint8 [1, 3, 2, 1]");
    }
  }

  @Test
  void filesThatAreNoImageClassifierAreRefused() throws IOException {
    Path plain = TinyClassifier.graph().write(folder.resolve("plain.onnx"));
    assertThatThrownBy(() -> ImageClassifier.open(plain, Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("plain.onnx carries no Lapidary description");
    Path unlabelled = TinyClassifier.described(Labels.NONE).write(folder.resolve("bare.onnx"));
    assertThatThrownBy(() -> ImageClassifier.open(unlabelled, Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bare.onnx has 3 probabilities and 0 labels");
  }

  @Test
  void closingTheClassifierClosesItsModel() throws IOException {
    ImageClassifier classifier =
        ImageClassifier.open(TinyClassifier.described().write(path()), Device.cpu(1));
    classifier.close();
    classifier.close();
    assertThatThrownBy(() -> classifier.classify(RIGHT_THEN_LEFT, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
  }

  private Path path() {
    return folder.resolve("tiny.onnx");
  }
}
