package lapidary.search;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;

/**
 * Opened collections by name. They come and go while others are asked: one that is taken away is closed when nobody uses it any more, and
 * whoever comes later is told that it is not there. Thread-safe; owns the collections.
 */
final class OpenCollections implements AutoCloseable {
  private final SortedMap<String, Held> byName = new ConcurrentSkipListMap<>();

  /** A collection, and who uses it. */
  private static final class Held {
    private final Collection collection;
    /** Shared by users, exclusive for closing. */
    private final ReadWriteLock gate = new ReentrantReadWriteLock();

    private boolean gone;

    Held(Collection collection) {
      this.collection = collection;
    }

    <T> Optional<T> use(Function<Collection, T> use) {
      gate.readLock().lock();
      try {
        return gone ? Optional.empty() : Optional.of(use.apply(collection));
      } finally {
        gate.readLock().unlock();
      }
    }

    void close() {
      gate.writeLock().lock();
      try {
        gone = true;
        collection.close();
      } finally {
        gate.writeLock().unlock();
      }
    }
  }

  /**
   * Takes over a collection.
   *
   * @throws InvalidInputException if there is one of its name
   */
  void add(Collection collection) {
    String name = collection.spec().name();
    if (byName.putIfAbsent(name, new Held(collection)) != null) {
      throw new InvalidInputException("two collections are called " + name
          + "; serve one of them, or make one anew under another name");
    }
  }

  /**
   * Uses a collection, which stays open meanwhile.
   *
   * @throws NotFoundException if there is not one of this name
   */
  <T> T use(String name, Function<Collection, T> use) {
    return find(name, use).orElseThrow(() -> unknown(name));
  }

  /** The same, if there is one. */
  <T> Optional<T> find(String name, Function<Collection, T> use) {
    return Optional.ofNullable(byName.get(name)).flatMap(held -> held.use(use));
  }

  /** Their names at this moment. */
  List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /**
   * Takes a collection away and closes it, once its users are done.
   *
   * @throws NotFoundException if there is not one of this name
   */
  void remove(String name) {
    Held held = byName.remove(name);
    if (held == null) {
      throw unknown(name);
    }
    held.close();
  }

  private NotFoundException unknown(String name) {
    InvalidInputException unknown = NearestName.unknown("collection", name, byName.keySet());
    return new NotFoundException(Objects.requireNonNull(unknown.getMessage()));
  }

  @Override
  public void close() {
    byName.values().forEach(Held::close);
  }
}
