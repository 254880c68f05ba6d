package lapidary.models;

import java.awt.image.Raster;

/** JPEG's four-component colour spaces, which the platform's reader hands out as they are stored. */
final class JpegColours {
  private JpegColours() {}

  /**
   * CMYK or YCCK as Adobe writes them: 255 is without ink. Each colour is what its ink and black let through, without a profile.
   */
  static Pixels cmyk(Raster raster, JpegHeader header, int channels) {
    boolean ycck = header.adobe().filter(transform -> transform == 2).isPresent();
    int[] row = new int[raster.getWidth() * 4];
    byte[] rgb = new byte[raster.getWidth() * raster.getHeight() * 3];
    for (int y = 0, i = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int from = 0; from < row.length; from += 4, i += 3) {
        put(row, from, ycck, rgb, i);
      }
    }
    return RasterPixels.pixels(rgb, raster.getHeight(), raster.getWidth(), channels);
  }

  private static void put(int[] row, int from, boolean ycck, byte[] rgb, int at) {
    if (ycck) {
      toRgb(row[from], row[from + 1], row[from + 2], rgb, at);
    }
    for (int c = 0; c < 3; c++) {
      int light = ycck ? 255 - (rgb[at + c] & 0xff) : row[from + c];
      rgb[at + c] = (byte) ((light * row[from + 3] + 127) / 255);
    }
  }

  /** JFIF's YCbCr → RGB. */
  private static void toRgb(int y, int cb, int cr, byte[] rgb, int at) {
    rgb[at] = clamped(y + 1.402 * (cr - 128));
    rgb[at + 1] = clamped(y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128));
    rgb[at + 2] = clamped(y + 1.772 * (cb - 128));
  }

  private static byte clamped(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }
}
