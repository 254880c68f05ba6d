package lapidary.trainer.data.photos;

import lapidary.models.Pixels;

/** Reads a photo at the positions a {@link Placement} names. */
final class Sampling {
  private final byte[] source;
  private final int height;
  private final int width;
  private final int channels;

  private Sampling(Pixels photo) {
    source = photo.bytes();
    height = photo.height();
    width = photo.width();
    channels = photo.channels();
  }

  static Pixels of(Pixels photo, Placement placement) {
    return new Sampling(photo).sampled(placement);
  }

  /** Left and right swapped. */
  static Pixels flipped(Pixels photo) {
    Sampling from = new Sampling(photo);
    byte[] bytes = new byte[from.source.length];
    int stride = from.width * from.channels;
    for (int row = 0; row < bytes.length; row += stride) {
      for (int x = 0; x < stride; x += from.channels) {
        System.arraycopy(
            from.source, row + x, bytes, row + stride - from.channels - x, from.channels);
      }
    }
    return from.pixels(bytes);
  }

  private Pixels sampled(Placement placement) {
    byte[] bytes = new byte[source.length];
    double sign = placement.flip() ? -1 : 1;
    for (int y = 0, at = 0; y < height; y++) {
      double v = y + 0.5 - height / 2.0;
      for (int x = 0; x < width; x++, at += channels) {
        double u = sign * (x + 0.5 - width / 2.0);
        double w = 1 + placement.g() * u + placement.h() * v;
        double column = at(placement.across(), u, v) / w + width / 2.0 - 0.5;
        double row = at(placement.down(), u, v) / w + height / 2.0 - 0.5;
        blend(row, column, bytes, at);
      }
    }
    return pixels(bytes);
  }

  private static double at(Placement.Line line, double u, double v) {
    return line.x() * u + line.y() * v + line.shift();
  }

  /** The four pixels around a position, weighted by nearness, in 1/256 of a pixel. */
  private void blend(double row, double column, byte[] target, int at) {
    int top = (int) Math.floor(row);
    int left = (int) Math.floor(column);
    int down = (int) ((row - top) * 256 + 0.5);
    int right = (int) ((column - left) * 256 + 0.5);
    int upper = mirrored(top, height) * width;
    int lower = mirrored(top + 1, height) * width;
    int west = mirrored(left, width);
    int east = mirrored(left + 1, width);
    for (int c = 0; c < channels; c++) {
      int above = value(upper + west, c) * (256 - right) + value(upper + east, c) * right;
      int below = value(lower + west, c) * (256 - right) + value(lower + east, c) * right;
      target[at + c] = (byte) ((above * (256 - down) + below * down + (1 << 15)) >> 16);
    }
  }

  private int value(int pixel, int channel) {
    return source[pixel * channels + channel] & 0xff;
  }

  /** Beyond an edge the same pixels come back, the outermost first. */
  private static int mirrored(int index, int length) {
    if (index >= 0 && index < length) {
      return index;
    }
    int place = Math.floorMod(index, 2 * length);
    return place < length ? place : 2 * length - 1 - place;
  }

  private Pixels pixels(byte[] bytes) {
    return Pixels.of(1, height, width, channels, bytes);
  }
}
