package lapidary.trainer.data.photos;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import lapidary.models.DecimalNumber;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.models.Pixels;

/**
 * What is changed at random about a photo that is trained on, each amount drawn evenly up to what is given here. Flip, rotation,
 * zoom and warp are one bilinear resampling of the photo in its final size; what comes in from outside is its mirror image. As
 * in fastai, rotation, zoom, warp and lighting are each left out for a quarter of the photos. Immutable.
 *
 * @param flip probability of swapping left and right, 0 to 1
 * @param rotate degrees at most, either way, 0 to 180
 * @param zoom magnification at most, about a point drawn evenly, 1 to 10
 * @param warp perspective at most: how much the scale changes from the centre to an edge, 0 to 0.4
 * @param lighting brightness and contrast at most, 0 to 0.9: 0.2 takes middle grey to between 0.4 and 0.6 of white, and the
 *     contrast to between 0.8 and 1.25 times what it was
 * @param crop least part of the photo's area that is cut out, its place, size and sides' ratio (3:4 to 4:3) drawn, and brought
 *     to size instead of by the resize rule (Szegedy et al. 2015); 1 leaves the resize rule
 */
public record Augmentation(
    double flip, double rotate, double zoom, double warp, double lighting, double crop) {
  /** Photos as they are. */
  public static final Augmentation NONE = new Augmentation(0, 0, 1, 0, 0, 1);
  /** Left and right swapped for half of the photos. */
  public static final Augmentation FLIP = new Augmentation(0.5, 0, 1, 0, 0, 1);
  /** fastai's defaults: flip, 10 degrees, 1.1 times, warp and lighting 0.2. */
  public static final Augmentation DEFAULT = new Augmentation(0.5, 10, 1.1, 0.2, 0.2, 1);

  private static final List<String> AMOUNTS =
      List.of("flip", "rotate", "zoom", "warp", "lighting", "crop");
  private static final Map<String, Augmentation> PRESETS =
      Map.of("none", NONE, "flip", FLIP, "default", DEFAULT);

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
   * @throws InvalidInputException if the bytes are not an image
   */
  public Pixels apply(byte[] encoded, String source, ImageInput input, SplittableRandom random) {
    AreaCrop area = new AreaCrop(crop);
    int enough = area.enough(input.resize().enough(input.size()));
    Pixels picture = Pixels.decode(encoded, source, input.size().channels(), enough);
    Pixels sized = crop < 1 ? area.cut(picture, input.size(), random) : input.fit(picture);
    Pixels placed = Placement.draw(this, random).apply(sized);
    return Lighting.draw(lighting, random).apply(placed);
  }

  /**
   * Reads a preset, {@code none}, {@code flip} or {@code default}, or amounts apart by commas, behind a preset or alone, such as
   * {@code flip,rotate=15} or {@code crop=0.35,lighting=0.3}.
   *
   * @throws InvalidInputException if a name is unknown or an amount is not a number or out of range
   */
  public static Augmentation of(String text) {
    Augmentation result = NONE;
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      result = equals < 0
          ? preset(part.strip())
          : result.with(
              part.substring(0, equals).strip(), part.substring(equals + 1).strip());
    }
    return result;
  }

  /** The amounts as {@link #of} reads them. */
  public String text() {
    return "flip=" + flip + ",rotate=" + rotate + ",zoom=" + zoom + ",warp=" + warp + ",lighting="
        + lighting + ",crop=" + crop;
  }

  private static Augmentation preset(String name) {
    Augmentation preset = PRESETS.get(name);
    if (preset == null) {
      throw NearestName.unknown("augmentation", name, List.of("none", "flip", "default"));
    }
    return preset;
  }

  private Augmentation with(String what, String amount) {
    double value = number(what, amount);
    return switch (what) {
      case "flip" -> new Augmentation(value, rotate, zoom, warp, lighting, crop);
      case "rotate" -> new Augmentation(flip, value, zoom, warp, lighting, crop);
      case "zoom" -> new Augmentation(flip, rotate, value, warp, lighting, crop);
      case "warp" -> new Augmentation(flip, rotate, zoom, value, lighting, crop);
      case "lighting" -> new Augmentation(flip, rotate, zoom, warp, value, crop);
      case "crop" -> new Augmentation(flip, rotate, zoom, warp, lighting, value);
      default -> throw NearestName.unknown("augmentation amount", what, AMOUNTS);
    };
  }

  private static double number(String what, String amount) {
    try {
      return DecimalNumber.toDouble(amount);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "augmentation " + what + " of \"" + amount + "\"; give a number, such as 0.2", e);
    }
  }

  private static void require(String what, double amount, double least, double most) {
    if (!(amount >= least && amount <= most)) {
      throw new InvalidInputException(
          "augmentation " + what + " of " + amount + "; give " + least + " to " + most);
    }
  }
}
