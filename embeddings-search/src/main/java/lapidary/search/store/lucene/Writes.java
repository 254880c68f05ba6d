package lapidary.search.store.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import lapidary.models.InvalidInputException;
import lapidary.search.store.Changes;
import lapidary.search.store.Edit;
import lapidary.search.store.Entry;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;

/**
 * Changes on their way to the disk. They are numbered as they come; a commit waits for those under way, takes all there are and goes to
 * the disk once for everybody who waits for it. When anything fails, Lucene's writer is rolled back: what was not made durable is gone,
 * and whoever asks for it to be committed is told so. Thread-safe.
 */
final class Writes implements AutoCloseable {
  private final Host host;
  /** Held by one commit at a time, until its changes are seen. */
  private final Object committing = new Object();
  /** Shared by changes, exclusive for commits, so that a commit has each change whole or not at all. */
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  /** Held while Lucene's writer is opened; nothing else is waited for under it. */
  private final Object opening = new Object();

  private final AtomicLong next = new AtomicLong();
  /** Whether an id is there, of those changed since the last commit. */
  private final Map<String, Boolean> pending = new ConcurrentHashMap<>();
  /** Changes that were undone. */
  private final List<Changes> lost = new ArrayList<>();
  /** The last change that no commit has to care for any more. */
  private long settled;

  private volatile @Nullable IndexWriter writer;

  /** Whose changes these are. */
  interface Host {
    /** Lucene's writer at the last commit, with the right to change the index. */
    IndexWriter open() throws IOException;

    /** What a commit says of the store. */
    CommitFacts facts();

    /** Shows what was committed. */
    void committed();
  }

  Writes(Host host) {
    this.host = host;
  }

  /** A change of the index. */
  @FunctionalInterface
  interface Change {
    void apply(IndexWriter to, long number) throws IOException;
  }

  Changes put(List<Entry> entries) throws IOException {
    return change(entries.size(), (to, first) -> {
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = entries.get(i);
        to.updateDocument(Documents.id(entry.item().id()), Documents.of(entry, first + i));
        pending.put(entry.item().id(), true);
      }
    });
  }

  /** Puts and removes; {@code committed} says whether an id that was not changed since is there. */
  Edit.Made apply(List<Edit> edits, Predicate<String> committed) throws IOException {
    // Alone, so that what is counted as removed was there.
    gate.writeLock().lock();
    try {
      int[] removed = {0};
      Changes changes = change(edits.size(), (to, first) -> {
        removed[0] = 0;
        for (int i = 0; i < edits.size(); i++) {
          removed[0] += apply(edits.get(i), to, first + i, committed) ? 1 : 0;
        }
      });
      int put = (int) edits.stream().filter(Edit.Put.class::isInstance).count();
      return new Edit.Made(changes, put, removed[0]);
    } finally {
      gate.writeLock().unlock();
    }
  }

  /** Gives whether an item was removed. */
  private boolean apply(Edit edit, IndexWriter to, long number, Predicate<String> committed)
      throws IOException {
    boolean there = pending.getOrDefault(edit.id(), committed.test(edit.id()));
    if (edit instanceof Edit.Put put) {
      to.updateDocument(Documents.id(edit.id()), Documents.of(put.entry(), number));
      pending.put(edit.id(), true);
      return false;
    }
    to.deleteDocuments(Documents.id(edit.id()));
    pending.put(edit.id(), false);
    return there;
  }

  Changes put(Parts part, byte[] bytes) throws IOException {
    return change(1, (to, number) -> to.updateDocument(part.term(), part.document(bytes)));
  }

  /** Removes an item that is there, if {@code committed} says so of an id that was not changed since. */
  Optional<Changes> remove(String id, Predicate<String> committed) throws IOException {
    gate.writeLock().lock();
    try {
      writer();
      Boolean changed = pending.get(id);
      if (changed == null ? !committed.test(id) : !changed) {
        return Optional.empty();
      }
      Changes removal = change(1, (to, number) -> to.deleteDocuments(Documents.id(id)));
      pending.put(id, false);
      return Optional.of(removal);
    } finally {
      gate.writeLock().unlock();
    }
  }

  private Changes change(int count, Change change) throws IOException {
    try {
      return numbered(count, change);
    } catch (AlreadyClosedException e) {
      // A merge failed before, as on a full disk; this change may well succeed.
      undo();
      return numbered(count, change);
    } catch (IOException | RuntimeException | Error e) {
      undo();
      throw e;
    }
  }

  private Changes numbered(int count, Change change) throws IOException {
    gate.readLock().lock();
    try {
      IndexWriter to = writer();
      long first = next.getAndAdd(count);
      change.apply(to, first);
      return new Changes(first, first + count - 1);
    } finally {
      gate.readLock().unlock();
    }
  }

  /** Makes changes durable, if they are not, and shows them. */
  void commit(Changes changes) throws IOException {
    synchronized (committing) {
      gate.writeLock().lock();
      try {
        requireKept(changes);
        if (changes.last() <= settled) {
          return;
        }
        commitAll();
      } finally {
        gate.writeLock().unlock();
      }
      host.committed();
    }
  }

  private void commitAll() throws IOException {
    long last = next.get() - 1;
    try {
      IndexWriter from = writer();
      from.setLiveCommitData(host.facts().nextIs(last + 1).entries().entrySet());
      from.commit();
    } catch (IOException | RuntimeException | Error e) {
      undo();
      throw e;
    }
    settled = last;
    pending.clear();
  }

  private void requireKept(Changes changes) {
    if (lost.stream().anyMatch(changes::meet)) {
      throw new InvalidInputException(
          "the changes were undone when another commit failed; make them again");
    }
  }

  /** Drops what is not durable, and the writer with it. */
  private void undo() {
    gate.writeLock().lock();
    try {
      long last = next.get() - 1;
      if (last > settled) {
        lose(new Changes(settled + 1, last));
        settled = last;
      }
      pending.clear();
      drop();
    } finally {
      gate.writeLock().unlock();
    }
  }

  private void lose(Changes changes) {
    int end = lost.size() - 1;
    if (end >= 0 && lost.get(end).last() + 1 == changes.first()) {
      lost.set(end, lost.get(end).and(changes));
    } else {
      lost.add(changes);
    }
  }

  private void drop() {
    IndexWriter dropped = writer;
    writer = null;
    if (dropped != null) {
      try {
        dropped.rollback();
      } catch (IOException | RuntimeException e) {
        // The commit before stands, whatever became of the files that were not committed.
      }
    }
  }

  /** Lucene's writer, opened if it is not. */
  private IndexWriter writer() throws IOException {
    synchronized (opening) {
      IndexWriter opened = writer;
      if (opened == null) {
        opened = host.open();
        goOnWith(opened);
      }
      return opened;
    }
  }

  /** Takes over a writer at the last commit. */
  void goOnWith(IndexWriter opened) {
    synchronized (opening) {
      long first = Math.max(next.get(), host.facts().next());
      next.set(first);
      settled = first - 1;
      writer = opened;
    }
  }

  /** Commits all changes and has the writer opened anew, since the host wants it otherwise. */
  void reopen() throws IOException {
    synchronized (committing) {
      gate.writeLock().lock();
      try {
        commitAll();
        drop();
        writer();
      } finally {
        gate.writeLock().unlock();
      }
      host.committed();
    }
  }

  /** Does something slow with the writer, beside changes and commits, that the next commit takes. */
  Changes beside(Change work) throws IOException {
    long number = next.getAndIncrement();
    work.apply(writer(), number);
    return Changes.one(number);
  }

  /** Whether the right to change the index is held. */
  boolean isOpen() {
    return writer != null;
  }

  @Override
  public void close() {
    gate.writeLock().lock();
    try {
      drop();
    } finally {
      gate.writeLock().unlock();
    }
  }
}
