package lapidary.exporter;

import lapidary.models.Pixels;

/** Rows on which the exported file and the trainer are compared. Immutable, thread-safe. */
public sealed interface ParityRows permits RowSource {
  /** Real images of the size the model takes, used in turn and again from the start if there are too few; for image inputs. */
  static ParityRows validation(Pixels pixels) {
    return new ValidationRows(pixels);
  }

  /**
   * Rows drawn from a seed: pixels uniform in 0..255, real numbers normal with deviation 1, whole numbers 0 or 1, which every
   * vocabulary has.
   */
  static ParityRows random(long seed) {
    return new RandomRows(seed);
  }
}
