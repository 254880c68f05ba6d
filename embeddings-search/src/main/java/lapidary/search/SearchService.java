package lapidary.search;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collections by name, and the models that answer queries by image: an image goes through the very model and output that its
 * collection was indexed with, known by the digest of its file. Knows nothing of HTTP. Thread-safe.
 *
 * <p>Owns the collections and closes them; embedders belong to whoever made them.
 */
public final class SearchService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SearchService.class);

  private final SortedMap<String, Collection> collections;
  private final List<ImageEmbedder> embedders;

  /**
   * Serves opened collections.
   *
   * @param embedders models for queries by image; a collection without its own is still searched by vector and by item
   * @throws InvalidInputException if two collections have one name
   */
  public SearchService(List<Collection> collections, List<ImageEmbedder> embedders) {
    SortedMap<String, Collection> byName = new TreeMap<>();
    for (Collection collection : collections) {
      String name = collection.spec().name();
      if (byName.put(name, collection) != null) {
        throw new InvalidInputException("two collections are called " + name
            + "; serve one of them, or make one anew under another name");
      }
    }
    this.collections = Collections.unmodifiableSortedMap(byName);
    this.embedders = List.copyOf(embedders);
  }

  /** All collections at this moment, by name. */
  public List<CollectionInfo> collections() {
    return collections.values().stream().map(Collection::info).toList();
  }

  /**
   * One collection at this moment.
   *
   * @throws NotFoundException if there is not one of this name
   */
  public CollectionInfo info(String collection) {
    return named(collection).info();
  }

  /** Whether queries by image are answered for a collection. */
  public boolean searchesImages(String collection) {
    return embedder(named(collection)).isPresent();
  }

  /**
   * The items that a query finds; see {@link Collection#search(Query, SearchOptions)}.
   *
   * @throws NotFoundException if there is no such collection, or not an item that the query names
   */
  public List<Hit> search(String collection, Query query, SearchOptions options) {
    Collection named = named(collection);
    query.items().forEach(id -> requireItem(named, id));
    return named.search(query, options);
  }

  /**
   * A query for the items nearest to an image.
   *
   * @param image an encoded image's bytes
   * @param source what to call the image in an error
   * @throws InvalidInputException if the bytes are not an image, or the collection's model is not served
   */
  public Query image(String collection, byte[] image, String source) {
    return Query.vector(embed(named(collection), image, source));
  }

  /** Items of a collection in the order of adding; see {@link Collection#items}. */
  public List<Item> items(String collection, int from, int limit) {
    return named(collection).items(from, limit);
  }

  /** Items of a collection in space; see {@link Collection#inSpace}. */
  public SpaceProjection inSpace(String collection, int limit) {
    return named(collection).inSpace(limit);
  }

  /**
   * The picture of an item.
   *
   * @throws NotFoundException if there is no such collection or item, or it has no picture
   */
  public Thumbnail thumbnail(String collection, String id) {
    Thumbnail thumbnail = picture(named(collection), id);
    if (!thumbnail.isPresent()) {
      throw new NotFoundException("collection " + collection + " has no thumbnail of \"" + id
          + "\"; put the item as an image");
    }
    return thumbnail;
  }

  /** A picture is checked when it is read: what is damaged is not the caller's fault, and names folders of the server. */
  private static Thumbnail picture(Collection collection, String id) {
    try {
      return collection.thumbnail(id);
    } catch (InvalidInputException e) {
      String name = collection.spec().name();
      LOG.error("collection {} cannot be read", name, e);
      throw new EnvironmentException(
          "the thumbnail of \"" + id + "\" in collection " + name
              + " cannot be read, the server's log says why",
          e);
    }
  }

  /** Adds or replaces an item, durable on return. The vector comes as the model gives it, [width]. */
  public void put(String collection, Item item, float[] vector) {
    put(named(collection), item, vector, Thumbnail.none());
  }

  /** Adds or replaces an item by its image, which becomes its thumbnail; durable on return. see {@link #image}. */
  public void putImage(String collection, Item item, byte[] image, String source) {
    Collection named = named(collection);
    put(named, item, embed(named, image, source), Thumbnail.of(image, source));
  }

  private static void put(Collection named, Item item, float[] vector, Thumbnail thumbnail) {
    named.spec().reduce(vector, "the vector of item " + item.id());
    changing(named, () -> named.save(item, vector, thumbnail));
  }

  /**
   * Removes an item, durable on return.
   *
   * @throws NotFoundException if there is no such collection or item
   */
  public void remove(String collection, String id) {
    Collection named = named(collection);
    requireItem(named, id);
    changing(named, () -> named.delete(id));
  }

  /** The caller's input was accepted before: a refusal now is not the caller's fault, and names folders of the server. */
  private static void changing(Collection collection, Runnable change) {
    try {
      change.run();
    } catch (InvalidInputException | EnvironmentException e) {
      String name = collection.spec().name();
      LOG.error("collection {} cannot be changed", name, e);
      throw new EnvironmentException(
          "collection " + name
              + " cannot be changed now, the server's log says why; try again later",
          e);
    }
  }

  private Collection named(String name) {
    Collection collection = collections.get(name);
    if (collection == null) {
      InvalidInputException unknown = NearestName.unknown("collection", name, collections.keySet());
      throw new NotFoundException(Objects.requireNonNull(unknown.getMessage()));
    }
    return collection;
  }

  private static void requireItem(Collection collection, String id) {
    if (!collection.contains(id)) {
      throw new NotFoundException("collection " + collection.spec().name() + " has no item \"" + id
          + "\"; search it to see the ids it has");
    }
  }

  private float[] embed(Collection collection, byte[] image, String source) {
    IndexedModel model = collection.spec().model();
    ImageEmbedder embedder = embedder(collection)
        .orElseThrow(
            () -> new InvalidInputException("collection " + collection.spec().name()
                + " was indexed with output " + model.output() + " of the model with sha256 "
                + model.sha256()
                + ", which is not served; serve that model file too, or search by vector or id"));
    return embedder.embed(image, source);
  }

  private Optional<ImageEmbedder> embedder(Collection collection) {
    IndexedModel model = collection.spec().model();
    return embedders.stream()
        .filter(embedder -> model.sameAs(embedder.modelSha256(), embedder.output()))
        .findFirst();
  }

  @Override
  public void close() {
    collections.values().forEach(Collection::close);
  }
}
