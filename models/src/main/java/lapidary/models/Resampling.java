package lapidary.models;

import java.util.Arrays;

/**
 * Separable resampling of bytes by a triangle filter over the support: bilinear when enlarging, antialiased when shrinking, as
 * Pillow and torchvision define it. Rows and columns are passed one after the other in fixed point with 22 fractional
 * bits, each pass rounded to bytes, and only what the answer needs is computed. Stateless.
 */
final class Resampling {
  /** Values of a picture on its way to another size: three for each pixel of the largest picture that is decoded. */
  static final long MAX_VALUES = 3 * ImageDecoding.MAX_PIXELS;

  private static final int BITS = 22;
  private static final int HALF = 1 << (BITS - 1);

  private Resampling() {}

  /**
   * One direction: {@code length} source positions from {@code start} become {@code to} positions, of which {@code count} from
   * {@code from} are computed.
   *
   * @param start in source pixels, 0 is the first pixel's outer edge
   * @param length in source pixels, positive
   * @param to positions that {@code length} becomes
   * @param from first position computed
   * @param count positions computed
   */
  record Axis(double start, double length, int to, int from, int count) {
    /** The whole of a side. */
    static Axis whole(int length, int to, int from, int count) {
      return new Axis(0, length, to, from, count);
    }

    /** Source positions that are looked at, at most. */
    double reach() {
      return (count + 2) * Math.max(1, scale()) + 2;
    }

    /** Weights of all positions together. */
    double weights() {
      return (double) count * (Math.ceil(Math.max(1, scale())) * 2 + 1);
    }

    double scale() {
      return length / to;
    }

    boolean isIdentity(int source) {
      return start == 0 && length == source && to == source && from == 0 && count == source;
    }
  }

  /**
   * One picture, resampled in both directions.
   *
   * @throws InvalidInputException if that takes more than {@link #MAX_VALUES} values
   */
  static Pixels resize(Pixels picture, Axis rows, Axis columns) {
    if (rows.isIdentity(picture.height()) && columns.isIdentity(picture.width())) {
      return picture;
    }
    requireBounded(picture, rows, columns);
    Weights vertical = Weights.of(rows, picture.height());
    Weights horizontal = Weights.of(columns, picture.width());
    int first = vertical.first[0];
    int channels = picture.channels();
    byte[] narrowed = across(picture, first, vertical.end() - first, horizontal);
    byte[] result = down(narrowed, first, columns.count() * channels, vertical);
    return Pixels.owning(1, rows.count(), columns.count(), channels, result);
  }

  /** Before memory is taken: for the weights of each direction, for the rows made narrower, and for the answer. */
  private static void requireBounded(Pixels picture, Axis rows, Axis columns) {
    int channels = picture.channels();
    double narrowed = Math.min(picture.height(), rows.reach()) * columns.count() * channels;
    double answer = (double) rows.count() * columns.count() * channels;
    double most = Math.max(Math.max(rows.weights(), columns.weights()), Math.max(narrowed, answer));
    if (most > MAX_VALUES) {
      throw new InvalidInputException("a picture of " + picture.height() + "×" + picture.width()
          + " takes " + (long) most + " values on its way to " + rows.count() + "×"
          + columns.count() + ", more than " + MAX_VALUES
          + "; make it smaller or cut a part out first");
    }
  }

  private static byte[] across(Pixels picture, int top, int rows, Weights weights) {
    int channels = picture.channels();
    int stride = picture.width() * channels;
    byte[] target = new byte[rows * weights.first.length * channels];
    for (int y = 0, at = 0; y < rows; y++, at += weights.first.length * channels) {
      int row = (top + y) * stride;
      if (channels == 3) {
        colourRow(picture.raw(), row, weights, target, at);
      } else {
        greyRow(picture.raw(), row, weights, target, at);
      }
    }
    return target;
  }

  private static void colourRow(byte[] source, int row, Weights weights, byte[] target, int start) {
    int at = start;
    for (int x = 0; x < weights.first.length; x++) {
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      int from = row + 3 * weights.first[x];
      for (int tap = x * weights.taps, end = tap + weights.count[x]; tap < end; tap++, from += 3) {
        int weight = weights.fixed[tap];
        red += weight * (source[from] & 0xff);
        green += weight * (source[from + 1] & 0xff);
        blue += weight * (source[from + 2] & 0xff);
      }
      target[at++] = (byte) (red >> BITS);
      target[at++] = (byte) (green >> BITS);
      target[at++] = (byte) (blue >> BITS);
    }
  }

  private static void greyRow(byte[] source, int row, Weights weights, byte[] target, int start) {
    for (int x = 0; x < weights.first.length; x++) {
      int sum = HALF;
      int from = row + weights.first[x];
      for (int i = 0; i < weights.count[x]; i++) {
        sum += weights.fixed[x * weights.taps + i] * (source[from + i] & 0xff);
      }
      target[start + x] = (byte) (sum >> BITS);
    }
  }

  private static byte[] down(byte[] source, int top, int stride, Weights weights) {
    byte[] target = new byte[weights.first.length * stride];
    int[] sums = new int[stride];
    for (int y = 0; y < weights.first.length; y++) {
      Arrays.fill(sums, HALF);
      for (int i = 0; i < weights.count[y]; i++) {
        add(
            source,
            (weights.first[y] - top + i) * stride,
            weights.fixed[y * weights.taps + i],
            sums);
      }
      for (int x = 0; x < stride; x++) {
        target[y * stride + x] = (byte) (sums[x] >> BITS);
      }
    }
    return target;
  }

  private static void add(byte[] source, int from, int weight, int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += weight * (source[from + x] & 0xff);
    }
  }

  /** For each position its first source position, how many follow, and their weights, which sum to 1. */
  private static final class Weights {
    final int taps;
    final int[] first;
    final int[] count;
    final int[] fixed;

    private Weights(int positions, int taps) {
      this.taps = taps;
      first = new int[positions];
      count = new int[positions];
      fixed = new int[positions * taps];
    }

    static Weights of(Axis axis, int source) {
      double scale = axis.scale();
      double support = Math.max(1, scale);
      Weights weights = new Weights(axis.count(), (int) Math.ceil(support) * 2 + 1);
      for (int i = 0; i < axis.count(); i++) {
        weights.fill(i, axis.start() + (axis.from() + i + 0.5) * scale, support, source);
      }
      return weights;
    }

    /** The source position after the last that is needed. Positions only ever move forward. */
    int end() {
      return first[first.length - 1] + count[count.length - 1];
    }

    private void fill(int position, double centre, double support, int source) {
      int from = Math.max(0, (int) (centre - support + 0.5));
      int end = Math.min(source, (int) (centre + support + 0.5));
      double[] triangle = new double[end - from];
      double sum = 0;
      for (int i = 0; i < triangle.length; i++) {
        triangle[i] = Math.max(0, 1 - Math.abs((from + i + 0.5 - centre) / support));
        sum += triangle[i];
      }
      first[position] = from;
      count[position] = triangle.length;
      int rest = 1 << BITS;
      for (int i = 0; i < triangle.length; i++) {
        fixed[position * taps + i] = (int) (triangle[i] / sum * (1 << BITS) + 0.5);
        rest -= fixed[position * taps + i];
      }
      // Exactly 1 in sum, so that white stays white however many weights were rounded.
      fixed[position * taps + triangle.length / 2] += rest;
    }
  }
}
