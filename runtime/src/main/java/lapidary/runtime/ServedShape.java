package lapidary.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.models.InvalidInputException;

/**
 * A shape that a model will be asked for, to be run before {@link Model#open} returns. Immutable.
 *
 * @param rows the batch: the first dimension of each input, where it is open
 * @param image height and width of images, where the file leaves them open; empty is the size that the file's description names
 * @param inputs whole shapes of inputs with other open dimensions, such as the length of a text, by name
 */
public record ServedShape(int rows, Optional<Image> image, Map<String, List<Long>> inputs) {
  /** Height and width of images, in pixels. */
  public record Image(int height, int width) {
    /** Refuses images without pixels. */
    public Image {
      if (height < 1 || width < 1) {
        throw new InvalidInputException(
            "images of " + height + "×" + width + " cannot be served; give 1 or more of each");
      }
    }
  }

  /** Copies the map and refuses fewer than one row. */
  public ServedShape {
    if (rows < 1) {
      throw new InvalidInputException(
          "batches of " + rows + " rows cannot be served; give 1 or more");
    }
    inputs = Map.copyOf(inputs);
  }

  /** A batch. */
  public static ServedShape rows(int rows) {
    return new ServedShape(rows, Optional.empty(), Map.of());
  }

  /** A batch of images of one size. */
  public static ServedShape images(int rows, int height, int width) {
    return new ServedShape(rows, Optional.of(new Image(height, width)), Map.of());
  }

  /** The same, with the whole shape of one input, its batch included. */
  public ServedShape withInput(String name, long... shape) {
    Map<String, List<Long>> more = new LinkedHashMap<>(inputs);
    List<Long> dimensions = new ArrayList<>();
    for (long dimension : shape) {
      dimensions.add(dimension);
    }
    more.put(name, List.copyOf(dimensions));
    return new ServedShape(rows, image, more);
  }
}
