package lapidary.search.predict;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import lapidary.runtime.Embedder;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.ModelSource;
import lapidary.runtime.RatingPredictor;
import lapidary.runtime.TablePredictor;
import lapidary.runtime.serving.registry.ModelRegistry;

/**
 * The front doors of models by name, made when they are first asked for: what a file says of labels, columns and ids is read once for
 * each file that answers. A name has as many as there are kinds at most. Thread-safe.
 */
final class Doors {
  private final ModelRegistry registry;
  private final Map<String, ImageClassifier> classifiers = new ConcurrentHashMap<>();
  private final Map<String, Embedder> embedders = new ConcurrentHashMap<>();
  private final Map<String, TablePredictor> tables = new ConcurrentHashMap<>();
  private final Map<String, RatingPredictor> ratings = new ConcurrentHashMap<>();

  Doors(ModelRegistry registry) {
    this.registry = registry;
  }

  ImageClassifier classifier(String name) {
    return door(classifiers, name, ImageClassifier::of);
  }

  /** By the output {@code embedding}, else {@code features}. */
  Embedder embedder(String name) {
    return door(embedders, name, Embedder::of);
  }

  TablePredictor table(String name) {
    return door(tables, name, TablePredictor::of);
  }

  RatingPredictor ratings(String name) {
    return door(ratings, name, RatingPredictor::of);
  }

  /** Closing none of them does anything: the registry's models are the registry's. */
  private <D> D door(Map<String, D> known, String name, Function<ModelSource, D> opener) {
    return known.computeIfAbsent(name, missing -> opener.apply(registry.follow(missing)));
  }
}
