package lapidary.search.store.lucene;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.ValueCounts;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/** Counts values term by term, so that it holds the most frequent only, however many values there are. Not thread-safe. */
final class Facets {
  /** The place of a value in the order of terms tells equally frequent ones apart. */
  private record Counted(AttributeValue.Single value, int count, int place) {}

  private static final Comparator<Counted> WORST_FIRST = Comparator.comparingInt(Counted::count)
      .thenComparing(Counted::place, Comparator.reverseOrder());

  private final FixedBitSet documents;
  private final int most;
  private final PriorityQueue<Counted> best = new PriorityQueue<>(WORST_FIRST);
  private int distinct;

  private Facets(View view, BitSet rows, int most) {
    this.documents = new FixedBitSet(Math.max(1, view.reader().maxDoc()));
    this.most = most;
    rows.stream().map(view.rows()::document).forEach(documents::set);
  }

  /** Labels of rows, which are live. */
  static ValueCounts labels(View view, BitSet rows, int most) throws IOException {
    Facets facets = new Facets(view, rows, most);
    AttributeTerms.visit(
        MultiTerms.getTerms(view.reader(), Documents.LABEL), new BytesRef(), (term, having) -> {
          if (term.length > 0) {
            facets.value(AttributeValue.of(term.utf8ToString()), having);
          }
        });
    return facets.counts();
  }

  /** Values of an attribute of rows, which are live. */
  static ValueCounts values(View view, String name, BitSet rows, int most) throws IOException {
    Facets facets = new Facets(view, rows, most);
    AttributeTerms.visit(view.reader(), name, facets::value);
    return facets.counts();
  }

  private void value(AttributeValue.Single value, PostingsEnum having) throws IOException {
    int count = 0;
    while (having.nextDoc() != PostingsEnum.NO_MORE_DOCS) {
      count += documents.get(having.docID()) ? 1 : 0;
    }
    if (count > 0) {
      best.add(new Counted(value, count, distinct++));
      if (best.size() > most) {
        best.remove();
      }
    }
  }

  private ValueCounts counts() {
    Deque<ValueCounts.Count> counts = new ArrayDeque<>();
    while (!best.isEmpty()) {
      Counted worst = best.remove();
      counts.addFirst(new ValueCounts.Count(worst.value(), worst.count()));
    }
    return new ValueCounts(List.copyOf(counts), distinct);
  }
}
