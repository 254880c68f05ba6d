package lapidary.exporter;

import java.util.List;
import lapidary.models.IdInput;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.TensorInput;
import lapidary.runtime.Tensor;

/**
 * Real images, in turn.
 *
 * @param pixels at least one
 */
record ValidationRows(Pixels pixels) implements RowSource {
  ValidationRows {
    if (pixels.count() == 0) {
      throw new InvalidInputException(
          "no validation image to compare on; give at least one, or use random rows");
    }
  }

  @Override
  public String kind() {
    return "validation";
  }

  @Override
  public Pixels pixels(ImageInput input, int from, int count) {
    return pixels.cycled(from, count);
  }

  @Override
  public List<String> ids(IdInput input, int from, int count) {
    throw refusal(input);
  }

  @Override
  public Tensor tensor(TensorInput input, int from, int count) {
    throw refusal(input);
  }

  private static InvalidInputException refusal(Input input) {
    return new InvalidInputException("validation images do not fill input " + input.name()
        + ", which takes no image; use random rows");
  }
}
