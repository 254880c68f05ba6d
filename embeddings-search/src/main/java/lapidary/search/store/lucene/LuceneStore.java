package lapidary.search.store.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import lapidary.models.InvalidInputException;
import lapidary.search.store.Changes;
import lapidary.search.store.Edit;
import lapidary.search.store.Entry;
import lapidary.search.store.Snapshot;
import lapidary.search.store.VectorStore;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;

/**
 * A store in a folder of its own, which is an index of Lucene. One process at a time may change it, from its first change until it is
 * closed; any number may read it beside that, and see what was committed within a second. Vectors are searched exactly in memory, or
 * by Lucene's graph once there is one. Thread-safe.
 */
public final class LuceneStore implements VectorStore {
  /**
   * With so many items a graph is built without being asked for. Up to a million rows the exact search was measured to be about as fast
   * as the graph or faster (BENCHMARKS.md); by how its rate falls it takes more than a millisecond from here on.
   */
  public static final int GRAPH_FROM = 4_000_000;

  private final Folder folder;
  private final byte[] header;
  private final Views views;
  private final Writes writes;
  private final Maintenance maintenance;
  private final AtomicBoolean closed = new AtomicBoolean();
  /** Whether something else lies in the folder until the first commit. */
  private final AtomicBoolean replaces = new AtomicBoolean();

  private LuceneStore(Folder folder, View first, byte[] header, int graphFrom) {
    this.folder = folder;
    this.header = header;
    this.views = new Views(folder, first);
    this.writes = new Writes(new Host());
    this.maintenance = new Maintenance(folder, views, writes, graphFrom);
  }

  /**
   * Makes an empty store and opens it.
   *
   * @param folder not there, empty, or what a killed creation left
   * @param header kept with the store for the caller; copied
   * @throws InvalidInputException if the folder holds anything else, or cannot be written
   */
  public static LuceneStore create(Path folder, int dimensions, byte[] header) {
    Folder.requireEmpty(folder);
    try (Folder made = Folder.open(folder)) {
      IndexWriter writer = made.writer(IndexWriterConfig.OpenMode.CREATE, false, Set.of());
      CommitFacts facts = CommitFacts.fresh(dimensions);
      try (writer) {
        writer.addDocument(Parts.HEADER.document(header));
        writer.setLiveCommitData(facts.entries().entrySet());
        writer.commit();
      }
    } catch (IOException | RuntimeException e) {
      throw Failure.changing(folder, e);
    }
    return open(folder);
  }

  /**
   * Replaces what a store holds, by nothing at first: all at once with the first commit. Until then, and if that never comes, it is what
   * it was. Whoever reads the store that is replaced goes on reading it as it was.
   *
   * @param folder of a store, of this format or the one before
   * @throws InvalidInputException if somebody is changing the store
   */
  public static LuceneStore replace(Path folder, int dimensions, byte[] header) {
    Folder replaced = Folder.open(folder);
    try {
      IndexWriter writer = replaced.writer(IndexWriterConfig.OpenMode.CREATE, false, Set.of());
      writer.addDocument(Parts.HEADER.document(header));
      View empty = View.uncommitted(replaced, writer, CommitFacts.fresh(dimensions));
      LuceneStore store = new LuceneStore(replaced, empty, header.clone(), GRAPH_FROM);
      store.writes.goOnWith(writer);
      store.replaces.set(true);
      return store;
    } catch (IOException | RuntimeException e) {
      replaced.close();
      throw Failure.changing(folder, e);
    }
  }

  /**
   * Opens a store. What answers depend on is checked for damage; pictures are by {@link IntegrityCheck} only.
   *
   * @throws InvalidInputException if the folder holds no store or a damaged one
   */
  public static LuceneStore open(Path path) {
    return open(Folder.existing(path), GRAPH_FROM);
  }

  /** Opens a store in a folder, which it takes over. */
  static LuceneStore open(Folder folder, int graphFrom) {
    try {
      View view = View.latest(folder);
      try {
        IntegrityCheck.requireReadable(view);
        byte[] header = Parts.HEADER
            .read(view.reader())
            .orElseThrow(() -> new IOException("its header is missing"));
        return new LuceneStore(folder, view, header, graphFrom);
      } catch (IOException | RuntimeException e) {
        view.giveBack();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw Failure.opening(folder.path(), e);
    } catch (OutOfMemoryError e) {
      try (folder) {
        IntegrityCheck.requireWhole(folder, e);
        throw e;
      }
    }
  }

  /** What the writes need of the store. */
  private final class Host implements Writes.Host {
    @Override
    public IndexWriter open() throws IOException {
      IndexWriter writer = maintenance.writer();
      try {
        CommitFacts facts = CommitFacts.of(writer);
        if (!facts.identity().equals(views.facts().identity())) {
          throw new InvalidInputException(folder.path()
              + " was replaced by another collection since it was opened; open it again");
        }
        views.refresh();
        return writer;
      } catch (IOException | RuntimeException e) {
        writer.rollback();
        throw e;
      }
    }

    @Override
    public CommitFacts facts() {
      return maintenance.facts();
    }

    @Override
    public void committed() {
      views.committed();
      if (replaces.compareAndSet(true, false)) {
        folder.deleteOldFormat();
      }
      maintenance.lookAfter();
    }
  }

  /** Whether a folder holds a store, of this format or the one before, whole or damaged. */
  public static boolean exists(Path path) {
    return Folder.holdsStore(path);
  }

  /**
   * What is damaged in a store: every byte of the last commit is read, and every item.
   *
   * @return a sentence for each file or item; empty if all is well
   * @throws InvalidInputException if the folder holds no store
   */
  public static List<String> damages(Path path) {
    return IntegrityCheck.damages(path);
  }

  @Override
  public byte[] header() {
    return header.clone();
  }

  @Override
  public int dimensions() {
    return views.facts().dimensions();
  }

  /** Something that may fail for reasons of the disk. */
  @FunctionalInterface
  private interface Changing<T> {
    T change() throws IOException;
  }

  private <T> T changing(Changing<T> change) {
    requireOpen();
    try {
      return change.change();
    } catch (IOException | RuntimeException e) {
      throw Failure.changing(folder.path(), e);
    }
  }

  @Override
  public Changes put(List<Entry> entries) {
    return changing(() -> writes.put(entries));
  }

  @Override
  public Optional<Changes> remove(String id) {
    return changing(() -> writes.remove(id, views::holds));
  }

  @Override
  public Edit.Made apply(List<Edit> edits) {
    return changing(() -> writes.apply(edits, views::holds));
  }

  @Override
  public void commit(Changes changes) {
    changing(() -> {
      writes.commit(changes);
      return changes;
    });
  }

  @Override
  public Snapshot snapshot() {
    requireOpen();
    if (writes.isOpen()) {
      views.catchUp();
    } else {
      views.lookForNews();
    }
    return views.snapshot();
  }

  @Override
  public void approximate() {
    requireOpen();
    maintenance.approximate();
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException(folder.path() + " is closed");
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      maintenance.close();
      writes.close();
      views.close();
      folder.close();
    }
  }
}
