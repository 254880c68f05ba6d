package lapidary.models;

/**
 * Scaled until it covers {@code ratio} times the wanted size, then the centre cut out; the numbers are rounded as torchvision's
 * Resize and CenterCrop round them.
 *
 * @param ratio 1 to 10
 */
record CentreCrop(double ratio) implements ImageInput.ResizeRule {
  private static final String NAME = "CROP ";

  CentreCrop {
    if (!(ratio >= 1 && ratio <= 10)) {
      throw new InvalidInputException(
          "a crop out of " + ratio + " times the size; give a ratio from 1 to 10");
    }
  }

  static CentreCrop parse(String text) {
    try {
      if (text.startsWith(NAME)) {
        return new CentreCrop(Double.parseDouble(text.substring(NAME.length())));
      }
    } catch (NumberFormatException e) {
      // Falls through to the sentence.
    }
    throw new InvalidInputException(
        "resize rule \"" + text + "\"; known are STRETCH and CROP with a ratio, such as CROP 1.14");
  }

  @Override
  public String text() {
    return NAME + ratio;
  }

  @Override
  public int enough(ImageInput.Size size) {
    return Math.max(covering(size.height()), covering(size.width()));
  }

  @Override
  public Pixels apply(Pixels picture, ImageInput.Size size) {
    int height = picture.height();
    int width = picture.width();
    int wantedHeight = covering(size.height());
    int wantedWidth = covering(size.width());
    boolean byHeight = (long) wantedHeight * width >= (long) wantedWidth * height;
    int scaledHeight = byHeight ? wantedHeight : scaled(height, wantedWidth, width);
    int scaledWidth = byHeight ? scaled(width, wantedHeight, height) : wantedWidth;
    return Resampling.resize(
        picture,
        centre(height, Math.max(scaledHeight, size.height()), size.height()),
        centre(width, Math.max(scaledWidth, size.width()), size.width()));
  }

  private int covering(int side) {
    return Math.toIntExact(Math.round(ratio * side));
  }

  private static int scaled(int side, int wantedOther, int other) {
    return (int) Math.min(Integer.MAX_VALUE, (long) side * wantedOther / other);
  }

  private static Resampling.Axis centre(int source, int scaled, int count) {
    // Halves to the even number, as torchvision has it.
    return Resampling.Axis.whole(source, scaled, (int) Math.rint((scaled - count) / 2.0), count);
  }
}
