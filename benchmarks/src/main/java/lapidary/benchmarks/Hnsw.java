package lapidary.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene's graph of near vectors (Malkov and Yashunin 2018) with nothing around it: single precision, M 16, efConstruction 100, which
 * are Lucene's defaults, all rows in one segment. Thread-safe.
 */
final class Hnsw implements AutoCloseable {
  private static final String FIELD = "vector";
  /** Megabytes before rows go to a segment of their own: all fit, so that one graph is built once. */
  private static final double BUFFER = 1_900;

  private final Directory directory;
  private final DirectoryReader reader;
  private final LeafReader segment;

  private Hnsw(Directory directory) throws IOException {
    this.directory = directory;
    this.reader = DirectoryReader.open(directory);
    if (reader.leaves().size() != 1) {
      throw new IllegalStateException("the graph is in " + reader.leaves().size() + " segments");
    }
    this.segment = reader.leaves().get(0).reader();
  }

  /** Builds the graph on this thread, with its files in an empty folder. */
  static Hnsw of(Path folder, float[][] rows) throws IOException {
    Directory directory = FSDirectory.open(folder);
    // Merged, if at all, in the order of adding: a row's number is its document's.
    IndexWriterConfig config = new IndexWriterConfig()
        .setRAMBufferSizeMB(BUFFER)
        .setMergePolicy(new LogDocMergePolicy())
        .setMergeScheduler(new SerialMergeScheduler());
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (float[] row : rows) {
        Document document = new Document();
        document.add(new KnnFloatVectorField(FIELD, row, VectorSimilarityFunction.DOT_PRODUCT));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    return new Hnsw(directory);
  }

  /** The first {@code k} of so many candidates, best first. */
  int[] search(float[] query, int k, int candidates) {
    try {
      ScoreDoc[] found =
          segment.searchNearestVectors(FIELD, query, candidates, null, Integer.MAX_VALUE).scoreDocs;
      return Arrays.stream(found).limit(k).mapToInt(hit -> hit.doc).toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }
}
