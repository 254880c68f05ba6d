package lapidary.exporter;

import java.nio.file.Path;
import java.util.List;

/**
 * What was baked.
 *
 * @param file the ONNX file
 * @param sha256 of the file's bytes, 64 hexadecimal digits
 * @param bytes the file's size
 * @param nodes operations in the graph
 * @param components the width of the embedding
 * @param worstDifference max |a − b| between ONNX Runtime's embeddings and the library's
 * @param batches the batch sizes compared
 */
public record BakeReport(
    Path file,
    String sha256,
    long bytes,
    int nodes,
    int components,
    double worstDifference,
    List<Integer> batches) {
  /** Copies the list. */
  public BakeReport {
    batches = List.copyOf(batches);
  }
}
