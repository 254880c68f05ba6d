package lapidary.exporter;

import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;

/**
 * Real images, in turn.
 *
 * @param pixels at least one
 */
record ValidationRows(Pixels pixels) implements RealRows {
  ValidationRows {
    if (pixels.count() == 0) {
      throw new InvalidInputException(
          "no validation image to compare on; give at least one, or use random rows");
    }
  }

  @Override
  public Pixels pixels(ImageInput input, int from, int count) {
    return pixels.cycled(from, count);
  }

  @Override
  public InvalidInputException refusal(Input input) {
    return new InvalidInputException("validation images do not fill input " + input.name()
        + ", which does not take images; use random rows");
  }
}
