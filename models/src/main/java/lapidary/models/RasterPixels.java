package lapidary.models;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * The pixels of an image in memory as RGB bytes or BT.601 luma. Values are taken as stored: Java's grey is linear light, and
 * its own conversion would brighten grey pictures.
 */
final class RasterPixels {
  private RasterPixels() {}

  static Pixels of(BufferedImage image, int channels) {
    byte[] rgb = rgb(image);
    return pixels(rgb, image.getHeight(), image.getWidth(), channels);
  }

  /** RGB bytes as a picture of one or three channels. */
  static Pixels pixels(byte[] rgb, int height, int width, int channels) {
    return Pixels.owning(1, height, width, channels, channels == 3 ? rgb : luma(rgb));
  }

  private static byte[] rgb(BufferedImage image) {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return indexed(image.getRaster(), palette);
    }
    if (model instanceof ComponentColorModel && model.getTransferType() == DataBuffer.TYPE_BYTE) {
      return bytes(image);
    }
    if (model instanceof ComponentColorModel && model.getTransferType() == DataBuffer.TYPE_USHORT) {
      return shorts(image);
    }
    return packed(image);
  }

  /** Interleaved bytes: what nearly every photo decodes to. */
  private static byte[] bytes(BufferedImage image) {
    Raster raster = image.getRaster();
    if (!(raster.getSampleModel() instanceof PixelInterleavedSampleModel model)
        || !(raster.getDataBuffer() instanceof DataBufferByte buffer)
        || raster.getParent() != null) {
      return samples(image, 255);
    }
    int bands = model.getNumBands();
    int[] offsets = model.getBandOffsets();
    byte[] source = buffer.getData();
    int[] at = {offsets[0], offsets[bands > 2 ? 1 : 0], offsets[bands > 2 ? 2 : 0]};
    byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
    for (int y = 0, i = 0; y < image.getHeight(); y++) {
      int from = y * model.getScanlineStride();
      for (int x = 0; x < image.getWidth(); x++, from += model.getPixelStride()) {
        rgb[i++] = source[from + at[0]];
        rgb[i++] = source[from + at[1]];
        rgb[i++] = source[from + at[2]];
      }
    }
    if (image.getColorModel().hasAlpha() && !image.isAlphaPremultiplied()) {
      onBlack(rgb, image);
    }
    return rgb;
  }

  private static void onBlack(byte[] rgb, BufferedImage image) {
    Raster raster = image.getRaster();
    int[] alpha = new int[image.getWidth()];
    for (int y = 0, i = 0; y < image.getHeight(); y++) {
      raster.getSamples(0, y, alpha.length, 1, raster.getNumBands() - 1, alpha);
      for (int x = 0; x < alpha.length; x++) {
        for (int c = 0; c < 3; c++, i++) {
          rgb[i] = (byte) (((rgb[i] & 0xff) * alpha[x] + 127) / 255);
        }
      }
    }
  }

  private static byte[] shorts(BufferedImage image) {
    return samples(image, 65_535);
  }

  /** Components of any arrangement and depth. */
  private static byte[] samples(BufferedImage image, long most) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    boolean alpha = image.getColorModel().hasAlpha();
    boolean colour = bands - (alpha ? 1 : 0) >= 3;
    boolean paint = alpha && !image.isAlphaPremultiplied();
    int[] row = new int[image.getWidth() * bands];
    byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
    for (int y = 0, i = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, image.getWidth(), 1, row);
      for (int from = 0; from < row.length; from += bands) {
        long opacity = paint ? row[from + bands - 1] : most;
        for (int c = 0; c < 3; c++) {
          long value = row[from + (colour ? c : 0)] * opacity;
          rgb[i++] = (byte) ((value * 255 + most * most / 2) / (most * most));
        }
      }
    }
    return rgb;
  }

  private static byte[] indexed(Raster raster, IndexColorModel palette) {
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    int[] row = new int[raster.getWidth()];
    byte[] rgb = new byte[raster.getWidth() * raster.getHeight() * 3];
    for (int y = 0, i = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, row.length, 1, 0, row);
      for (int x = 0; x < row.length; x++, i += 3) {
        // An index beyond the palette is black, as browsers show it.
        put(row[x] < colours.length ? colours[row[x]] : 0, rgb, i);
      }
    }
    return rgb;
  }

  private static byte[] packed(BufferedImage image) {
    int[] row = new int[image.getWidth()];
    byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
    for (int y = 0, i = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int x = 0; x < row.length; x++, i += 3) {
        put(row[x], rgb, i);
      }
    }
    return rgb;
  }

  private static void put(int argb, byte[] rgb, int at) {
    int alpha = argb >>> 24;
    rgb[at] = (byte) (((argb >> 16 & 0xff) * alpha + 127) / 255);
    rgb[at + 1] = (byte) (((argb >> 8 & 0xff) * alpha + 127) / 255);
    rgb[at + 2] = (byte) (((argb & 0xff) * alpha + 127) / 255);
  }

  /** ITU-R BT.601 luma, rounded: what most image libraries call grey. Equal values stay what they are. */
  private static byte[] luma(byte[] rgb) {
    byte[] grey = new byte[rgb.length / 3];
    for (int i = 0, from = 0; i < grey.length; i++, from += 3) {
      int sum =
          299 * (rgb[from] & 0xff) + 587 * (rgb[from + 1] & 0xff) + 114 * (rgb[from + 2] & 0xff);
      grey[i] = (byte) ((sum + 500) / 1000);
    }
    return grey;
  }
}
