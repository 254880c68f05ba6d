package lapidary.exporter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lapidary.models.AtomicFile;
import lapidary.models.EmbeddingOrigin;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.Projection;

/**
 * Adds an output {@code embedding} to an ONNX file that Lapidary exported: another output, taken flat, less a mean, times a matrix,
 * scaled to length 1, [N, components] float32. Any program with ONNX Runtime then turns an image into a search vector.
 *
 * <p>A projection fits one width. Where the width of the output follows from an open height and width of the image, the baked file
 * takes the described size only. Stateless, thread-safe.
 */
public final class EmbeddingBake {
  /** The largest difference from the library's embeddings that is published. */
  public static final double TOLERANCE = 1e-5;

  private EmbeddingBake() {}

  /**
   * Writes a copy of a file with the embedding and publishes it if ONNX Runtime gives the expected embeddings, at batch 1, 3
   * and 8, or at the fixed batch. The same file, projection and origin give the same bytes.
   *
   * @param base a file that Lapidary exported and that takes images
   * @param target the new file, replaced if it is there
   * @param origin goes into the metadata; names the output that is projected
   * @param rows images and the embeddings that they must have
   * @throws InvalidInputException if the projection does not fit the output, the file has an embedding already, or the target cannot
   *     be written
   * @throws ParityException if the embeddings differ by more than {@value #TOLERANCE}; nothing is published
   */
  public static BakeReport bake(
      Path base, Path target, Projection projection, EmbeddingOrigin origin, BakeRows rows) {
    BakedPublication publication = new BakedPublication(base, projection, origin, rows, TOLERANCE);
    CarriedWeights weights = new CarriedWeights(base, target);
    publish(target, publication, weights);
    try {
      return new BakeReport(
          target,
          publication.sha256(),
          Files.size(target),
          publication.nodes(),
          projection.components(),
          publication.worst(),
          publication.batches());
    } catch (IOException e) {
      throw FileFailure.reading(target.toString(), e, "export again");
    }
  }

  private static void publish(Path target, BakedPublication publication, CarriedWeights weights) {
    boolean published = false;
    try {
      weights.bring();
      AtomicFile.publish(target, publication);
      published = true;
    } finally {
      if (!published) {
        weights.discard();
      }
    }
  }
}
