package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.models.DescriptionCodec;
import lapidary.models.IdVocabulary;
import lapidary.models.InvalidInputException;
import lapidary.models.Signature;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RatingPredictorTest {
  @TempDir
  Path folder;

  private RatingPredictor open(IdVocabulary items) throws IOException {
    Path file = TinyRecommender.ratings(items).write(folder.resolve("ratings.onnx"));
    return RatingPredictor.open(file, Device.cpu(1));
  }

  @Test
  void ratesPairsOfIdsAsTheTablesSay() throws IOException {
    try (RatingPredictor predictor = open(TinyRecommender.NUMBERED)) {
      // (1, 2) · (0, 1) + .25 − .5
      assertThat(predictor.predict("7", "50")).isEqualTo(1.75f);
      assertThat(predictor.predict(List.of("9", "7", "9"), List.of("80", "30", "30")))
          .containsExactly(-3 - .25f + 1, 1 + .25f + .5f, -1 - .25f + .5f);
      assertThat(predictor.predict(new long[] {9, 7}, new long[] {50, 80}))
          .containsExactly(1 - .25f - .5f, 0 + .25f + 1);
      assertThat(predictor.predict(List.of(), List.of())).isEmpty();
    }
  }

  @Test
  void unknownIdsAreTheAverageUserAndItem() throws IOException {
    try (RatingPredictor predictor = open(TinyRecommender.NUMBERED)) {
      float userRow = .5f + 0 + .5f;
      assertThat(predictor.predict(List.of("8", "07", "anna", ""), List.of("30", "30", "30", "30")))
          .containsExactly(userRow, userRow, userRow, userRow);
      assertThat(predictor.predict("7", "no such item")).isEqualTo(8 + .25f + .125f);
      assertThat(predictor.predict(new long[] {-1}, new long[] {0})).containsExactly(2 + .125f);
      assertThat(predictor.knowsUser("7")).isTrue();
      assertThat(predictor.knowsUser("07")).isFalse();
      assertThat(predictor.knowsItem("80")).isTrue();
      assertThat(predictor.knowsItem("7")).isFalse();
    }
  }

  @Test
  void idsThatAreTextGoInAsText() throws IOException {
    try (RatingPredictor predictor = open(TinyRecommender.NAMED)) {
      assertThat(predictor.predictItems("7")).containsExactly(1.75f, 1.75f, 1.25f);
      assertThat(predictor.predict(List.of("7", "7"), List.of("a", "A")))
          .containsExactly(1.75f, 8.375f);
      assertThat(predictor.items().ids()).containsExactly("b", "a", "30");
      assertThatThrownBy(() -> predictor.predict(new long[] {7}, new long[] {30}))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("ratings.onnx: the ids of items are text, such as b");
    }
  }

  @Test
  void everyItemOfAUserIsTheSameAsItsPairs() throws IOException {
    try (RatingPredictor predictor = open(TinyRecommender.NUMBERED)) {
      for (String user : List.of("7", "9", "11")) {
        float[] pairs = predictor.predict(List.of(user, user, user), List.of("30", "50", "80"));
        assertThat(predictor.predictItems(user)).containsExactly(pairs);
      }
    }
  }

  @Test
  void moreThanOneBatchIsJoinedInOrder() throws IOException {
    int count = 10_001;
    long[] users = IntStream.range(0, count).mapToLong(i -> i % 3 == 0 ? 7 : 9).toArray();
    long[] items = IntStream.range(0, count).mapToLong(i -> 30 + i % 51).toArray();
    try (RatingPredictor predictor = open(TinyRecommender.NUMBERED)) {
      float[] ratings = predictor.predict(users, items);
      List<String> userTexts = Arrays.stream(users).mapToObj(Long::toString).toList();
      List<String> itemTexts = Arrays.stream(items).mapToObj(Long::toString).toList();
      assertThat(ratings).hasSize(count).containsExactly(predictor.predict(userTexts, itemTexts));
      for (int i = count - 60; i < count; i++) {
        assertThat(ratings[i]).isEqualTo(predictor.predict(userTexts.get(i), itemTexts.get(i)));
      }
    }
  }

  @Test
  void unequalColumnsAreRefused() throws IOException {
    try (RatingPredictor predictor = open(TinyRecommender.NUMBERED)) {
      assertThatThrownBy(() -> predictor.predict(List.of("7", "9"), List.of("30")))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("2 users and 1 items make no pairs; give one item for each user");
    }
  }

  @Test
  void anAnswerThatIsNoRatingForEachPairIsRefused() throws IOException {
    Signature signature = Signature.ofRatings(TinyRecommender.USERS, TinyRecommender.NUMBERED);
    Path file = new TinyOnnx()
        .input("user", TinyOnnx.INT64, -1)
        .input("item", TinyOnnx.INT64, -1)
        .node("Add", new String[] {"user", "item"}, "sum")
        .node("Cast", new String[] {"sum"}, "floats", TinyOnnx.integer("to", TinyOnnx.FLOAT))
        .node("ReduceSum", new String[] {"floats"}, "rating")
        .output("rating", TinyOnnx.FLOAT, 1)
        .metadata(DescriptionCodec.toMetadata(TinyRecommender.description(signature)))
        .write(folder.resolve("sum.onnx"));
    try (RatingPredictor predictor = RatingPredictor.open(file, Device.cpu(1))) {
      assertThatThrownBy(() -> predictor.predictItems("7"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("sum.onnx gives float32 [1] for 3 pairs, not a rating for each");
    }
  }

  @Test
  void closingThePredictorClosesItsModel() throws IOException {
    RatingPredictor predictor = open(TinyRecommender.NAMED);
    predictor.close();
    predictor.close();
    assertThatThrownBy(() -> predictor.predict("7", "a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void otherFilesAreRefusedInASentence() throws IOException {
    Path items = TinyRecommender.items(TinyRecommender.NAMED).write(folder.resolve("items.onnx"));
    refused(
        items,
        "items.onnx takes [item] and gives [embedding, bias], not ids of [user, item] and [rating];"
            + " give the rating file of a collab model");
    refused(
        TinyClassifier.described().write(folder.resolve("pictures.onnx")),
        "pictures.onnx takes [pixels] and gives [logits, probabilities, features]");
    refused(
        TinyRecommender.ratingGraph(TinyRecommender.NAMED).write(folder.resolve("bare.onnx")),
        "bare.onnx carries no Lapidary description");
    Signature numbered = Signature.ofRatings(TinyRecommender.USERS, TinyRecommender.NUMBERED);
    TinyOnnx other = TinyRecommender.ratingGraph(TinyRecommender.NAMED)
        .metadata(DescriptionCodec.toMetadata(TinyRecommender.description(numbered)));
    refused(
        other.write(folder.resolve("other.onnx")),
        "other.onnx describes the input \"item\" as int64 [N] but has [");
    TinyOnnx silent = TinyRecommender.items(TinyRecommender.NUMBERED)
        .input("user", TinyOnnx.INT64, -1)
        .metadata(DescriptionCodec.toMetadata(TinyRecommender.description(numbered)));
    refused(
        silent.write(folder.resolve("silent.onnx")),
        "silent.onnx describes the output \"rating\" as float32 [N] but has [embedding float32"
            + " [N, 2], bias float32 [N]]");
  }

  private static void refused(Path file, String reason) {
    assertThatThrownBy(() -> RatingPredictor.open(file, Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(reason);
  }
}
