package lapidary.search;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;

/**
 * Items and their vectors, searched exactly by cosine. Vectors come as the model gives them, [width]; they are reduced by the
 * collection's PCA, scaled to length 1 and held in memory. A zero vector (after reduction) has no direction: its score
 * with everything is 0.
 *
 * <p>Changes are seen by searches at once and survive the process, even a killed one, from {@link #commit} on. Thread-safe:
 * searches run at the same time, each sees a change whole or not at all. One opened collection at a time may change a folder;
 * the first change takes that right and {@link #close} gives it back.
 */
public final class Collection implements AutoCloseable {
  private final CollectionSpec spec;
  private final CollectionFolder folder;
  private final Rows rows;
  private final ReentrantReadWriteLock content = new ReentrantReadWriteLock();
  /** Held by changes and commits, so that a commit reads rows that stay while searches go on. */
  private final Object changes = new Object();

  private final Set<String> removed = new LinkedHashSet<>();
  private boolean uncommitted;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Collection(CollectionFolder.Opened opened) {
    this.spec = opened.spec();
    this.rows = opened.rows();
    this.folder = opened.folder();
  }

  /**
   * Makes an empty collection and opens it.
   *
   * @throws InvalidInputException if the folder exists and is not empty, or cannot be written
   */
  public static Collection create(Path folder, CollectionSpec spec) {
    CollectionFolder.create(folder, spec);
    return open(folder);
  }

  /**
   * Opens a collection and reads all of it into memory.
   *
   * @throws InvalidInputException if the folder holds no collection or a damaged one
   */
  public static Collection open(Path folder) {
    return new Collection(CollectionFolder.open(folder));
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
   * Adds items, all or none. An item with the id of an earlier one replaces it.
   *
   * @param vectors one vector an item as the model gives it, [n, width]
   * @param thumbnails one thumbnail an item, which may be {@link Thumbnail#none}
   * @throws InvalidInputException if a vector has another width or a value that is not a finite number
   */
  public void add(List<Item> items, float[][] vectors, List<Thumbnail> thumbnails) {
    if (items.size() != vectors.length || items.size() != thumbnails.size()) {
      throw new InvalidInputException(items.size() + " items with " + vectors.length
          + " vectors and " + thumbnails.size() + " thumbnails; give one of each an item");
    }
    float[][] units =
        spec.reduce(vectors, i -> "the vector of item " + items.get(i).id());
    change(() -> {
      for (int i = 0; i < units.length; i++) {
        rows.put(items.get(i), units[i], thumbnails.get(i));
      }
      return units.length > 0;
    });
  }

  /** Removes an item; gives whether it was there. */
  public boolean remove(String id) {
    return change(() -> rows.remove(id) && removed.add(id));
  }

  private boolean change(Supplier<Boolean> action) {
    synchronized (changes) {
      requireOpen();
      folder.lock();
      content.writeLock().lock();
      try {
        boolean changed = action.get();
        uncommitted |= changed;
        return changed;
      } finally {
        content.writeLock().unlock();
      }
    }
  }

  /**
   * Makes all changes so far durable: forced to the disk, and swapped in as one.
   *
   * @throws InvalidInputException if they cannot be written; they stay in memory and can be committed again
   */
  public void commit() {
    synchronized (changes) {
      requireOpen();
      if (!uncommitted) {
        return;
      }
      boolean rewritten = folder.commit(rows, removed);
      removed.clear();
      uncommitted = false;
      if (rewritten) {
        compact();
      }
    }
  }

  private void compact() {
    content.writeLock().lock();
    try {
      rows.compact();
    } finally {
      content.writeLock().unlock();
    }
  }

  /** The {@code k} items nearest to a vector; see {@link #search(float[], SearchOptions)}. */
  public List<Hit> search(float[] vector, int k) {
    return search(vector, SearchOptions.nearest(k));
  }

  /** The {@code k} items nearest to a vector that a filter accepts; see {@link #search(float[], SearchOptions)}. */
  public List<Hit> search(float[] vector, int k, Filter filter) {
    return search(vector, SearchOptions.nearest(k).filtered(filter));
  }

  /**
   * The items nearest to a vector, fewer than asked for if there are fewer. Best first; of equal scores those added first.
   *
   * @param vector as the model gives it, [width]
   * @throws InvalidInputException if the vector has another width or a value that is not a finite number
   */
  public List<Hit> search(float[] vector, SearchOptions options) {
    float[] query = spec.reduce(vector, "the query vector");
    return read(() -> rows.search(query, options));
  }

  /** The {@code k} items nearest to an item; see {@link #similarTo(String, SearchOptions)}. */
  public List<Hit> similarTo(String id, int k) {
    return similarTo(id, SearchOptions.nearest(k));
  }

  /**
   * The items nearest to an item, itself left out; see {@link #search(float[], SearchOptions)}.
   *
   * @throws InvalidInputException if there is no item of this id
   */
  public List<Hit> similarTo(String id, SearchOptions options) {
    return read(() -> {
      OptionalInt row = rows.rowOf(id);
      if (row.isEmpty()) {
        throw new InvalidInputException(
            "collection " + spec.name() + " has no item \"" + id + "\"; give the id of one it has");
      }
      return rows.similarTo(row.getAsInt(), options);
    });
  }

  /**
   * Groups of items that are nearly the same: those linked by cosines of at least {@code threshold}, directly or through others
   * of the group. Groups and the ids in them come in the order of adding. Takes n² · d multiplications.
   *
   * @param threshold above 0, at most 1
   */
  public List<List<String>> nearDuplicates(float threshold) {
    return read(() -> NearDuplicates.groups(rows, threshold));
  }

  /** Whether there is an item of this id. */
  public boolean contains(String id) {
    return read(() -> rows.rowOf(id).isPresent());
  }

  /** Items in the order of adding, {@code limit} at most after leaving out the first {@code from}. */
  public List<Item> items(int from, int limit) {
    return read(() -> rows.items(Math.max(0, from), Math.max(0, limit)));
  }

  /** The picture of an item; none if the item has none or is not there. */
  public Thumbnail thumbnail(String id) {
    return read(() -> {
      OptionalInt row = rows.rowOf(id);
      return row.isPresent() ? rows.thumbnail(row.getAsInt()) : Thumbnail.none();
    });
  }

  /** What the collection was made with. */
  public CollectionSpec spec() {
    return spec;
  }

  /** The collection at this moment, uncommitted changes included. */
  public CollectionInfo info() {
    return CollectionInfo.of(spec, read(rows::count));
  }

  /** Precision at k of the vectors as they are stored; see {@link Precision#atK}. */
  public double precisionAt(int k) {
    return read(() -> Precision.atK(rows.vectors(), rows.labels(), k));
  }

  /**
   * At most {@code limit} items, evenly spaced, along the first three principal components of their vectors.
   *
   * @throws InvalidInputException if there are too few items or dimensions for three axes
   */
  public SpaceProjection inSpace(int limit) {
    return read(() -> {
      int step = Math.max(1, (rows.count() + limit - 1) / limit);
      float[][] vectors = rows.vectors();
      List<Item> all = rows.items(0, Integer.MAX_VALUE);
      int[] chosen = IntStream.range(0, all.size()).filter(i -> i % step == 0).toArray();
      return SpaceProjection.of(
          IntStream.of(chosen).mapToObj(all::get).toList(),
          IntStream.of(chosen).mapToObj(i -> vectors[i]).toArray(float[][]::new));
    });
  }

  private <T> T read(Supplier<T> reader) {
    content.readLock().lock();
    try {
      requireOpen();
      return reader.get();
    } finally {
      content.readLock().unlock();
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("collection " + spec.name() + " is closed");
    }
  }

  /** Waits for searches, changes and commits under way; changes that were not committed are lost. Closing again does nothing. */
  @Override
  public void close() {
    synchronized (changes) {
      content.writeLock().lock();
      try {
        if (closed.compareAndSet(false, true)) {
          folder.close();
        }
      } finally {
        content.writeLock().unlock();
      }
    }
  }
}
