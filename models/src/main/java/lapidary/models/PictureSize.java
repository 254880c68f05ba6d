package lapidary.models;

/**
 * How large a picture file is once it is decoded, read from its header: what a service asks before it decodes.
 *
 * @param width in pixels, of the file as it lies, whatever its orientation
 * @param height in pixels
 */
public record PictureSize(int width, int height) {
  /**
   * Reads a header; of a WebP file the largest picture in it.
   *
   * @param source what to call the file in an error
   * @throws InvalidInputException if it is not a picture that {@link ImageInput#decode} takes, as far as the header tells
   */
  public static PictureSize of(byte[] encoded, String source) {
    return ImageDecoding.size(encoded, source);
  }

  public long pixels() {
    return (long) width * height;
  }

  @Override
  public String toString() {
    return width + "×" + height;
  }
}
