package lapidary.search.store;

import java.util.List;
import java.util.Optional;

/**
 * Keeps items with their unit vectors, durably: the seam between a collection and the engine that holds it. Changes are made first,
 * then committed; {@link #snapshot} shows what is durable and nothing else. Thread-safe: any number of threads may change, commit and
 * read at the same time, and commits that wait for each other become one.
 */
public interface VectorStore extends AutoCloseable {
  /** What the store was made with, for whoever made it; a copy. */
  byte[] header();

  /** Values of a vector. */
  int dimensions();

  /**
   * Puts items, which a commit makes durable together. An item replaces an earlier one of its id and comes after all others.
   *
   * @param entries at least one, with vectors of {@link #dimensions}
   * @return what to hand to {@link #commit}
   * @throws lapidary.models.InvalidInputException if somebody else is changing the store, or replaced it
   */
  Changes put(List<Entry> entries);

  /**
   * Removes an item.
   *
   * @return what to hand to {@link #commit}; empty if there was not such an item, changes not yet committed included
   */
  Optional<Changes> remove(String id);

  /**
   * Puts and removes items in this order, as one change: a commit has all of it or nothing.
   *
   * @param edits at least one, with vectors of {@link #dimensions}
   * @throws lapidary.models.InvalidInputException if somebody else is changing the store, or replaced it
   */
  Edit.Made apply(List<Edit> edits);

  /**
   * Makes changes durable, with all others made before the return. If it fails, it and every change since the last commit are undone,
   * as if they had not been made.
   *
   * @throws lapidary.models.InvalidInputException if they cannot be written, or were undone when another commit failed
   * @throws lapidary.models.EnvironmentException the same, and the machine is to blame
   */
  void commit(Changes changes);

  /** What is durable at this moment; the caller closes it. */
  Snapshot snapshot();

  /**
   * Builds a graph over the vectors, keeps it from then on and searches by it unless asked otherwise; the recall is measured. Takes
   * minutes for a million items, during which the store can be used.
   */
  void approximate();

  /** Waits for work that goes on; changes that were not committed are lost. Snapshots can still be read. Closing again does nothing. */
  @Override
  void close();
}
