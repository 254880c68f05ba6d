package lapidary.search;

import java.util.Optional;
import lapidary.search.pca.Pca;
import lapidary.search.store.Recall;

/**
 * A collection at one moment. Immutable, thread-safe.
 *
 * @param name the collection's name
 * @param count items in it
 * @param model where its vectors come from
 * @param size what its vectors take
 * @param reduction how they are reduced, if they are
 * @param recall what the usual search finds of the nearest, if it is not the exact one
 */
public record CollectionInfo(
    String name,
    int count,
    IndexedModel model,
    Size size,
    Optional<Reduction> reduction,
    Optional<Recall> recall) {
  /**
   * What vectors take. Items' texts are not counted.
   *
   * @param dimensions values of a stored vector
   * @param bytes bytes of all stored vectors, 4 a value
   * @param rawBytes bytes that the vectors would take unreduced
   */
  public record Size(int dimensions, long bytes, long rawBytes) {}

  /**
   * How vectors are reduced.
   *
   * @param components principal components kept
   * @param centred whether the mean is subtracted
   * @param whitened whether every component is scaled to variance 1
   * @param explainedVariance the share of the total variance that is kept, 0..1
   */
  public record Reduction(
      int components, boolean centred, boolean whitened, double explainedVariance) {
    static Reduction of(Pca pca) {
      double explained = java.util.Arrays.stream(pca.explainedVarianceRatio()).sum();
      return new Reduction(pca.components(), pca.centred(), pca.whitened(), Math.min(1, explained));
    }
  }

  static CollectionInfo of(CollectionSpec spec, int count, Optional<Recall> recall) {
    long values = count * 1L * Float.BYTES;
    return new CollectionInfo(
        spec.name(),
        count,
        spec.model(),
        new Size(
            spec.dimensions(), values * spec.dimensions(), values * spec.model().width()),
        spec.pca().map(Reduction::of),
        recall);
  }
}
