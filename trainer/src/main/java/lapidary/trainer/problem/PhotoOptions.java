package lapidary.trainer.problem;

import java.nio.file.Path;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.trainer.data.photos.Augmentation;
import lapidary.trainer.data.photos.LoaderOptions;
import lapidary.trainer.examples.MixUp;

/**
 * How a network learns from photos.
 *
 * @param size height and width the photos are brought to, in pixels, at least 32
 * @param augmentation what is changed at random in the photos that are learned from
 * @param pretrained the file of published weights to start from; empty for fresh weights
 * @param loading threads, memory, and what happens to damaged photos
 * @param mixUp how photos of a batch are blended while learning; empty for not at all
 */
public record PhotoOptions(
    int size,
    Augmentation augmentation,
    Optional<Path> pretrained,
    LoaderOptions loading,
    Optional<MixUp> mixUp) {
  /** Photos of 224 × 224, flipped at random, fresh weights, damaged photos skipped. */
  public static final PhotoOptions DEFAULT =
      new PhotoOptions(224, Augmentation.FLIP, Optional.empty(), LoaderOptions.standard());

  private static final int LEAST = 32;

  /** Photos that are not blended. */
  public PhotoOptions(
      int size, Augmentation augmentation, Optional<Path> pretrained, LoaderOptions loading) {
    this(size, augmentation, pretrained, loading, Optional.empty());
  }

  /** Refuses photos that are gone before the last layer. */
  public PhotoOptions {
    if (size < LEAST) {
      throw new InvalidInputException("photos of " + size + "×" + size
          + " pixels; the network halves them five times, give " + LEAST + " or more");
    }
  }

  /** The same in another size. */
  public PhotoOptions withSize(int changed) {
    return new PhotoOptions(changed, augmentation, pretrained, loading, mixUp);
  }

  /** The same from published weights. */
  public PhotoOptions withPretrained(Path file) {
    return new PhotoOptions(size, augmentation, Optional.of(file), loading, mixUp);
  }

  /** The same with blended photos. */
  public PhotoOptions withMixUp(MixUp changed) {
    return new PhotoOptions(size, augmentation, pretrained, loading, Optional.of(changed));
  }
}
