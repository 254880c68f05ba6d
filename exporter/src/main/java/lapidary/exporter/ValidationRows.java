package lapidary.exporter;

import java.util.List;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.Signature;

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

  /** Smaller ones are cut out of the middle of those of the signature. */
  @Override
  public RowSource in(List<Input> inputs, Signature signature) {
    return inputs.size() == 1
            && inputs.get(0) instanceof ImageInput image
            && signature.inputs().get(0) instanceof ImageInput whole
            && holds(whole.size())
            && image.size().height() <= pixels.height()
            && image.size().width() <= pixels.width()
        ? new ValidationRows(pixels.middle(image.size().height(), image.size().width()))
        : new RandomRows(0);
  }

  private boolean holds(ImageInput.Size size) {
    return size.height() == pixels.height() && size.width() == pixels.width();
  }

  @Override
  public InvalidInputException refusal(Input input) {
    return new InvalidInputException("validation images do not fill input " + input.name()
        + ", which does not take images; use random rows");
  }
}
