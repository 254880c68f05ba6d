package lapidary.search.store.lucene;

import java.util.BitSet;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;

/** Some rows of a view, as Lucene understands it. Immutable. */
final class RowsQuery extends Query {
  private final Rows rows;
  private final BitSet accepted;

  /** Takes over the accepted rows. */
  RowsQuery(Rows rows, BitSet accepted) {
    this.rows = rows;
    this.accepted = accepted;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      @Override
      public Scorer scorer(LeafReaderContext leaf) {
        FixedBitSet documents = documents(leaf);
        BitSetIterator found = new BitSetIterator(documents, documents.cardinality());
        return new ConstantScoreScorer(this, score(), mode, found);
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return false;
      }
    };
  }

  private FixedBitSet documents(LeafReaderContext leaf) {
    int[] ofLeaf = rows.of(leaf);
    FixedBitSet documents = new FixedBitSet(leaf.reader().maxDoc());
    for (int i = 0; i < ofLeaf.length; i++) {
      if (ofLeaf[i] >= 0 && accepted.get(ofLeaf[i])) {
        documents.set(i);
      }
    }
    return documents;
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return accepted.cardinality() + " rows";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowsQuery query && query.accepted.equals(accepted);
  }

  @Override
  public int hashCode() {
    return accepted.hashCode();
  }
}
