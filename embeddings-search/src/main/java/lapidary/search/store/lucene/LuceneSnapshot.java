package lapidary.search.store.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import lapidary.search.pca.RowSource;
import lapidary.search.scan.ExactIndex;
import lapidary.search.scan.Nearest;
import lapidary.search.scan.TopK;
import lapidary.search.store.Filter;
import lapidary.search.store.Item;
import lapidary.search.store.Match;
import lapidary.search.store.PageStart;
import lapidary.search.store.Population;
import lapidary.search.store.Recall;
import lapidary.search.store.Snapshot;
import lapidary.search.store.Thumbnail;
import lapidary.search.store.ValueCounts;
import lapidary.search.store.Wanted;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** A share in a {@link View}, and the questions it answers. Thread-safe. */
final class LuceneSnapshot implements Snapshot {
  private final View view;
  private final Rows rows;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Takes over the share in a view that the caller has. */
  LuceneSnapshot(View view) {
    this.view = view;
    this.rows = view.rows();
  }

  /** Reads; what is found damaged then was whole when the store was opened. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  private <T> T reading(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw Failure.opening(view.folder(), e);
    }
  }

  @Override
  public int count() {
    return rows.count();
  }

  @Override
  public int count(Filter filter) {
    return reading(() -> acceptedRows(filter).cardinality());
  }

  @Override
  public List<Item> items(int from, int limit) {
    return reading(() -> items(rows.live(from, limit)));
  }

  private Item item(int row) throws IOException {
    return items(new int[] {row}).get(0);
  }

  /** The items of rows, read in the order of their documents: to begin anew for each costs more than to read it. */
  private List<Item> items(int[] ofRows) throws IOException {
    long[] order = new long[ofRows.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (long) rows.document(ofRows[i]) << 32 | i;
    }
    Arrays.sort(order);
    Item[] items = new Item[order.length];
    ItemReader reader = new ItemReader(view.reader());
    for (long each : order) {
      items[(int) each] = reader.read((int) (each >>> 32));
    }
    return List.of(items);
  }

  @Override
  public Optional<String> page(PageStart start, Filter filter, Predicate<Item> wanted) {
    return reading(
        () -> new ItemPages(view, acceptedRows(filter), this::items).page(start, wanted));
  }

  private BitSet acceptedRows(Filter filter) throws IOException {
    return view.accepted(filter).map(Accepted::rows).orElse(rows.live());
  }

  @Override
  public ValueCounts labels(Filter filter, int most) {
    return reading(() -> Facets.labels(view, acceptedRows(filter), most));
  }

  @Override
  public ValueCounts values(String attribute, Filter filter, int most) {
    return reading(() -> Facets.values(view, attribute, acceptedRows(filter), most));
  }

  private LeafReaderContext leaf(int document) {
    List<LeafReaderContext> leaves = view.reader().leaves();
    return leaves.get(ReaderUtil.subIndex(document, leaves));
  }

  /** Asks each segment's terms themselves: a query for one term costs several times as much. */
  private OptionalInt row(String id) throws IOException {
    Term term = Documents.id(id);
    for (LeafReaderContext leaf : view.reader().leaves()) {
      PostingsEnum found = leaf.reader().postings(term, PostingsEnum.NONE);
      if (found != null) {
        int document = live(found, leaf.reader().getLiveDocs());
        if (document != PostingsEnum.NO_MORE_DOCS) {
          return OptionalInt.of(rows.of(leaf)[document]);
        }
      }
    }
    return OptionalInt.empty();
  }

  /** The next document that is not deleted. */
  private static int live(PostingsEnum documents, @Nullable Bits alive) throws IOException {
    int document = documents.nextDoc();
    while (alive != null && document != PostingsEnum.NO_MORE_DOCS && !alive.get(document)) {
      document = documents.nextDoc();
    }
    return document;
  }

  private int rowOf(int document) {
    LeafReaderContext leaf = leaf(document);
    return rows.of(leaf)[document - leaf.docBase];
  }

  @Override
  public Optional<Item> item(String id) {
    return reading(() -> {
      OptionalInt row = row(id);
      return row.isPresent() ? Optional.of(item(row.getAsInt())) : Optional.empty();
    });
  }

  @Override
  public Optional<float[]> vector(String id) {
    return reading(() -> {
      OptionalInt row = row(id);
      return row.isPresent() ? Optional.of(vector(row.getAsInt())) : Optional.empty();
    });
  }

  private float[] vector(int row) throws IOException {
    Optional<ExactIndex> index = view.indexInMemory();
    if (index.isPresent()) {
      return index.get().row(row);
    }
    int document = rows.document(row);
    LeafReaderContext leaf = leaf(document);
    FloatVectorValues vectors = leaf.reader().getFloatVectorValues(Documents.VECTOR);
    if (vectors == null || vectors.advance(document - leaf.docBase) != document - leaf.docBase) {
      throw new IOException("the vector of change " + rows.number(row) + " is missing");
    }
    return vectors.vectorValue().clone();
  }

  @Override
  public Thumbnail thumbnail(String id) {
    return reading(() -> {
      OptionalInt row = row(id);
      if (row.isEmpty()) {
        return Thumbnail.none();
      }
      int document = rows.document(row.getAsInt());
      LeafReaderContext leaf = leaf(document);
      return Pictures.read(leaf, document - leaf.docBase);
    });
  }

  @Override
  public RowSource vectors() {
    return new LiveVectors(reading(view::index), rows);
  }

  @Override
  public List<Match> nearest(float[] unit, Wanted wanted) {
    // More than there are would only be memory.
    int k = Math.max(1, Math.min(wanted.k(), count()));
    return reading(
        () -> matches(byGraph(wanted.method()) ? graph(unit, k, wanted) : exact(unit, k, wanted)));
  }

  private boolean byGraph(Wanted.Method method) {
    return method != Wanted.Method.EXACT && recall().isPresent();
  }

  private Nearest exact(float[] unit, int k, Wanted wanted) throws IOException {
    Optional<Accepted> accepted = view.accepted(wanted.filter());
    Optional<ExactIndex> index = view.indexIfQuick();
    if (index.isEmpty()) {
      return view.scan(unit, new TopK(k, wanted.minimum()), accepted);
    }
    return accepted.isPresent()
        ? accepted.get().search(index.get(), unit, k, wanted.minimum())
        : index.get().search(unit, k, Optional.empty(), wanted.minimum());
  }

  private Nearest graph(float[] unit, int k, Wanted wanted) throws IOException {
    int candidates =
        recall().map(each -> each.candidates() + Math.max(0, k - Graph.AT)).orElse(k);
    return Graph.search(view, unit, candidates, k, wanted);
  }

  private List<Match> matches(Nearest nearest) throws IOException {
    List<Item> items = items(nearest.rows());
    List<Match> matches = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      matches.add(new Match(items.get(i), nearest.score(i)));
    }
    return List.copyOf(matches);
  }

  @Override
  public List<Match> worded(String text, int k, Filter filter) {
    Optional<Query> words = Words.query(text);
    if (words.isEmpty() || count() == 0) {
      return List.of();
    }
    return reading(() -> {
      BooleanQuery.Builder query =
          new BooleanQuery.Builder().add(words.get(), BooleanClause.Occur.MUST);
      view.accepted(filter)
          .map(RowsQuery::new)
          .ifPresent(accepted -> query.add(accepted, BooleanClause.Occur.FILTER));
      List<Match> matches = new ArrayList<>();
      for (ScoreDoc found : best(query.build(), Math.min(k, count()))) {
        matches.add(new Match(item(rowOf(found.doc)), found.score));
      }
      return List.copyOf(matches);
    });
  }

  private ScoreDoc[] best(Query query, int k) throws IOException {
    Sort order =
        new Sort(SortField.FIELD_SCORE, new SortField(Documents.NUMBER, SortField.Type.LONG));
    return view.searcher().search(query, k, order, true).scoreDocs;
  }

  @Override
  public Population population() {
    return new LucenePopulation(
        view,
        this::vectors,
        id -> reading(() -> {
          OptionalInt row = row(id);
          return row.isPresent()
              ? OptionalLong.of(rows.number(row.getAsInt()))
              : OptionalLong.empty();
        }));
  }

  @Override
  public Optional<Recall> recall() {
    return view.facts().recall();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      view.giveBack();
    }
  }
}
