package lapidary.models;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
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
    /** Values of the largest image: those of the largest array of bytes. */
    private static final long MAX_VALUES = Integer.MAX_VALUE - 8L;

    /** Refuses sizes below 1, channel counts other than 1 and 3, and images that no array holds. */
    public Size {
      if (height < 1 || width < 1 || (channels != 1 && channels != 3)) {
        throw new InvalidInputException("image size " + height + "×" + width + "×" + channels
            + "; sides are positive and channels 1 or 3");
      }
      if ((long) height * width > MAX_VALUES / channels) {
        throw new InvalidInputException(
            "image size " + height + "×" + width + "×" + channels + " has more values than the "
                + MAX_VALUES + " that one array holds; give a smaller one");
      }
    }

    /** Values of one image. */
    public int values() {
      return height * width * channels;
    }
  }

  /** How an image of another size is brought to the network's size. Written into the metadata as text. */
  public sealed interface ResizeRule permits Stretch, CentreCrop {
    /** Both sides to the wanted length, bilinear with antialiasing, the aspect ratio not kept. Text: {@code STRETCH}. */
    ResizeRule STRETCH = new Stretch();

    /**
     * The image is scaled, its aspect ratio kept, until it just covers {@code ratio} times the wanted size, bilinear with
     * antialiasing, and the centre is cut out. For a square size: the short side becomes round(ratio × size). Text: {@code
     * CROP 1.14}.
     *
     * @param ratio 1 to 10
     */
    static ResizeRule crop(double ratio) {
      return new CentreCrop(ratio);
    }

    /** Reads the metadata's text. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ResizeRule of(String text) {
      return text.equals(STRETCH.text()) ? STRETCH : CentreCrop.parse(text);
    }

    /** The metadata's text. */
    @JsonValue
    String text();

    /** The shortest side of a picture that loses nothing by this rule. */
    int enough(Size size);

    /** One picture in the wanted size. */
    Pixels apply(Pixels picture, Size size);
  }

  /** The order in which the network takes the values. */
  public enum Layout {
    /** [N, H·W·C]. */
    FLAT,
    /** [N, C, H, W]. */
    NCHW
  }

  /** What the published ImageNet networks were trained with. */
  private static final Normalization IMAGENET =
      new Normalization(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));

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
   * RGB photos as the ImageNet networks take them: the short side to 1.14 × {@code size}, the centre cropped, ImageNet's mean
   * and deviation, [N, 3, size, size].
   */
  public static ImageInput resnet(int size) {
    return new ImageInput(
        PIXELS, new Size(size, size, 3), ResizeRule.crop(1.14), IMAGENET, Layout.NCHW);
  }

  /** The same input in another size, for networks whose height and width are open. */
  public ImageInput withSize(int height, int width) {
    return new ImageInput(
        name, new Size(height, width, size.channels()), resize, normalization, layout);
  }

  /** The same input with another resize rule. */
  public ImageInput withResize(ResizeRule rule) {
    return new ImageInput(name, size, rule, normalization, layout);
  }

  /**
   * Decodes one PNG, JPEG, GIF, BMP or WebP image, as {@link Pixels#decode} does, and brings it to this size.
   *
   * @param encoded the file's bytes
   * @param source what to call the image in an error, such as its path
   * @return a batch of one image
   * @throws InvalidInputException if the bytes are not an image, a damaged or a too large one
   */
  public Pixels decode(byte[] encoded, String source) {
    Pixels picture = Pixels.decode(encoded, source, size.channels(), resize.enough(size));
    try {
      return fit(picture);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(source + ": " + e.getMessage(), e);
    }
  }

  /**
   * Brings one picture, such as {@link Pixels#decode} gives it, to this size by the resize rule.
   *
   * @throws InvalidInputException if the picture has other channels, or takes more than 300 million values on its way
   */
  public Pixels fit(Pixels picture) {
    if (picture.channels() != size.channels()) {
      throw new InvalidInputException("a picture of " + picture.channels()
          + " channels does not fit input " + name + " of " + size.channels());
    }
    return resize.apply(picture, size);
  }

  /**
   * The network's input for a batch: scaled, normalised and laid out, [N, values].
   *
   * @throws InvalidInputException if the images have another size
   */
  public float[] toNetwork(Pixels pixels) {
    requireSize(pixels);
    float[] result = new float[Math.multiplyExact(pixels.count(), size.values())];
    byte[] bytes = pixels.raw();
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
