package lapidary.search.http;

import java.util.List;
import lapidary.search.CollectionInfo;
import lapidary.search.Hit;
import lapidary.search.Item;
import org.jspecify.annotations.Nullable;

/** The JSON answers, documented in {@code openapi.json}: fields come in this order, absent ones are left out. */
final class Answers {
  private Answers() {}

  /**
   * All collections.
   *
   * @param collections by name
   */
  record Collections(List<Collection> collections) {}

  /**
   * One collection.
   *
   * @param name its name
   * @param count items in it
   * @param model where its vectors come from
   * @param searchesImages whether queries by image are answered
   * @param vectors what vectors take
   * @param pca how they are reduced, if they are
   */
  record Collection(
      String name,
      int count,
      Model model,
      boolean searchesImages,
      Vectors vectors,
      CollectionInfo.@Nullable Reduction pca) {
    static Collection of(CollectionInfo info, boolean searchesImages) {
      // Not the file: where a model lies on the server is no client's business.
      Model model =
          new Model(info.model().sha256(), info.model().output(), info.model().width());
      CollectionInfo.Size size = info.size();
      return new Collection(
          info.name(),
          info.count(),
          model,
          searchesImages,
          new Vectors(size.dimensions(), size.bytes(), size.rawBytes()),
          info.reduction().orElse(null));
    }
  }

  /**
   * The model a collection was indexed with.
   *
   * @param sha256 digest of its file
   * @param output name of the output
   * @param width values of a vector in a query
   */
  record Model(String sha256, String output, int width) {}

  /**
   * What vectors take.
   *
   * @param dimensions values of a stored vector
   * @param bytes bytes of all stored vectors
   * @param rawBytes bytes they would take unreduced
   */
  record Vectors(int dimensions, long bytes, long rawBytes) {}

  /**
   * What a search found.
   *
   * @param hits best first
   */
  record Hits(List<Hit> hits) {}

  /**
   * Some items of a collection.
   *
   * @param items in the order of adding
   */
  record Items(List<Item> items) {}

  /**
   * An item that was put.
   *
   * @param id the item
   * @param count items in the collection now
   */
  record Stored(String id, int count) {}
}
