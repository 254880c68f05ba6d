package lapidary.search.store.lucene;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;

/** Lucene's codec with our vectors; segments are read back by its own and by theirs. */
final class StoreCodec extends Lucene912Codec {
  private final KnnVectorsFormat vectors;

  /**
   * A codec.
   *
   * @param graph whether segments get a graph
   */
  StoreCodec(boolean graph) {
    this.vectors = graph ? new GraphVectors() : new FlatVectors();
  }

  @Override
  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
    return vectors;
  }
}
