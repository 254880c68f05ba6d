package lapidary.search.store.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Filter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
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
  public BitSet attribute(String name, AttributeValue.Single value) {
    return having(AttributeTerms.of(name, value));
  }

  @Override
  public BitSet numbers(String name, double from, double to) {
    return reading(() -> Ranges.numbers(view, name, from, to));
  }

  @Override
  public BitSet moments(String name, long from, long to) {
    return reading(() -> Ranges.moments(view, name, from, to));
  }

  @Override
  public BitSet exists(String name) {
    return reading(() -> AttributeTerms.rows(view, name));
  }

  private BitSet having(Term term) {
    return reading(() -> {
      FoundRows found = new FoundRows(view);
      for (LeafReaderContext leaf : view.reader().leaves()) {
        PostingsEnum documents = leaf.reader().postings(term, PostingsEnum.NONE);
        if (documents != null) {
          found.add(leaf, documents);
        }
      }
      return found.live();
    });
  }

  /** Looks something up. */
  @FunctionalInterface
  private interface Reading {
    BitSet read() throws IOException;
  }

  private static BitSet reading(Reading reading) {
    try {
      return reading.read();
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
