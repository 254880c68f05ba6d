package lapidary.trainer.problem;

import java.util.ArrayList;
import java.util.List;
import lapidary.models.Normalization;
import lapidary.models.Pixels;

/** Mean and deviation of training pixels, for {@link Normalization}. */
final class PixelStatistics {
  private PixelStatistics() {}

  /** Per channel over all images, in units of p / 255; exact sums of integers. */
  static Normalization of(Pixels pixels) {
    int channels = pixels.channels();
    byte[] bytes = pixels.bytes();
    long[] sums = new long[channels];
    long[] squares = new long[channels];
    for (int c = 0; c < channels; c++) {
      for (int i = c; i < bytes.length; i += channels) {
        int value = bytes[i] & 0xff;
        sums[c] += value;
        squares[c] += (long) value * value;
      }
    }
    return normalization(sums, squares, bytes.length / channels);
  }

  private static Normalization normalization(long[] sums, long[] squares, int count) {
    List<Float> means = new ArrayList<>();
    List<Float> deviations = new ArrayList<>();
    for (int c = 0; c < sums.length; c++) {
      double mean = (double) sums[c] / count;
      double deviation = Math.sqrt((double) squares[c] / count - mean * mean);
      means.add((float) (mean / 255));
      // Images of one colour have no deviation; 1 leaves them as they are.
      deviations.add(deviation > 0 ? (float) (deviation / 255) : 1f);
    }
    return new Normalization(means, deviations);
  }
}
