package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.runtime.device.Device;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole files whose weights were damaged: nobody is answered NaN. */
final class FiniteAnswersTest {
  private static final Pixels TWO = Pixels.of(2, 2, 3, 1, new byte[12]);

  @TempDir
  Path folder;

  @Test
  void imagesGetNoClassAndNoVector() throws IOException {
    Path file = spoilt(TinyClassifier.described(), Float.POSITIVE_INFINITY, .01f, 0, 0, 0, .01f);
    try (ImageClassifier classifier = ImageClassifier.open(file, Device.cpu(1))) {
      refused("answers NaN for row 0, output probabilities", () -> classifier.classify(TWO, 1));
      refused("output probabilities", () -> classifier.probabilities(TWO));
    }
    try (Embedder embedder = Embedder.open(file, Device.cpu(1), "logits")) {
      refused("answers NaN for row 0, output logits", () -> embedder.embed(TWO));
    }
  }

  @Test
  void pairsGetNoRatingUnlessTheirsAreWhole() throws IOException {
    Path file = spoilt(TinyRecommender.ratings(TinyRecommender.NUMBERED), Float.NaN, -1, 1);
    try (RatingPredictor predictor = RatingPredictor.open(file, Device.cpu(1))) {
      assertThat(predictor.predict("7", "30")).isEqualTo(1.75f);
      refused(
          "answers NaN for row 1, output rating",
          () -> predictor.predict(List.of("7", "9"), List.of("30", "30")));
    }
  }

  @Test
  void itemsAreNotReadByHalves() throws IOException {
    Path vectors = spoilt(TinyRecommender.items(TinyRecommender.NUMBERED), Float.NaN, 2, -1);
    refused(
        "answers NaN for row 2, output embedding", () -> ItemFactors.read(vectors, Device.cpu(1)));
    Path biases =
        spoilt(TinyRecommender.items(TinyRecommender.NUMBERED), Float.NEGATIVE_INFINITY, -.5f, 1);
    refused(
        "answers -Infinity for row 1, output bias", () -> ItemFactors.read(biases, Device.cpu(1)));
  }

  /** The file with another number in place of the first of these, which are in it side by side. */
  private Path spoilt(TinyOnnx tiny, float damage, float... at) throws IOException {
    Path file = tiny.write(folder.resolve("spoilt.onnx"));
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer sought = ByteBuffer.allocate(at.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : at) {
      sought.putFloat(value);
    }
    int place = 0;
    while (!Arrays.equals(
        bytes, place, place + sought.capacity(), sought.array(), 0, sought.capacity())) {
      place++;
    }
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(place, damage);
    return Files.write(file, bytes);
  }

  private static void refused(String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("spoilt.onnx")
        .hasMessageContaining(reason);
  }
}
