package lapidary.models;

/** Both sides to the wanted length. */
record Stretch() implements ImageInput.ResizeRule {
  @Override
  public String text() {
    return "STRETCH";
  }

  @Override
  public int enough(ImageInput.Size size) {
    return Math.max(size.height(), size.width());
  }

  @Override
  public Pixels apply(Pixels picture, ImageInput.Size size) {
    return Resampling.resize(
        picture,
        Resampling.Axis.whole(picture.height(), size.height(), 0, size.height()),
        Resampling.Axis.whole(picture.width(), size.width(), 0, size.width()));
  }
}
