package lapidary.search;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import lapidary.models.InvalidInputException;
import lapidary.search.store.Changes;
import lapidary.search.store.Entry;
import lapidary.search.store.Filter;
import lapidary.search.store.Item;
import lapidary.search.store.Snapshot;
import lapidary.search.store.Thumbnail;
import lapidary.search.store.VectorStore;
import lapidary.search.store.lucene.LuceneStore;

/**
 * Items and their vectors, searched by cosine: exactly, unless a graph was asked for or there are very many. Vectors come as the model
 * gives them, [width]; they are reduced by the collection's PCA and scaled to length 1. A zero vector (after reduction) has no
 * direction: its score with everything is 0.
 *
 * <p>Changes are gathered by {@link #add} and {@link #remove} and made at once by {@link #commit}: from then on they are searched, and
 * survive the process, even a killed one. {@link #save} and {@link #delete} are that for one change, from any number of threads: those
 * that come together go to the disk together. Searches never wait for changes. Thread-safe. One opened collection at a time may change
 * a folder, the first change takes that right and {@link #close} gives it back; others see its commits within a second.
 */
public final class Collection implements AutoCloseable {
  private final CollectionSpec spec;
  private final VectorStore store;
  /** What {@link #commit} has to make durable. */
  private final AtomicReference<Optional<Changes>> gathered =
      new AtomicReference<>(Optional.empty());

  private final AtomicBoolean closed = new AtomicBoolean();

  private Collection(VectorStore store, CollectionSpec spec) {
    this.store = store;
    this.spec = spec;
  }

  /**
   * Makes an empty collection and opens it.
   *
   * @throws InvalidInputException if the folder exists and is not empty, or cannot be written
   */
  public static Collection create(Path folder, CollectionSpec spec) {
    LuceneStore store = LuceneStore.create(folder, spec.dimensions(), SpecBytes.of(spec));
    return new Collection(store, spec);
  }

  /**
   * Puts another collection in the place of one, empty at first. The old one stays what it is until the first commit, which exchanges
   * them at once; whoever has it open goes on reading it, and can change it no more.
   *
   * @param folder of a collection, of whatever format
   * @throws InvalidInputException if it is being changed by somebody, or cannot be written
   */
  public static Collection replace(Path folder, CollectionSpec spec) {
    LuceneStore store = LuceneStore.replace(folder, spec.dimensions(), SpecBytes.of(spec));
    return new Collection(store, spec);
  }

  /**
   * Opens a collection.
   *
   * @throws InvalidInputException if the folder holds no collection or a damaged one
   */
  public static Collection open(Path folder) {
    LuceneStore store = LuceneStore.open(folder);
    try {
      return new Collection(store, SpecBytes.read(store.header()));
    } catch (InvalidInputException e) {
      store.close();
      throw new InvalidInputException(folder + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Whether a folder holds a collection, of whatever format, whole or damaged. */
  public static boolean exists(Path folder) {
    return LuceneStore.exists(folder);
  }

  /**
   * What is damaged in a collection: all of it is read, which takes as long as that.
   *
   * @return a sentence for each file or item; empty if all is well
   * @throws InvalidInputException if the folder holds no collection
   */
  public static List<String> damages(Path folder) {
    List<String> damages = LuceneStore.damages(folder);
    if (damages.isEmpty()) {
      open(folder).close();
    }
    return damages;
  }

  /** Adds one item; see {@link #add(List, float[][])}. */
  public void add(Item item, float[] vector) {
    add(List.of(item), new float[][] {vector});
  }

  /** Adds items without thumbnails; see {@link #add(List, float[][], List)}. */
  public void add(List<Item> items, float[][] vectors) {
    add(items, vectors, Collections.nCopies(items.size(), Thumbnail.none()));
  }

  /**
   * Adds items with the next commit, all or none. An item with the id of an earlier one replaces it.
   *
   * @param vectors one vector an item as the model gives it, [n, width]
   * @param thumbnails one thumbnail an item, which may be {@link Thumbnail#none}
   * @throws InvalidInputException if a vector has another width or a value that is not a finite number
   */
  public void add(List<Item> items, float[][] vectors, List<Thumbnail> thumbnails) {
    List<Entry> entries = spec.entries(items, vectors, thumbnails);
    if (!entries.isEmpty()) {
      gather(store.put(entries));
    }
  }

  private void gather(Changes changes) {
    gathered.updateAndGet(earlier -> Optional.of(earlier.map(changes::and).orElse(changes)));
  }

  /** Removes an item with the next commit; gives whether it was there, changes that wait for a commit included. */
  public boolean remove(String id) {
    Optional<Changes> removal = store.remove(id);
    removal.ifPresent(this::gather);
    return removal.isPresent();
  }

  /**
   * Makes all changes gathered so far durable and visible, at once.
   *
   * @throws InvalidInputException if they cannot be written: they are undone then, and can be made again
   * @throws lapidary.models.EnvironmentException the same, and the machine is to blame
   */
  public void commit() {
    gathered.getAndSet(Optional.empty()).ifPresent(store::commit);
  }

  /** Adds or replaces an item, durable and visible on return; see {@link #add(List, float[][], List)}. */
  public void save(Item item, float[] vector, Thumbnail thumbnail) {
    store.commit(
        store.put(spec.entries(List.of(item), new float[][] {vector}, List.of(thumbnail))));
  }

  /** Removes an item, durable and visible on return; gives whether it was there. */
  public boolean delete(String id) {
    Optional<Changes> removal = store.remove(id);
    removal.ifPresent(store::commit);
    return removal.isPresent();
  }

  /** Changes to be made together, durable and visible at once; none yet. */
  public Batch batch() {
    requireOpen();
    return new Batch(spec, store);
  }

  /**
   * Builds a graph for approximate search, by which the collection is searched from then on unless asked otherwise, and measures its
   * recall. Searches and changes go on meanwhile. What was added has to be committed before.
   */
  public void approximate() {
    store.approximate();
  }

  /** The {@code k} items nearest to a vector; see {@link #search(Query, SearchOptions)}. */
  public List<Hit> search(float[] vector, int k) {
    return search(vector, SearchOptions.nearest(k));
  }

  /** The {@code k} items nearest to a vector that a filter accepts; see {@link #search(Query, SearchOptions)}. */
  public List<Hit> search(float[] vector, int k, Filter filter) {
    return search(vector, SearchOptions.nearest(k).filtered(filter));
  }

  /** The items nearest to a vector; see {@link #search(Query, SearchOptions)}. */
  public List<Hit> search(float[] vector, SearchOptions options) {
    return search(Query.vector(vector), options);
  }

  /** The {@code k} items nearest to an item, itself left out; see {@link #search(Query, SearchOptions)}. */
  public List<Hit> similarTo(String id, int k) {
    return search(Query.item(id), SearchOptions.nearest(k));
  }

  /**
   * The items that a query finds, fewer than asked for if there are fewer. Best first; of equal scores those added first.
   *
   * @throws InvalidInputException if a vector of the query has another width or a value that is not a finite number, or there is not
   *     an item that it names
   */
  public List<Hit> search(Query query, SearchOptions options) {
    return read(snapshot -> Folding.search(query, new Search(snapshot, spec, options)));
  }

  /**
   * Groups of items that are nearly the same: those linked by cosines of at least {@code threshold}, directly or through others
   * of the group. Groups and the ids in them come in the order of adding. Takes up to n² · d multiplications.
   *
   * @param threshold above 0, at most 1
   */
  public List<List<String>> nearDuplicates(float threshold) {
    return read(snapshot -> {
      List<Item> items = all(snapshot);
      return NearDuplicates.groups(snapshot.vectors(), threshold).stream()
          .map(group -> group.stream().map(i -> items.get(i).id()).toList())
          .toList();
    });
  }

  /** Whether there is an item of this id. */
  public boolean contains(String id) {
    return read(snapshot -> snapshot.item(id).isPresent());
  }

  /** Items in the order of adding, {@code limit} at most after leaving out the first {@code from}. */
  public List<Item> items(int from, int limit) {
    return read(snapshot -> snapshot.items(Math.max(0, from), Math.max(0, limit)));
  }

  private static List<Item> all(Snapshot snapshot) {
    return snapshot.items(0, Integer.MAX_VALUE);
  }

  /** The picture of an item; none if the item has none or is not there. */
  public Thumbnail thumbnail(String id) {
    return read(snapshot -> snapshot.thumbnail(id));
  }

  /** What the collection was made with. */
  public CollectionSpec spec() {
    return spec;
  }

  /** The collection at this moment. */
  public CollectionInfo info() {
    return read(snapshot -> CollectionInfo.of(spec, snapshot.count(), snapshot.recall()));
  }

  /** Precision at k of the vectors as they are stored; see {@link Precision#atK}. */
  public double precisionAt(int k) {
    return read(snapshot -> Precision.atK(
        snapshot.vectors(), all(snapshot).stream().map(Item::label).toList(), k));
  }

  /**
   * What the items of this moment answer, such as a page of them, one with its vector, or how often values are.
   *
   * @param reader asks what it is given, which is open until the return
   */
  public <T> T read(Function<Snapshot, T> reader) {
    requireOpen();
    try (Snapshot snapshot = store.snapshot()) {
      return reader.apply(snapshot);
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("collection " + spec.name() + " is closed");
    }
  }

  /** Waits for commits and a graph under way; changes that were not committed are lost. Closing again does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      store.close();
    }
  }
}
