package lapidary.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Embedder;
import lapidary.search.pca.FiniteVector;
import lapidary.search.pca.Pca;
import lapidary.search.store.Entry;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;

/**
 * What a collection is made with and keeps. Immutable, thread-safe.
 *
 * @param name what the service calls the collection: letters, digits, dots, dashes and underscores, at most 100
 * @param model where its vectors come from
 * @param pca what reduces them; without it they are kept as wide as they come
 * @param pictures the folder of image files within which the ids of items are paths; empty if they were made of something else
 */
public record CollectionSpec(
    String name, IndexedModel model, Optional<Pca> pca, Optional<String> pictures) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /** Refuses a name that cannot be one, and a PCA of another width than the model's output. */
  public CollectionSpec {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidInputException("\"" + name
          + "\" cannot name a collection; use letters, digits, dots, dashes and underscores");
    }
    pca.ifPresent(reduction -> {
      if (reduction.inputs() != model.width()) {
        throw new InvalidInputException("the PCA takes " + reduction.inputs() + " columns, output "
            + model.output() + " has " + model.width() + "; fit the PCA to that output");
      }
    });
  }

  /** Without a folder of pictures. */
  public CollectionSpec(String name, IndexedModel model, Optional<Pca> pca) {
    this(name, model, pca, Optional.empty());
  }

  /** A collection of what a model gives, not reduced. */
  public static CollectionSpec of(String name, Embedder embedder) {
    String file = embedder.model().file().toAbsolutePath().toString();
    IndexedModel model = new IndexedModel(
        embedder.modelSha256(), Optional.of(file), embedder.output(), embedder.width());
    return new CollectionSpec(name, model, Optional.empty());
  }

  /** The same with vectors reduced by a PCA. */
  public CollectionSpec reducedBy(Pca reduction) {
    return new CollectionSpec(name, model, Optional.of(reduction), pictures);
  }

  /** The same of the image files in a folder, which may be looked at. */
  public CollectionSpec picturedBy(Path folder) {
    return new CollectionSpec(
        name, model, pca, Optional.of(folder.toAbsolutePath().normalize().toString()));
  }

  /** Values of a vector as it is stored and compared. */
  public int dimensions() {
    return pca.map(Pca::components).orElse(model.width());
  }

  /**
   * A vector as it is stored and compared: reduced, then scaled to length 1.
   *
   * @param where what to call the vector in an error
   */
  float[] reduce(float[] raw, String where) {
    return reduce(new float[][] {raw}, i -> where)[0];
  }

  /** Vectors as they are stored and compared, [n, width] giving [n, dimensions]; see {@link #reduce(float[], String)}. */
  float[][] reduce(float[][] raw, IntFunction<String> where) {
    for (int i = 0; i < raw.length; i++) {
      FiniteVector.require(raw[i], model.width(), where.apply(i));
    }
    float[][] units = pca.map(reduction -> reduction.project(raw)).orElseGet(raw::clone);
    for (int i = 0; i < units.length; i++) {
      // Finite values of 1e38 can add up to none.
      FiniteVector.require(units[i], dimensions(), where.apply(i) + " after PCA");
      units[i] = FiniteVector.unit(units[i]);
    }
    return units;
  }

  /** Items as they are stored. */
  List<Entry> entries(List<Item> items, float[][] vectors, List<Thumbnail> thumbnails) {
    if (items.size() != vectors.length || items.size() != thumbnails.size()) {
      throw new InvalidInputException(items.size() + " items with " + vectors.length
          + " vectors and " + thumbnails.size() + " thumbnails; give one of each an item");
    }
    float[][] units = reduce(vectors, i -> "the vector of item " + items.get(i).id());
    List<Entry> entries = new ArrayList<>(units.length);
    for (int i = 0; i < units.length; i++) {
      entries.add(new Entry(items.get(i), units[i], thumbnails.get(i)));
    }
    return entries;
  }
}
