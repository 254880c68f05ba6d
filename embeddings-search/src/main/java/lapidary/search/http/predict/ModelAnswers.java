package lapidary.search.http.predict;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.models.DescriptionCodec;
import lapidary.models.ModelCard;
import lapidary.models.ModelDescription;
import lapidary.runtime.Prediction;
import lapidary.runtime.TableAnswers;
import lapidary.search.http.route.Json;
import lapidary.search.predict.PairRating;
import lapidary.search.predict.PictureVector;
import lapidary.search.predict.ServedModel;
import org.jspecify.annotations.Nullable;

/** The JSON answers about models, documented in the OpenAPI document. */
final class ModelAnswers {
  /** By the names of their schemas. */
  static final Map<String, Class<? extends Record>> ALL = Map.of(
      "Models", Models.class,
      "ServedModel", Model.class,
      "ModelCard", Card.class,
      "PredictedClasses", Classes.class,
      "PredictedRows", Rows.class,
      "PredictedRatings", Ratings.class,
      "EmbeddedPicture", Vector.class);

  private ModelAnswers() {}

  /**
   * All models.
   *
   * @param models by name
   */
  record Models(List<Model> models) {}

  /**
   * One of them.
   *
   * @param name its name
   * @param ready whether it can be run
   * @param versions that can be run, the smallest first
   * @param sha256 digest of the file that answers; absent if it is not ready
   * @param architecture what network it is; absent if its file does not say
   * @param takes what it makes whole answers of: picture, pairs or rows; tensors if it makes none
   */
  record Model(
      String name,
      boolean ready,
      List<Long> versions,
      @Nullable String sha256,
      @Nullable String architecture,
      String takes) {
    static Model of(ServedModel model) {
      return new Model(
          model.name(),
          !model.versions().isEmpty(),
          model.versions(),
          model.sha256().orElse(null),
          model.description().map(described -> described.architecture().name()).orElse(null),
          model.takes().name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * What a model says of itself.
   *
   * @param model its name and state
   * @param card its model card, Markdown; absent if its file has none
   * @param description what its file says, as {@code model.json} of a checkpoint does; absent if it says nothing
   */
  record Card(Model model, @Nullable String card, @Nullable JsonNode description) {
    static Card of(ServedModel model) {
      return new Card(
          Model.of(model),
          model.description().map(ModelCard::of).orElse(null),
          model.description().map(Card::json).orElse(null));
    }

    private static JsonNode json(ModelDescription description) {
      String text = DescriptionCodec.toJson(description);
      return Json.parse(text.getBytes(StandardCharsets.UTF_8), "a description");
    }
  }

  /**
   * What is in a picture.
   *
   * @param model the name of the model
   * @param predictions the most probable first
   */
  record Classes(String model, List<Named> predictions) {
    static Classes of(String model, List<Prediction> predictions) {
      return new Classes(model, predictions.stream().map(Named::of).toList());
    }
  }

  /**
   * One answer.
   *
   * @param label the class's name
   * @param index the class's number, from 0
   * @param probability 0..1
   */
  record Named(String label, int index, float probability) {
    static Named of(Prediction prediction) {
      return new Named(prediction.label(), prediction.index(), prediction.probability());
    }
  }

  /**
   * Answers to rows.
   *
   * @param model the name of the model
   * @param predictions one a row, in their order
   */
  record Rows(String model, List<Row> predictions) {
    static Rows of(String model, TableAnswers answers) {
      return new Rows(
          model,
          IntStream.range(0, answers.rows())
              .mapToObj(row -> Row.of(answers, row))
              .toList());
    }
  }

  /**
   * One of them.
   *
   * @param label the most probable class; absent if a number is predicted
   * @param probability its probability, 0..1; absent if a number is predicted
   * @param value the number; absent if a class is predicted
   */
  record Row(
      @Nullable String label,
      @Nullable Float probability,
      @Nullable Float value) {
    static Row of(TableAnswers answers, int row) {
      return answers.classifies()
          ? new Row(answers.answer(row), answers.value(row), null)
          : new Row(null, null, answers.value(row));
    }
  }

  /**
   * Ratings.
   *
   * @param model the name of the model
   * @param predictions one a pair, in their order
   */
  record Ratings(String model, List<Rating> predictions) {
    static Ratings of(String model, List<PairRating> ratings) {
      return new Ratings(model, ratings.stream().map(Rating::of).toList());
    }
  }

  /**
   * One of them.
   *
   * @param user the id as it was sent
   * @param item the same of the item
   * @param rating on the scale of the model's data
   * @param knownUser whether the model knows the user; else an average one is predicted for
   * @param knownItem the same of the item
   */
  record Rating(String user, String item, float rating, boolean knownUser, boolean knownItem) {
    static Rating of(PairRating rated) {
      return new Rating(
          rated.pair().user(),
          rated.pair().item(),
          rated.rating(),
          rated.knownUser(),
          rated.knownItem());
    }
  }

  /**
   * What an output gives for a picture.
   *
   * @param model the name of the model
   * @param modelSha256 digest of its file: what it may be compared with is of the same file and output
   * @param output the name of the output
   * @param vector its values
   */
  record Vector(String model, String modelSha256, String output, List<Float> vector) {
    static Vector of(String model, PictureVector vector) {
      float[] values = vector.values();
      return new Vector(
          model,
          vector.modelSha256(),
          vector.output(),
          IntStream.range(0, values.length).mapToObj(i -> values[i]).toList());
    }
  }
}
