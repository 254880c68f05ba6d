package lapidary.trainer.data.photos;

import java.util.SplittableRandom;
import lapidary.models.Pixels;

/**
 * Where each pixel of a changed photo comes from: one projective map of the plane, in pixels from the centre. Position (x, y) is
 * taken from ((a·x + b·y + c) / w, (d·x + e·y + f) / w), w = 1 + g·x + h·y, bilinear; beyond an edge the photo is mirrored.
 *
 * @param flip whether left and right are swapped before
 * @param across a, b, c
 * @param down d, e, f
 * @param g how w grows to the right
 * @param h how w grows downwards
 */
record Placement(boolean flip, Line across, Line down, double g, double h) {
  /** One numerator, x·{@code x} + y·{@code y} + {@code shift}. */
  record Line(double x, double y, double shift) {}

  /** Draws everything, whatever is asked for, so that every amount leaves the later draws as they are. */
  static Draw draw(Augmentation wanted, SplittableRandom random) {
    boolean flip = random.nextDouble() < wanted.flip();
    double angle = Math.toRadians(wanted.rotate() * Lighting.drawn(random));
    double zoom = 1 + (wanted.zoom() - 1) * Math.abs(Lighting.drawn(random));
    double pointX = 2 * random.nextDouble() - 1;
    double pointY = 2 * random.nextDouble() - 1;
    double warpX = wanted.warp() * Lighting.drawn(random);
    double warpY = wanted.warp() * Lighting.drawn(random);
    return new Draw(flip, angle, new Zoom(zoom, pointX, pointY), warpX, warpY);
  }

  /**
   * A magnification that leaves a point where it is.
   *
   * @param factor at least 1
   * @param x the point, −1 left edge to 1 right edge
   * @param y the point, −1 upper edge to 1 lower edge
   */
  record Zoom(double factor, double x, double y) {}

  /**
   * What was drawn for a photo of any size.
   *
   * @param flip whether left and right are swapped
   * @param angle radians, anticlockwise
   * @param zoom magnification
   * @param warpX tilt to the right
   * @param warpY tilt downwards
   */
  record Draw(boolean flip, double angle, Zoom zoom, double warpX, double warpY) {
    Pixels apply(Pixels photo) {
      if (angle == 0 && zoom.factor() == 1 && warpX == 0 && warpY == 0) {
        return flip ? Sampling.flipped(photo) : photo;
      }
      return Sampling.of(photo, placement(photo.height(), photo.width()));
    }

    Placement placement(int height, int width) {
      double halfWidth = width / 2.0;
      double halfHeight = height / 2.0;
      double shrink = 1 / zoom.factor();
      double cos = Math.cos(angle) * shrink;
      double sin = Math.sin(angle) * shrink;
      return new Placement(
          flip,
          new Line(cos, -sin, (1 - shrink) * zoom.x() * halfWidth),
          new Line(sin, cos, (1 - shrink) * zoom.y() * halfHeight),
          warpX / halfWidth,
          warpY / halfHeight);
    }
  }
}
