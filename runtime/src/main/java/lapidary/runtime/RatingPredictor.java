package lapidary.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lapidary.models.ElementType;
import lapidary.models.IdInput;
import lapidary.models.IdVocabulary;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Signature;
import lapidary.runtime.device.Device;

/**
 * Predicts ratings, with the rating file of a recommender that Lapidary exported. An id that is not known is not an error: it is
 * answered with row 0 of its table, the average user or item; {@link #knowsUser} and {@link #knowsItem} tell. Thread-safe.
 *
 * <pre>{@code
 * try (RatingPredictor predictor = RatingPredictor.open(Path.of("ratings.onnx"), Device.cpu(1))) {
 *   float stars = predictor.predict("196", "242");
 *   float[] all = predictor.predictItems("196"); // all[i] is that of predictor.items().ids().get(i)
 * }
 * }</pre>
 */
public final class RatingPredictor implements AutoCloseable {
  // Larger batches leave the processor's cache, smaller ones pay more for each call.
  private static final int BATCH = 2048;

  private final FrontDoor<Vocabularies> door;

  private RatingPredictor(FrontDoor<Vocabularies> door) {
    this.door = door;
  }

  /** The ids that a model's file knows. */
  private record Vocabularies(
      DescribedModel model, IdVocabulary users, IdVocabulary items, IdColumn everyItem) {
    static Vocabularies of(DescribedModel model) {
      Signature signature = RecommenderFile.require(
          model,
          List.of(IdInput.USER, IdInput.ITEM),
          List.of(Output.RATING),
          "give the rating file of a collab model");
      IdVocabulary items = signature.ids(IdInput.ITEM).orElseThrow().ids();
      return new Vocabularies(
          model, signature.ids(IdInput.USER).orElseThrow().ids(), items, IdColumn.all(items));
    }

    float[] run(Inference rows, IdColumn users, IdColumn items) {
      if (users.count() != items.count()) {
        throw new InvalidInputException(users.count() + " users and " + items.count()
            + " items make no pairs; give one item for each user");
      }
      float[] ratings = new float[users.count()];
      int to;
      for (int from = 0; from < ratings.length; from = to) {
        to = from + Math.min(BATCH, ratings.length - from);
        float[] part = run(rows, users.tensor(from, to), items.tensor(from, to));
        FiniteAnswers.require(part, 1, from, model.name(), Output.RATING);
        System.arraycopy(part, 0, ratings, from, to - from);
      }
      return ratings;
    }

    private float[] run(Inference rows, Tensor users, Tensor items) {
      Tensor rating = rows.run(
              Map.of(IdInput.USER, users, IdInput.ITEM, items), List.of(Output.RATING))
          .values()
          .iterator()
          .next();
      if (rating.size() != users.size()) {
        throw new InvalidInputException(model.name() + " gives " + rating + " for " + users.size()
            + " pairs, not a rating for each; export it again");
      }
      return rating.as(float[].class);
    }

    void requireIntegers(String input, IdVocabulary known) {
      if (!known.integers()) {
        throw new InvalidInputException(model.name() + ": the ids of " + input
            + "s are text, such as " + known.id(1) + ", not " + ElementType.INT64
            + "; give them as text");
      }
    }
  }

  /**
   * Opens a file. The predictor owns the model it opens.
   *
   * @throws InvalidInputException if the file does not turn user and item ids into ratings
   */
  public static RatingPredictor open(Path file, Device device) {
    return Owned.open(Model.open(file, device), RatingPredictor::owning);
  }

  /**
   * A predictor over an open model, one that follows its file, or one that runs single pairs of many callers together; see
   * {@link lapidary.runtime.serving}. What is given here is borrowed: whoever opened it closes it, after its last answer.
   *
   * @throws InvalidInputException if the model does not turn user and item ids into ratings; it stays open then
   */
  public static RatingPredictor of(ModelSource source) {
    return new RatingPredictor(
        FollowingDoor.over(source, Vocabularies::of, known -> Output.RATING));
  }

  /**
   * The same over anything that runs such a model, which is borrowed too: one in another process, or behind a counter.
   *
   * @param rows says its inputs and outputs, and runs any number of rows
   * @param description what the model is
   * @throws InvalidInputException as {@link #of(ModelSource)} does
   */
  public static RatingPredictor of(Inference rows, ModelDescription description) {
    return new RatingPredictor(FrontDoor.over(rows, description, Vocabularies::of));
  }

  /**
   * The same, and {@link #close} closes what is given here too.
   *
   * @throws InvalidInputException as {@link #of} does; what was given stays open then
   */
  public static RatingPredictor owning(ModelSource source) {
    return new RatingPredictor(of(source).door.owning());
  }

  /** The predicted rating of one item by one user. */
  public float predict(String user, String item) {
    return predict(List.of(user), List.of(item))[0];
  }

  /**
   * The predicted ratings of pairs: the first user and the first item, and so on.
   *
   * @throws InvalidInputException if there are not as many users as items
   */
  public float[] predict(List<String> users, List<String> items) {
    return door.with((known, rows) ->
        known.run(rows, IdColumn.of(known.users(), users), IdColumn.of(known.items(), items)));
  }

  /**
   * The predicted ratings of pairs of integer ids.
   *
   * @throws InvalidInputException if there are not as many users as items, or the ids of either are text
   */
  public float[] predict(long[] users, long[] items) {
    return door.with((known, rows) -> {
      known.requireIntegers(IdInput.USER, known.users());
      known.requireIntegers(IdInput.ITEM, known.items());
      return known.run(rows, IdColumn.of(users), IdColumn.of(items));
    });
  }

  /** What the user is predicted to give every known item, in the order of {@link #items}. */
  public float[] predictItems(String user) {
    return door.with((known, rows) -> {
      IdColumn items = known.everyItem();
      return known.run(rows, IdColumn.repeated(known.users(), user, items.count()), items);
    });
  }

  /** Whether the user was in the training ratings' vocabulary. */
  public boolean knowsUser(String user) {
    return users().contains(user);
  }

  /** Whether the item was in the training ratings' vocabulary. */
  public boolean knowsItem(String item) {
    return items().contains(item);
  }

  /** The known users. */
  public IdVocabulary users() {
    return door.view().users();
  }

  /** The known items. */
  public IdVocabulary items() {
    return door.view().items();
  }

  /**
   * The model that answers now.
   *
   * @throws IllegalStateException if this was made of an inference and its description
   */
  public Model model() {
    return door.model();
  }

  /** Closes the model if this opened it or was told to own it; what is borrowed stays open. */
  @Override
  public void close() {
    door.close();
  }
}
