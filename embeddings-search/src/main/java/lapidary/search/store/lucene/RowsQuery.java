package lapidary.search.store.lucene;

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
  private final Accepted accepted;

  RowsQuery(Accepted accepted) {
    this.accepted = accepted;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      @Override
      public Scorer scorer(LeafReaderContext leaf) {
        FixedBitSet documents = accepted.documents(leaf);
        BitSetIterator found = new BitSetIterator(documents, documents.cardinality());
        return new ConstantScoreScorer(this, score(), mode, found);
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return false;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return accepted.rows().cardinality() + " rows";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowsQuery query && query.accepted.rows().equals(accepted.rows());
  }

  @Override
  public int hashCode() {
    return accepted.rows().hashCode();
  }
}
