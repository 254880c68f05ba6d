package lapidary.models;

import java.util.List;

/**
 * Images as {@code uint8 [N, H, W, C]}, with everything that happens to them between a file and the network: decoding and
 * resizing in {@link #decode}, scaling and layout in the ONNX graph. Training runs the same rules through
 * {@link #toNetwork}, so that serving cannot drift from it. Immutable, thread-safe.
 *
 * @param name the tensor's name in the ONNX file
 * @param size height, width and channels the network was trained on
 * @param resize how an image of another size is brought to {@code size}
 * @param normalization scaling of pixel values
 * @param layout the order in which the network takes the values
 */
public record ImageInput(
    String name, Size size, ResizeRule resize, Normalization normalization, Layout layout)
    implements Input {
  /**
   * An image's size.
   *
   * @param height rows
   * @param width columns
   * @param channels 1 for grey, 3 for RGB
   */
  public record Size(int height, int width, int channels) {
    /** Refuses sizes below 1 and channel counts other than 1 and 3. */
    public Size {
      if (height < 1 || width < 1 || (channels != 1 && channels != 3)) {
        throw new InvalidInputException("image size " + height + "×" + width + "×" + channels
            + "; sides are positive and channels 1 or 3");
      }
    }

    /** Values of one image. */
    public int values() {
      return Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }
  }

  /** How an image of another size is brought to the network's size. */
  public enum ResizeRule {
    /** Both sides to the wanted length, bilinear, the aspect ratio not kept. */
    STRETCH
  }

  /** The order in which the network takes the values. */
  public enum Layout {
    /** [N, H·W·C]. */
    FLAT,
    /** [N, C, H, W]. */
    NCHW
  }

  /** The documented name of an image input. */
  public static final String PIXELS = "pixels";

  /** Refuses a normalisation for another number of channels. */
  public ImageInput {
    if (normalization.channels() != size.channels()) {
      throw new InvalidInputException("normalisation has " + normalization.channels()
          + " channels, the image " + size.channels() + "; give one value a channel");
    }
  }

  /** Grey images as they are, scaled to 0..1 and normalised, flat. */
  public static ImageInput flatGrey(int height, int width, Normalization normalization) {
    return new ImageInput(
        PIXELS, new Size(height, width, 1), ResizeRule.STRETCH, normalization, Layout.FLAT);
  }

  /**
   * Decodes one PNG, JPEG, GIF or BMP image and brings it to this size and number of channels.
   *
   * @param encoded the file's bytes
   * @param source what to call the image in an error, such as its path
   * @return a batch of one image
   * @throws InvalidInputException if the bytes are no image
   */
  public Pixels decode(byte[] encoded, String source) {
    return ImageDecoding.decode(encoded, source, this);
  }

  /**
   * The network's input for a batch: scaled, normalised and laid out, [N, values].
   *
   * @throws InvalidInputException if the images have another size
   */
  public float[] toNetwork(Pixels pixels) {
    requireSize(pixels);
    float[] result = new float[Math.multiplyExact(pixels.count(), size.values())];
    byte[] bytes = pixels.bytes();
    int channels = size.channels();
    int plane = size.height() * size.width();
    for (int i = 0; i < result.length; i++) {
      int channel = i % channels;
      float value =
          (bytes[i] & 0xff) * normalization.factor(channel) + normalization.offset(channel);
      result[layout == Layout.FLAT ? i : planar(i, channels, plane)] = value;
    }
    return result;
  }

  /** The network's input shape after the batch. */
  public List<Long> networkShape() {
    return layout == Layout.FLAT
        ? List.of((long) size.values())
        : List.of((long) size.channels(), (long) size.height(), (long) size.width());
  }

  private static int planar(int index, int channels, int plane) {
    int pixel = index / channels;
    return (pixel / plane * channels + index % channels) * plane + pixel % plane;
  }

  private void requireSize(Pixels pixels) {
    if (pixels.height() != size.height()
        || pixels.width() != size.width()
        || pixels.channels() != size.channels()) {
      throw new InvalidInputException("images of " + pixels.height() + "×" + pixels.width() + "×"
          + pixels.channels() + " do not fit input " + name + " of " + size.height() + "×"
          + size.width() + "×" + size.channels());
    }
  }
}
