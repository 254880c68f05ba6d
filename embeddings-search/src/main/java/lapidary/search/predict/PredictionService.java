package lapidary.search.predict;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.WordNetClass;
import lapidary.runtime.Embedder;
import lapidary.runtime.Prediction;
import lapidary.runtime.RatingPredictor;
import lapidary.runtime.TableAnswers;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.runtime.serving.registry.ModelStatus;
import lapidary.search.inference.ModelReference;
import lapidary.search.inference.Models;

/**
 * Whole answers of the models of a registry, each by the greatest version that is ready. A model that is not there is a
 * {@link lapidary.search.NotFoundException}, one that cannot be run now a
 * {@link lapidary.runtime.serving.registry.NotReadyException}, an input that makes no sense an {@link InvalidInputException}; no
 * sentence has a place in the file system. The registry is its owner's to close. Thread-safe.
 */
public final class PredictionService {
  private final ModelRegistry registry;
  private final Models models;
  private final Doors doors;

  /** Over a registry, which the caller closes after this. */
  public PredictionService(ModelRegistry registry) {
    this.registry = registry;
    this.models = new Models(registry);
    this.doors = new Doors(registry);
  }

  /** All models by name, also those that are not ready. */
  public List<ServedModel> models() {
    return registry.index().stream()
        .filter(status -> status.state() != ModelStatus.State.UNLOADING)
        .collect(Collectors.groupingBy(ModelStatus::name, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(PredictionService::served)
        .toList();
  }

  /** One of them. */
  public ServedModel model(String name) {
    List<ModelStatus> versions = models.versions(ModelReference.of(name)).toList();
    if (versions.isEmpty()) {
      // Says what there is instead.
      models.lease(ModelReference.of(name)).close();
    }
    return served(versions);
  }

  /**
   * Names what is in a picture, classes of WordNet in words.
   *
   * @param encoded the bytes of a PNG, JPEG, GIF, BMP or WebP file
   * @param source what to call it in an error
   * @param top how many answers, at least 1
   * @return the most probable first
   */
  public List<Prediction> classify(String model, byte[] encoded, String source, int top) {
    return answered(
            model, Takes.PICTURE, () -> doors.classifier(model).classify(encoded, source, top))
        .stream()
        .map(answer -> new Prediction(
            answer.index(), WordNetClass.inWords(answer.label()), answer.probability()))
        .toList();
  }

  /**
   * Predicts from rows.
   *
   * @param rows column name to raw cell, an empty one where the value is missing; columns that the model does not know are left alone
   */
  public TableAnswers predict(String model, List<Map<String, String>> rows) {
    return answered(model, Takes.ROWS, () -> doors.table(model).predict(rows));
  }

  /** Predicts ratings, in the order of the pairs. */
  public List<PairRating> rate(String model, List<Pair> pairs) {
    return answered(model, Takes.PAIRS, () -> rated(doors.ratings(model), pairs));
  }

  /**
   * The vector of a picture, by the output {@code embedding}, else {@code features}.
   *
   * @param encoded as {@link #classify} takes it
   * @param source what to call it in an error
   */
  public PictureVector embed(String model, byte[] encoded, String source) {
    return answered(model, Takes.PICTURE, () -> {
      Embedder embedder = doors.embedder(model);
      return new PictureVector(
          embedder.output(), embedder.modelSha256(), embedder.embed(encoded, source));
    });
  }

  private static List<PairRating> rated(RatingPredictor predictor, List<Pair> pairs) {
    float[] ratings = predictor.predict(
        pairs.stream().map(Pair::user).toList(), pairs.stream().map(Pair::item).toList());
    return IntStream.range(0, ratings.length)
        .mapToObj(i -> new PairRating(
            pairs.get(i),
            ratings[i],
            predictor.knowsUser(pairs.get(i).user()),
            predictor.knowsItem(pairs.get(i).item())))
        .toList();
  }

  private <T> T answered(String model, Takes wanted, Supplier<T> work) {
    return models.told(ModelReference.of(model), () -> {
      requireTaken(model, wanted);
      return work.get();
    });
  }

  private void requireTaken(String model, Takes wanted) {
    Takes taken = registry.follow(model).lend((opened, rows) -> taken(opened.description()));
    if (taken != wanted) {
      throw new InvalidInputException("model " + model + " takes " + taken.words() + ", not "
          + wanted.words()
          + (taken == Takes.TENSORS ? "; send them to /v2/models/" + model + "/infer" : ""));
    }
  }

  private static Takes taken(Optional<ModelDescription> description) {
    return description.map(Takes::of).orElse(Takes.TENSORS);
  }

  private static ServedModel served(List<ModelStatus> versions) {
    List<ModelStatus> ready = versions.stream()
        .filter(status -> status.model().isPresent())
        .sorted(Comparator.comparingLong(ModelStatus::version))
        .toList();
    Optional<ModelStatus.Ready> newest =
        ready.isEmpty() ? Optional.empty() : ready.get(ready.size() - 1).model();
    return new ServedModel(
        versions.get(0).name(),
        ready.stream().map(ModelStatus::version).toList(),
        newest.map(ModelStatus.Ready::sha256),
        taken(newest.flatMap(ModelStatus.Ready::description)),
        newest.flatMap(ModelStatus.Ready::description));
  }
}
