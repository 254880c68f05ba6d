package lapidary.search.store.lucene;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import lapidary.search.scan.ExactIndex;
import lapidary.search.store.Snapshot;

/** The view of the last commit, exchanged when there is a later one. Thread-safe. */
final class Views implements AutoCloseable {
  /** How often a commit of another process is looked for, in nanoseconds. */
  private static final long LOOK_AGAIN = TimeUnit.SECONDS.toNanos(1);

  private final Folder folder;
  /** Held while the view is exchanged, not while it is read. */
  private final ReentrantLock exchange = new ReentrantLock();

  private volatile View view;
  private volatile long looked = System.nanoTime();
  /** Whether this process committed what could not be read yet. */
  private volatile boolean behind;

  private boolean closed;

  /** Takes over a view. */
  Views(Folder folder, View first) {
    this.folder = folder;
    this.view = first;
  }

  CommitFacts facts() {
    return view.facts();
  }

  /** A share in the view, to be given back. */
  View take() {
    // One that was exchanged and is gone has a successor.
    while (true) {
      View current = view;
      if (current.take()) {
        return current;
      }
      if (current == view) {
        throw new IllegalStateException(folder.path() + " is closed");
      }
    }
  }

  Snapshot snapshot() {
    return new LuceneSnapshot(take());
  }

  boolean holds(String id) {
    catchUp();
    View current = take();
    try {
      return Ids.row(current, id).isPresent();
    } catch (IOException e) {
      throw Failure.opening(folder.path(), e);
    } finally {
      current.giveBack();
    }
  }

  /** Shows what this process committed; if that fails for now, whoever reads next tries again. */
  void committed() {
    try {
      refresh();
    } catch (IOException | RuntimeException e) {
      behind = true;
    }
  }

  /** Shows what this process committed, if that failed before. */
  void catchUp() {
    if (behind) {
      lookForNews();
    }
  }

  /** Shows what others committed, unless that was looked for lately or is being looked for. */
  void lookForNews() {
    boolean due = behind || System.nanoTime() - looked >= LOOK_AGAIN;
    if (!due || !exchange.tryLock()) {
      return;
    }
    try {
      refresh();
    } catch (IOException | RuntimeException e) {
      // The folder may be gone or be exchanged at this moment: what was read stays right.
    } finally {
      exchange.unlock();
    }
  }

  /** Shows the last commit, if it is of the same store. */
  void refresh() throws IOException {
    exchange.lock();
    try {
      if (!closed) {
        looked = System.nanoTime();
        View next = view.latest();
        if (next != view) {
          show(next);
        }
        behind = false;
      }
    } finally {
      exchange.unlock();
    }
  }

  private void show(View next) {
    View old = view;
    view = next;
    old.giveBack();
  }

  /** Has rows searched as they were arranged at an earlier view, if they still are numbered so. */
  void arranged(View at, ExactIndex index) throws IOException {
    exchange.lock();
    try {
      if (!closed && view.rows().numberedAs(at.rows())) {
        view.arranged(index);
      }
    } finally {
      exchange.unlock();
    }
  }

  @Override
  public void close() {
    exchange.lock();
    try {
      closed = true;
      view.giveBack();
    } finally {
      exchange.unlock();
    }
  }
}
