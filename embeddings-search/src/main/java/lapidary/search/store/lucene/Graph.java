package lapidary.search.store.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lapidary.search.pca.FiniteVector;
import lapidary.search.scan.ExactIndex;
import lapidary.search.scan.Kernel;
import lapidary.search.scan.Nearest;
import lapidary.search.scan.TopK;
import lapidary.search.store.Filter;
import lapidary.search.store.Recall;
import lapidary.search.store.Wanted;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.util.FixedBitSet;

/** Searches a view by Lucene's graph, and measures what that finds. Stateless. */
final class Graph {
  /** The recall that is looked for, and with which at most candidates it is given up. */
  private static final double WANTED = .98;

  private static final int MOST = 640;
  private static final int QUERIES = 200;
  static final int AT = 10;

  private Graph() {}

  /**
   * The nearest rows that are found, with the scores of the exact search.
   *
   * @param candidates how many Lucene is asked for; it has no other measure of effort
   */
  static Nearest search(View view, float[] unit, int candidates, int k, Wanted wanted)
      throws IOException {
    Optional<Accepted> accepted = wanted.filter().equals(Filter.everything())
        ? Optional.empty() // Lucene leaves out what was removed by itself.
        : view.accepted(wanted.filter());
    TopK top = new TopK(k, wanted.minimum());
    for (LeafReaderContext leaf : view.reader().leaves()) {
      FloatVectorValues vectors = leaf.reader().getFloatVectorValues(Documents.VECTOR);
      if (vectors != null) {
        int[] rows = view.rows().of(leaf);
        for (int document : found(leaf, unit, candidates, k, accepted)) {
          vectors.advance(document);
          top.offer(rows[document], Kernel.product(unit, vectors.vectorValue()));
        }
      }
    }
    return Nearest.of(top);
  }

  /** The best documents of a leaf, rising. */
  private static int[] found(
      LeafReaderContext leaf, float[] unit, int candidates, int k, Optional<Accepted> accepted)
      throws IOException {
    LeafReader reader = leaf.reader();
    if (accepted.isEmpty()) {
      TopDocs near = reader.searchNearestVectors(
          Documents.VECTOR, unit, candidates, reader.getLiveDocs(), Integer.MAX_VALUE);
      return best(near, k);
    }
    FixedBitSet documents = accepted.get().documents(leaf);
    int count = documents.cardinality();
    if (count <= candidates) {
      return all(documents, count);
    }
    TopDocs near =
        reader.searchNearestVectors(Documents.VECTOR, unit, candidates, documents, count + 1);
    // It was given up when it had visited more than a loop over the accepted ones would.
    return near.totalHits.relation == TotalHits.Relation.EQUAL_TO
        ? best(near, k)
        : all(documents, count);
  }

  private static int[] best(TopDocs near, int k) {
    int[] documents = new int[Math.min(k, near.scoreDocs.length)];
    for (int i = 0; i < documents.length; i++) {
      documents[i] = near.scoreDocs[i].doc;
    }
    Arrays.sort(documents);
    return documents;
  }

  private static int[] all(FixedBitSet documents, int count) {
    int[] all = new int[count];
    int at = -1;
    for (int i = 0; i < count; i++) {
      at = documents.nextSetBit(at + 1);
      all[i] = at;
    }
    return all;
  }

  /** Looks for as few candidates as give the recall that is wanted. */
  static Recall measured(View view) throws IOException {
    List<Asked> all = asked(view);
    Recall recall = new Recall(1, AT, 0);
    for (int candidates = AT; !all.isEmpty() && candidates <= MOST; candidates += candidates / 5) {
      recall = new Recall(recall(view, candidates, all), candidates, all.size());
      if (recall.at10() >= WANTED) {
        break;
      }
    }
    return recall;
  }

  /** A query, and the rows that the exact search finds. */
  private static final class Asked {
    private final float[] unit;
    private final Set<Integer> exact = new HashSet<>();

    Asked(float[] unit, Nearest nearest) {
      this.unit = unit;
      for (int row : nearest.rows()) {
        exact.add(row);
      }
    }
  }

  private static List<Asked> asked(View view) throws IOException {
    ExactIndex index = view.index();
    int[] live = view.rows().live().stream().toArray();
    int queries = Math.min(QUERIES, live.length);
    List<Asked> all = new ArrayList<>();
    for (int i = 0; i < queries; i++) {
      float[] unit = beside(index, live[(int) ((long) i * live.length / queries)], view);
      all.add(new Asked(unit, index.search(unit, Math.min(AT, live.length), live(view))));
    }
    return all;
  }

  private static double recall(View view, int candidates, List<Asked> all) throws IOException {
    Wanted wanted =
        new Wanted(AT, Filter.everything(), Float.NEGATIVE_INFINITY, Wanted.Method.APPROXIMATE);
    long found = 0;
    long there = 0;
    for (Asked asked : all) {
      there += asked.exact.size();
      for (int row : search(view, asked.unit, candidates, AT, wanted).rows()) {
        found += asked.exact.contains(row) ? 1 : 0;
      }
    }
    return (double) found / there;
  }

  /** A query as others will be, beside an item as its neighbours lie beside each other: items themselves are found too easily. */
  private static float[] beside(ExactIndex index, int row, View view) throws IOException {
    float[] item = index.row(row);
    int[] near = index.search(item, AT, live(view)).rows();
    float[] from = index.row(near[near.length / 2]);
    float[] to = index.row(near[near.length - 1]);
    for (int i = 0; i < item.length; i++) {
      item[i] += to[i] - from[i];
    }
    return FiniteVector.unit(item);
  }

  private static Optional<BitSet> live(View view) {
    return Optional.of(view.rows().live());
  }
}
