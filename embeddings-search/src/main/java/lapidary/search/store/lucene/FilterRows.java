package lapidary.search.store.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;
import lapidary.search.store.Filter;
import org.apache.lucene.index.Term;

/** Filters as the live rows of a view that they accept, however many parts a filter has. Stateless. */
final class FilterRows implements Filter.Translation<BitSet> {
  private final View view;

  private FilterRows(View view) {
    this.view = view;
  }

  /** The rows, which nobody else holds. */
  static BitSet of(Filter filter, View view) throws IOException {
    try {
      return filter.translate(new FilterRows(view));
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public BitSet label(String label) {
    return having(new Term(Documents.LABEL, label));
  }

  @Override
  public BitSet attribute(String name, String value) {
    return having(new Term(Documents.ATTRIBUTE, Documents.attribute(name, value)));
  }

  private BitSet having(Term term) {
    try {
      return view.having(term);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public BitSet all(List<BitSet> filters) {
    BitSet rows = everything();
    filters.forEach(rows::and);
    return rows;
  }

  @Override
  public BitSet any(List<BitSet> filters) {
    BitSet rows = new BitSet();
    filters.forEach(rows::or);
    return rows;
  }

  @Override
  public BitSet not(BitSet filter) {
    BitSet rows = everything();
    rows.andNot(filter);
    return rows;
  }

  private BitSet everything() {
    return (BitSet) view.rows().live().clone();
  }
}
