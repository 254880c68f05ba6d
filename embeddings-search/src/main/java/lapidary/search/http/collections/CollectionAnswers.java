package lapidary.search.http.collections;

import java.util.List;
import java.util.Map;
import lapidary.search.CollectionInfo;
import lapidary.search.IndexedModel;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.ValueCounts;
import org.jspecify.annotations.Nullable;

/**
 * The JSON answers about collections, documented in the OpenAPI document: fields come in this order, absent ones are omitted. They are records of this
 * package alone, so that a name changed elsewhere changes no answer.
 */
final class CollectionAnswers {
  /** Records by the names of their schemas. */
  static final Map<String, Class<? extends Record>> ALL = Map.of(
      "Collections", Collections.class,
      "Collection", Collection.class,
      "Hits", Hits.class,
      "Hit", Hit.class,
      "Duplicates", Duplicates.class,
      "Facets", Facets.class,
      "Facet", Facet.class);

  private CollectionAnswers() {}

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
   * @param pictures true if the files that items were made of are answered too
   * @param vectors what vectors take
   * @param pca how they are reduced, if they are
   * @param recall what the usual search finds of the nearest, if it is not the exact one
   */
  record Collection(
      String name,
      int count,
      Model model,
      boolean searchesImages,
      @Nullable Boolean pictures,
      Vectors vectors,
      @Nullable Reduction pca,
      @Nullable Recall recall) {
    static Collection of(CollectionInfo info, boolean searchesImages, boolean pictures) {
      // Not the file: where a model lies on the server does not concern a client.
      Model model = Model.of(info.model());
      CollectionInfo.Size size = info.size();
      return new Collection(
          info.name(),
          info.count(),
          model,
          searchesImages,
          pictures ? true : null,
          new Vectors(size.dimensions(), size.bytes(), size.rawBytes()),
          info.reduction().map(Reduction::of).orElse(null),
          info.recall().map(Recall::of).orElse(null));
    }
  }

  /**
   * What the search by a graph finds, measured when the graph was built.
   *
   * @param at10 the share of the ten nearest, 0..1
   * @param candidates items looked at for ten hits
   * @param queries how many were asked
   */
  record Recall(double at10, int candidates, int queries) {
    static Recall of(lapidary.search.store.Recall recall) {
      return new Recall(recall.at10(), recall.candidates(), recall.queries());
    }
  }

  /**
   * The model a collection was indexed with.
   *
   * @param sha256 digest of its file; absent if vectors come from elsewhere
   * @param output name of the output
   * @param width values of a vector in a query
   */
  record Model(@Nullable String sha256, String output, int width) {
    static Model of(IndexedModel model) {
      return new Model(model.isKnown() ? model.sha256() : null, model.output(), model.width());
    }
  }

  /**
   * What vectors take.
   *
   * @param dimensions values of a stored vector
   * @param bytes bytes of all stored vectors
   * @param rawBytes bytes they would take unreduced
   */
  record Vectors(int dimensions, long bytes, long rawBytes) {}

  /**
   * How vectors are reduced.
   *
   * @param components principal components kept
   * @param centred whether the mean is subtracted
   * @param whitened whether every component is scaled to variance 1
   * @param explainedVariance the share of the total variance that is kept, 0..1
   */
  record Reduction(int components, boolean centred, boolean whitened, double explainedVariance) {
    static Reduction of(CollectionInfo.Reduction pca) {
      return new Reduction(
          pca.components(), pca.centred(), pca.whitened(), pca.explainedVariance());
    }
  }

  /**
   * What a search found.
   *
   * @param hits best first
   */
  record Hits(List<Hit> hits) {
    static Hits of(List<lapidary.search.Hit> hits) {
      return new Hits(hits.stream().map(Hit::of).toList());
    }
  }

  /**
   * One of them.
   *
   * @param id the item
   * @param label its label, empty when it has none
   * @param score cosine, −1..1
   * @param attributes by name
   * @param folded ids of the hits that it stands for as well; absent if there are none
   */
  record Hit(
      String id,
      String label,
      float score,
      Map<String, AttributeValue> attributes,
      @Nullable List<String> folded) {
    static Hit of(lapidary.search.Hit hit) {
      return new Hit(
          hit.id(),
          hit.label(),
          hit.score(),
          hit.attributes(),
          hit.folded().isEmpty() ? null : hit.folded());
    }
  }

  /**
   * Groups of items that are nearly the same.
   *
   * @param count how many groups there are
   * @param groups the first of them, in the order of adding
   */
  record Duplicates(int count, List<Group> groups) {}

  /**
   * One of them.
   *
   * @param size how many items it has
   * @param ids of its first items, in the order of adding
   */
  record Group(int size, List<String> ids) {}

  /**
   * How often values are among items.
   *
   * @param count of the items
   * @param label of labels, if they were asked for
   * @param attributes of attributes, by their names
   */
  record Facets(int count, @Nullable Facet label, Map<String, Facet> attributes) {}

  /**
   * How often the values of one attribute are.
   *
   * @param distinct how many values there are
   * @param values the most frequent first
   */
  record Facet(int distinct, List<Count> values) {
    static Facet of(ValueCounts counts) {
      return new Facet(
          counts.distinct(),
          counts.counts().stream()
              .map(each -> new Count(each.value(), each.count()))
              .toList());
    }
  }

  /**
   * One of them.
   *
   * @param value the value
   * @param count items that have it
   */
  record Count(AttributeValue value, int count) {}
}
