package lapidary.trainer.data.photos;

import java.util.SplittableRandom;
import lapidary.models.ImageInput;
import lapidary.models.Pixels;

/**
 * A random part of a photo, at least {@code least} of its area, its sides' ratio within 3:4 and 4:3 of the wanted one (Szegedy et
 * al. 2015).
 *
 * @param least part of the area, above 0
 */
record AreaCrop(double least) {
  private static final double RATIO = Math.log(4.0 / 3);
  private static final int TRIES = 10;

  /** The shortest side of a photo of which the smallest part still has {@code side} pixels. */
  int enough(int side) {
    return (int) Math.ceil(side / Math.sqrt(least));
  }

  Pixels cut(Pixels photo, ImageInput.Size size, SplittableRandom random) {
    return photo.resized(part(photo, size, random), size.height(), size.width());
  }

  private Pixels.Box part(Pixels photo, ImageInput.Size size, SplittableRandom random) {
    double area = (double) photo.height() * photo.width();
    double wanted = (double) size.width() / size.height();
    for (int i = 0; i < TRIES; i++) {
      double part = area * (least + (1 - least) * random.nextDouble());
      double ratio = wanted * Math.exp(RATIO * (2 * random.nextDouble() - 1));
      double width = Math.rint(Math.sqrt(part * ratio));
      double height = Math.rint(Math.sqrt(part / ratio));
      if (width >= 1 && height >= 1 && width <= photo.width() && height <= photo.height()) {
        double top = random.nextInt(photo.height() - (int) height + 1);
        double left = random.nextInt(photo.width() - (int) width + 1);
        return new Pixels.Box(top, left, height, width);
      }
    }
    return centre(photo, wanted);
  }

  /** The largest part in the middle that has the wanted sides. */
  private static Pixels.Box centre(Pixels photo, double wanted) {
    double height = Math.min(photo.height(), photo.width() / wanted);
    double width = Math.min(photo.width(), photo.height() * wanted);
    return new Pixels.Box(
        (photo.height() - height) / 2, (photo.width() - width) / 2, height, width);
  }
}
