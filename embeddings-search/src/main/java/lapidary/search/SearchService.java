package lapidary.search;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import lapidary.models.InvalidInputException;
import lapidary.search.space.Drawing;
import lapidary.search.space.Populated;
import lapidary.search.space.Spaces;
import lapidary.search.store.Entry;
import lapidary.search.store.Item;
import lapidary.search.store.Population;
import lapidary.search.store.Snapshot;
import lapidary.search.store.Thumbnail;

/**
 * Collections by name, and the models that answer queries by image: an image goes through the very model and output that its
 * collection was indexed with, known by the digest of its file. Knows nothing of HTTP. Thread-safe.
 *
 * <p>Owns the collections and closes them; embedders belong to whoever made them.
 */
public final class SearchService implements AutoCloseable {
  private final OpenCollections collections = new OpenCollections();
  private final Spaces spaces = new Spaces();
  private final List<ImageEmbedder> embedders;
  private final Optional<CollectionsFolder> folder;
  /** Held while a collection is made or dropped. */
  private final Object inventory = new Object();

  /**
   * Serves opened collections.
   *
   * @param embedders models for queries by image; a collection without its own is still searched by vector and by item
   * @throws InvalidInputException if two collections have one name
   */
  public SearchService(List<Collection> collections, List<ImageEmbedder> embedders) {
    this(collections, embedders, Optional.empty());
  }

  /**
   * Serves opened collections, and those that are made later.
   *
   * @param folder where collections are made, and from which they may be dropped; those in it that are to be served are among {@code
   *     collections}
   * @throws InvalidInputException if two collections have one name
   */
  public SearchService(
      List<Collection> collections,
      List<ImageEmbedder> embedders,
      Optional<CollectionsFolder> folder) {
    collections.forEach(this.collections::add);
    this.embedders = List.copyOf(embedders);
    this.folder = folder;
  }

  /** All collections at this moment, by name. */
  public List<CollectionInfo> collections() {
    return collections.names().stream()
        .flatMap(name -> collections.find(name, Collection::info).stream())
        .toList();
  }

  /**
   * One collection at this moment.
   *
   * @throws NotFoundException if there is not one of this name
   */
  public CollectionInfo info(String collection) {
    return collections.use(collection, Collection::info);
  }

  /**
   * What one collection was made with, which reads nothing.
   *
   * @throws NotFoundException if there is not one of this name
   */
  public CollectionSpec spec(String collection) {
    return collections.use(collection, Collection::spec);
  }

  /** Whether queries by image are answered for a collection. */
  public boolean searchesImages(String collection) {
    return collections.use(collection, named -> searchesImages(named.spec().model()));
  }

  /** Whether queries by image are answered for collections of a model. */
  public boolean searchesImages(IndexedModel model) {
    return embedder(model).isPresent();
  }

  /**
   * The items that a query finds; see {@link Collection#search(Query, SearchOptions)}.
   *
   * @throws NotFoundException if there is no such collection, or not an item that the query names
   */
  public List<Hit> search(String collection, Query query, SearchOptions options) {
    return collections.use(collection, named -> {
      query.items().forEach(id -> requireItem(named, id));
      return named.search(query, options);
    });
  }

  /**
   * A query for the items nearest to an image.
   *
   * @param image an encoded image's bytes
   * @param source what to call the image in an error
   * @throws InvalidInputException if the bytes are not an image, or the collection's model is not served
   */
  public Query image(String collection, byte[] image, String source) {
    return Query.vector(collections.use(collection, named -> embed(named, image, source)));
  }

  /** What the items of a collection answer; see {@link Collection#read}. */
  public <T> T read(String collection, Function<Snapshot, T> reader) {
    return collections.use(collection, named -> named.read(reader));
  }

  /**
   * An item and its vector.
   *
   * @throws NotFoundException if there is no such collection or item
   */
  public Entry item(String collection, String id) {
    return read(
        collection,
        snapshot -> snapshot
            .item(id)
            .map(item -> new Entry(item, snapshot.vector(id).orElseThrow(), Thumbnail.none()))
            .orElseThrow(() -> noItem(collection, id)));
  }

  /** Groups of items that are nearly the same; see {@link Collection#nearDuplicates}. */
  public List<List<String>> nearDuplicates(String collection, float threshold) {
    return collections.use(collection, named -> named.nearDuplicates(threshold));
  }

  /**
   * What is drawn of a collection: its items in space.
   *
   * @throws NotFoundException if there is no such collection
   */
  public Drawing drawing(String collection) {
    collections.use(collection, Collection::spec);
    return spaces.drawing(collection, new Populated() {
      @Override
      public <T> T read(Function<Population, T> reader) {
        return SearchService.this.read(collection, snapshot -> reader.apply(snapshot.population()));
      }
    });
  }

  /**
   * The picture of an item.
   *
   * @throws NotFoundException if there is no such collection or item, or it has no picture
   */
  public Thumbnail thumbnail(String collection, String id) {
    Thumbnail thumbnail = collections.use(collection, named -> OwnFault.picture(named, id));
    if (!thumbnail.isPresent()) {
      throw new NotFoundException("collection " + collection + " has no thumbnail of \"" + id
          + "\"; put the item as an image");
    }
    return thumbnail;
  }

  /**
   * The file that an item was made of.
   *
   * @throws NotFoundException if there is no such collection or item, or its file is not where it was
   */
  public OriginalPicture picture(String collection, String id) {
    return collections.use(collection, named -> {
      requireItem(named, id);
      return OriginalPicture.read(named.spec(), id);
    });
  }

  /** Whether {@link #picture} has a file of an item to answer. */
  public boolean hasPicture(String collection, String id) {
    return collections.use(collection, named -> OriginalPicture.isThere(named.spec(), id));
  }

  /** Whether the files of a collection's items may be looked at; not if it has been dropped meanwhile. */
  public boolean hasPictures(String collection) {
    try {
      return spec(collection).pictures().isPresent();
    } catch (NotFoundException e) {
      return false;
    }
  }

  /** Adds or replaces an item, durable on return. The vector comes as the model gives it, [width]. */
  public void put(String collection, Item item, float[] vector) {
    collections.use(collection, named -> put(named, item, vector, Thumbnail.none()));
  }

  /** Adds or replaces an item by its image, which becomes its thumbnail; durable on return. see {@link #image}. */
  public void putImage(String collection, Item item, byte[] image, String source) {
    collections.use(
        collection,
        named -> put(named, item, embed(named, image, source), Thumbnail.of(image, source)));
  }

  private static boolean put(Collection named, Item item, float[] vector, Thumbnail thumbnail) {
    named.spec().reduce(vector, "the vector of item " + item.id());
    return OwnFault.changing(named.spec().name(), () -> {
      named.save(item, vector, thumbnail);
      return true;
    });
  }

  /**
   * Makes changes together, durable on return; see {@link Batch}.
   *
   * @param filling is handed a batch to put into
   */
  public Batch.Outcome change(String collection, Consumer<Batch> filling) {
    return collections.use(collection, named -> {
      Batch batch = named.batch();
      filling.accept(batch);
      return OwnFault.changing(collection, batch::commit);
    });
  }

  /**
   * Removes an item, durable on return.
   *
   * @throws NotFoundException if there is no such collection or item
   */
  public void remove(String collection, String id) {
    collections.use(collection, named -> {
      requireItem(named, id);
      return OwnFault.changing(collection, () -> named.delete(id));
    });
  }

  /**
   * Makes an empty collection and serves it.
   *
   * @return whether it was made; false if there is one of this name that was made alike
   * @throws TakenNameException if there is another one of this name
   * @throws FixedCollectionsException if collections are not made here
   */
  public boolean create(CollectionSpec spec) {
    synchronized (inventory) {
      Optional<CollectionSpec> there = collections.find(spec.name(), Collection::spec);
      if (there.isPresent()) {
        requireAlike(spec, there.get());
        return false;
      }
      CollectionsFolder home = folder.orElseThrow(FixedCollectionsException::new);
      return OwnFault.changing(spec.name(), () -> {
        collections.add(home.create(spec));
        return true;
      });
    }
  }

  private static void requireAlike(CollectionSpec wanted, CollectionSpec there) {
    if (there.pca().isPresent() || !there.model().sameKindAs(wanted.model())) {
      throw new TakenNameException(there.name());
    }
  }

  /**
   * Drops a collection with all its items, for ever, once its searches under way are done.
   *
   * @throws NotFoundException if there is not one of this name
   * @throws FixedCollectionsException if it was not made here
   */
  public void drop(String collection) {
    synchronized (inventory) {
      collections.use(collection, Collection::spec);
      CollectionsFolder home =
          folder.filter(each -> each.has(collection)).orElseThrow(FixedCollectionsException::new);
      OwnFault.changing(collection, () -> {
        collections.remove(collection);
        spaces.forget(collection);
        home.delete(collection);
        return true;
      });
    }
  }

  private static void requireItem(Collection collection, String id) {
    if (!collection.contains(id)) {
      throw noItem(collection.spec().name(), id);
    }
  }

  private static NotFoundException noItem(String collection, String id) {
    return new NotFoundException("collection " + collection + " has no item \"" + id
        + "\"; search it to see the ids it has");
  }

  private float[] embed(Collection collection, byte[] image, String source) {
    IndexedModel model = collection.spec().model();
    ImageEmbedder embedder = embedder(model)
        .orElseThrow(
            () -> new InvalidInputException("collection " + collection.spec().name()
                + " was indexed with output " + model.output() + " of the model with sha256 "
                + model.sha256()
                + ", which is not served; serve that model file too, or search by vector or id"));
    return embedder.embed(image, source);
  }

  private Optional<ImageEmbedder> embedder(IndexedModel model) {
    return embedders.stream()
        .filter(embedder -> model.sameAs(embedder.modelSha256(), embedder.output()))
        .findFirst();
  }

  @Override
  public void close() {
    collections.close();
  }
}
