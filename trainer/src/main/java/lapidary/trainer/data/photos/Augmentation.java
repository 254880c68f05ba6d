package lapidary.trainer.data.photos;

import java.util.SplittableRandom;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;

/**
 * What is changed at random about a photo that is trained on, each amount drawn evenly up to what is given here. Flip, rotation,
 * zoom and warp are one bilinear resampling of the photo in its final size; what comes in from outside is its mirror image. As
 * in fastai, rotation, zoom, warp and lighting are each left out for a quarter of the photos. Immutable.
 *
 * @param flip probability of swapping left and right, 0 to 1
 * @param rotate degrees at most, either way, 0 to 180
 * @param zoom magnification at most, about a point drawn evenly, 1 to 10
 * @param warp perspective: by how much at most the far side shrinks, 0 to 0.4
 * @param lighting brightness and contrast, 0 to 0.9; 0.2 halves-in-tenths: between 0.8 and 1.25 times the contrast
 * @param crop least part of the photo's area that is cut out, its place, size and sides' ratio (3:4 to 4:3) drawn, and brought
 *     to size instead of by the resize rule (Szegedy et al. 2015); 1 leaves the resize rule
 */
public record Augmentation(
    double flip, double rotate, double zoom, double warp, double lighting, double crop) {
  /** Photos as they are. */
  public static final Augmentation NONE = new Augmentation(0, 0, 1, 0, 0, 1);
  /** Left and right swapped for half of the photos. */
  public static final Augmentation FLIP = NONE.withFlip(0.5);
  /** fastai's defaults: flip, 10 degrees, 1.1 times, warp and lighting 0.2. */
  public static final Augmentation DEFAULT = new Augmentation(0.5, 10, 1.1, 0.2, 0.2, 1);

  /** Refuses amounts out of range. */
  public Augmentation {
    require("flip", flip, 0, 1);
    require("rotate", rotate, 0, 180);
    require("zoom", zoom, 1, 10);
    require("warp", warp, 0, 0.4);
    require("lighting", lighting, 0, 0.9);
    require("crop", crop, 0.01, 1);
  }

  /**
   * Decodes a photo and changes it.
   *
   * @param encoded the file's bytes
   * @param source what to call it in an error
   * @param input size and resize rule
   * @param random the same state gives the same photo
   * @return a batch of one image in the input's size
   * @throws InvalidInputException if the bytes are no image
   */
  public Pixels apply(byte[] encoded, String source, ImageInput input, SplittableRandom random) {
    AreaCrop area = new AreaCrop(crop);
    Pixels picture = Pixels.decode(
        encoded,
        source,
        input.size().channels(),
        area.enough(Math.max(input.resize().enough(input.size()), 1)));
    Pixels sized = crop < 1 ? area.cut(picture, input.size(), random) : input.fit(picture);
    Pixels placed = Placement.draw(this, random).apply(sized);
    return Lighting.draw(lighting, random).apply(placed);
  }

  /** The same with another probability of a flip. */
  public Augmentation withFlip(double probability) {
    return new Augmentation(probability, rotate, zoom, warp, lighting, crop);
  }

  private static void require(String what, double amount, double least, double most) {
    if (!(amount >= least && amount <= most)) {
      throw new InvalidInputException(
          "augmentation " + what + " of " + amount + "; give " + least + " to " + most);
    }
  }
}
