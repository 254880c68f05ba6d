package lapidary.search.store.lucene;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.hnsw.FlatVectorsReader;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.RandomVectorScorer;

/** Searches vectors without a graph one by one: Lucene's own reader would find none of them. Thread-safe. */
final class FlatVectorsSearch extends KnnVectorsReader {
  private final FlatVectorsReader vectors;

  FlatVectorsSearch(FlatVectorsReader vectors) {
    this.vectors = vectors;
  }

  @Override
  public void search(String field, float[] target, KnnCollector found, Bits accepted)
      throws IOException {
    collect(vectors.getRandomVectorScorer(field, target), found, accepted);
  }

  @Override
  public void search(String field, byte[] target, KnnCollector found, Bits accepted)
      throws IOException {
    collect(vectors.getRandomVectorScorer(field, target), found, accepted);
  }

  private static void collect(RandomVectorScorer scorer, KnnCollector found, Bits accepted)
      throws IOException {
    Bits documents = scorer.getAcceptOrds(accepted);
    for (int i = 0; i < scorer.maxOrd() && !found.earlyTerminated(); i++) {
      if (documents == null || documents.get(i)) {
        found.incVisitedCount(1);
        found.collect(scorer.ordToDoc(i), scorer.score(i));
      }
    }
  }

  @Override
  public FloatVectorValues getFloatVectorValues(String field) throws IOException {
    return vectors.getFloatVectorValues(field);
  }

  @Override
  public ByteVectorValues getByteVectorValues(String field) throws IOException {
    return vectors.getByteVectorValues(field);
  }

  @Override
  public KnnVectorsReader getMergeInstance() {
    return vectors.getMergeInstance();
  }

  @Override
  public void checkIntegrity() throws IOException {
    vectors.checkIntegrity();
  }

  @Override
  public long ramBytesUsed() {
    return vectors.ramBytesUsed();
  }

  @Override
  public void close() throws IOException {
    vectors.close();
  }
}
