package lapidary.search.store.lucene;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;
import org.apache.lucene.codecs.hnsw.FlatVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99FlatVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/** Lucene's vectors without a graph, as wide as they may come. Found by name when a segment is read; stateless. */
public final class FlatVectors extends KnnVectorsFormat {
  /** The widest vector: wider ones do not come out of a model. */
  static final int MAX_DIMENSIONS = 1 << 16;

  private final FlatVectorsFormat format =
      new Lucene99FlatVectorsFormat(FlatVectorScorerUtil.getLucene99FlatVectorsScorer());

  /** For Lucene. */
  public FlatVectors() {
    super("LapidaryFlat");
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    return format.fieldsWriter(state);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return new FlatVectorsSearch(format.fieldsReader(state));
  }

  @Override
  public int getMaxDimensions(String field) {
    return MAX_DIMENSIONS;
  }
}
