package lapidary.search.store.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import lapidary.search.scan.Arrangement;
import lapidary.search.scan.ExactIndex;
import lapidary.search.scan.Kernel;
import lapidary.search.scan.Nearest;
import lapidary.search.scan.TopK;
import lapidary.search.store.Filter;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;

/**
 * One commit, as it is read by all snapshots of it. Vectors come into memory when they are first searched exactly; those of the view
 * before are shared. Thread-safe; counted, so that what it holds goes with its last user.
 */
final class View {
  private static final int FILTERS = 16;
  /** To read a commit while another process makes one after the other. */
  private static final int ATTEMPTS = 20;
  /** So many rows are loaded in a moment. */
  private static final int QUICK = 8_192;

  private final Path folder;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final CommitFacts facts;
  private final Rows rows;
  private final Map<Filter, Accepted> filtered = new LinkedHashMap<>(16, .75f, true) {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Filter, Accepted> eldest) {
      return size() > FILTERS;
    }
  };
  private final AtomicBoolean loading = new AtomicBoolean();
  private volatile @Nullable ExactIndex index;

  private View(Path folder, DirectoryReader reader, CommitFacts facts, Rows rows) {
    this.folder = folder;
    this.reader = reader;
    this.facts = facts;
    this.rows = rows;
    this.searcher = new IndexSearcher(reader);
    // What filters accept is kept here, by rows.
    searcher.setQueryCache(null);
  }

  /** The view of a folder's last commit. */
  static View latest(Folder folder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      String commit = folder.lastCommit();
      try {
        DirectoryReader reader = DirectoryReader.open(folder.directory());
        return taking(
            reader, () -> new View(folder.path(), reader, facts(reader), Rows.of(reader)));
      } catch (IOException | RuntimeException e) {
        // A writer may have deleted this commit's files for those of the next.
        if (attempt == ATTEMPTS || commit.equals(folder.lastCommit())) {
          throw e;
        }
      }
    }
  }

  /** The view of a writer that has not committed yet. */
  static View uncommitted(Folder folder, IndexWriter writer, CommitFacts facts) throws IOException {
    DirectoryReader reader = DirectoryReader.open(writer);
    return taking(reader, () -> new View(folder.path(), reader, facts, Rows.of(reader)));
  }

  private static CommitFacts facts(DirectoryReader reader) throws IOException {
    return CommitFacts.of(reader.getIndexCommit().getUserData());
  }

  /** Makes a view of a reader. */
  @FunctionalInterface
  private interface Making {
    View make() throws IOException;
  }

  private static View taking(DirectoryReader reader, Making making) throws IOException {
    try {
      return making.make();
    } catch (IOException | RuntimeException | Error e) {
      reader.decRef();
      throw e;
    }
  }

  /** The view of the last commit of the same store: this one if there is not a later. */
  View latest() throws IOException {
    boolean committed = reader.getIndexCommit().getUserData().containsValue(facts.identity());
    DirectoryReader later = committed
        ? DirectoryReader.openIfChanged(reader)
        : DirectoryReader.open(reader.directory());
    return later == null ? this : taking(later, () -> next(later));
  }

  private View next(DirectoryReader later) throws IOException {
    CommitFacts laterFacts = facts(later);
    if (!laterFacts.identity().equals(facts.identity())) {
      later.decRef();
      return this;
    }
    View view = new View(folder, later, laterFacts, rows.next(later));
    ExactIndex known = index;
    if (known != null) {
      view.index = view.rows.numberedAs(rows) ? view.extended(known) : view.loaded();
    }
    return view;
  }

  /** Takes a share in it; false if it is gone. */
  boolean take() {
    return reader.tryIncRef();
  }

  void giveBack() {
    try {
      reader.decRef();
    } catch (IOException e) {
      // Nothing is written when files are closed that were only read.
      throw new IllegalStateException("a reader cannot be closed", e);
    }
  }

  DirectoryReader reader() {
    return reader;
  }

  Path folder() {
    return folder;
  }

  IndexSearcher searcher() {
    return searcher;
  }

  CommitFacts facts() {
    return facts;
  }

  Rows rows() {
    return rows;
  }

  /** The vectors of all rows, dead ones included. */
  ExactIndex index() throws IOException {
    ExactIndex known = index;
    if (known == null) {
      synchronized (rows) {
        known = index;
        if (known == null) {
          known = loaded();
          index = known;
        }
      }
    }
    return known;
  }

  /**
   * The same, if it is in memory or soon will be. If it would take long, it is loaded beside this search and those that come until it
   * is there.
   */
  Optional<ExactIndex> indexIfQuick() throws IOException {
    if (index == null && rows.size() <= QUICK) {
      return Optional.of(index());
    }
    if (index == null && loading.compareAndSet(false, true) && take()) {
      Thread loader = new Thread(this::loadBeside, "lapidary-vectors");
      loader.setDaemon(true);
      loader.start();
    }
    return indexInMemory();
  }

  private void loadBeside() {
    try {
      index();
    } catch (IOException | RuntimeException e) {
      // The next search tries again, and is told if it fails for that as well.
      loading.set(false);
    } finally {
      giveBack();
    }
  }

  /** Offers every live row that is accepted, with the score that the search in memory would give it. */
  Nearest scan(float[] unit, TopK top, Optional<Accepted> accepted) throws IOException {
    BitSet wanted = accepted.map(Accepted::rows).orElse(rows.live());
    for (LeafReaderContext leaf : reader.leaves()) {
      int[] ofLeaf = rows.of(leaf);
      FloatVectorValues values = leaf.reader().getFloatVectorValues(Documents.VECTOR);
      while (values != null && values.nextDoc() != FloatVectorValues.NO_MORE_DOCS) {
        int row = ofLeaf[values.docID()];
        if (row >= 0 && wanted.get(row)) {
          top.offer(row, Kernel.product(unit, values.vectorValue()));
        }
      }
    }
    return Nearest.of(top);
  }

  /** The same, if it is in memory already. */
  Optional<ExactIndex> indexInMemory() {
    return Optional.ofNullable(index);
  }

  /** Takes an index of the first rows instead, which is arranged. */
  void arranged(ExactIndex better) throws IOException {
    index = extended(better);
  }

  private ExactIndex extended(ExactIndex first) throws IOException {
    return rows.size() == first.size() ? first : first.with(vectors(first.size()));
  }

  private ExactIndex loaded() throws IOException {
    float[][] vectors = vectors(0);
    Optional<byte[]> stored = Parts.ARRANGEMENT.read(reader);
    if (stored.isEmpty()) {
      return ExactIndex.of(facts.dimensions(), vectors);
    }
    Arrangement arrangement = StoredArrangement.read(stored.get(), rows);
    return ExactIndex.of(facts.dimensions(), vectors, arrangement);
  }

  /** The vectors of the rows from {@code first} on; zeros for rows that are dead. */
  private float[][] vectors(int first) throws IOException {
    float[][] vectors = new float[rows.size() - first][];
    for (LeafReaderContext leaf : reader.leaves()) {
      int[] ofLeaf = rows.of(leaf);
      FloatVectorValues values = leaf.reader().getFloatVectorValues(Documents.VECTOR);
      while (values != null && values.nextDoc() != FloatVectorValues.NO_MORE_DOCS) {
        int row = ofLeaf[values.docID()];
        if (row >= first) {
          vectors[row - first] = values.vectorValue().clone();
        }
      }
    }
    for (int i = 0; i < vectors.length; i++) {
      if (vectors[i] == null) {
        vectors[i] = new float[facts.dimensions()];
      }
    }
    return vectors;
  }

  /** The live rows that a filter accepts; empty if that is all rows. */
  Optional<Accepted> accepted(Filter filter) throws IOException {
    if (filter.equals(Filter.everything()) && rows.count() == rows.size()) {
      return Optional.empty();
    }
    synchronized (filtered) {
      Accepted known = filtered.get(filter);
      if (known != null) {
        return Optional.of(known);
      }
    }
    Accepted accepted = new Accepted(FilterRows.of(filter, this), rows);
    synchronized (filtered) {
      filtered.put(filter, accepted);
    }
    return Optional.of(accepted);
  }
}
