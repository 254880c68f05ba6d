package lapidary.runtime;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Pixels;
import lapidary.runtime.device.Device;

/**
 * Names what is in an image, with a file that Lapidary exported: decoding, size, scaling and labels come from the file.
 * Thread-safe.
 */
public final class ImageClassifier implements AutoCloseable {
  private final FrontDoor<Classes> door;

  private ImageClassifier(FrontDoor<Classes> door) {
    this.door = door;
  }

  /** What a model's file says of its answers. */
  private record Classes(ImageRows rows, Labels labels) {
    static Classes of(DescribedModel model) {
      ImageRows rows = ImageRows.of(model, Output.PROBABILITIES);
      Labels labels = model.description().map(ModelDescription::labels).orElse(Labels.NONE);
      if (labels.size() != rows.width()) {
        throw new InvalidInputException(model.name() + " has " + rows.width()
            + " probabilities and " + labels.size()
            + " labels; export it again with a label for each class");
      }
      return new Classes(rows, labels);
    }

    List<Prediction> top(float[] row, int count) {
      return IntStream.range(0, row.length)
          .mapToObj(i -> new Prediction(i, labels.get(i), row[i]))
          .sorted(Comparator.comparingDouble((Prediction p) -> -p.probability())
              .thenComparingInt(Prediction::index))
          .limit(count)
          .toList();
    }
  }

  /**
   * Opens a file. The classifier owns the model it opens.
   *
   * @throws InvalidInputException if the file is not an image classifier
   */
  public static ImageClassifier open(Path file, Device device) {
    return Owned.open(Model.open(file, device), ImageClassifier::owning);
  }

  /**
   * A classifier over an open model, one that follows its file, or one that runs single images of many callers together; see
   * {@link lapidary.runtime.serving}. What is given here is borrowed: whoever opened it closes it, after its last answer.
   *
   * @throws InvalidInputException if the model is not an image classifier; it stays open then
   */
  public static ImageClassifier of(ModelSource source) {
    return new ImageClassifier(FollowingDoor.over(
        source, Classes::of, classes -> classes.rows().output().name()));
  }

  /**
   * The same over anything that runs such a model, which is borrowed too: one in another process, or behind a counter.
   *
   * @param rows says its inputs and outputs, and runs any number of rows
   * @param description what the model is
   * @throws InvalidInputException as {@link #of(ModelSource)} does
   */
  public static ImageClassifier of(Inference rows, ModelDescription description) {
    return new ImageClassifier(FrontDoor.over(rows, description, Classes::of));
  }

  /**
   * The same, and {@link #close} closes what is given here too.
   *
   * @throws InvalidInputException as {@link #of} does; what was given stays open then
   */
  public static ImageClassifier owning(ModelSource source) {
    return new ImageClassifier(of(source).door.owning());
  }

  /**
   * Classifies one image file.
   *
   * @param image a PNG, JPEG, GIF, BMP or WebP file
   * @param topK how many answers, at least 1; more than there are classes gives all
   * @return the most probable first
   * @throws InvalidInputException if it cannot be read or is not such a file
   */
  public List<Prediction> classify(Path image, int topK) {
    return classify(ImageRows.read(image), image.toString(), topK);
  }

  /**
   * Classifies one image file.
   *
   * @param encoded the bytes of a PNG, JPEG, GIF, BMP or WebP file
   * @param source what to call it in an error, such as its path
   * @param topK how many answers, at least 1; more than there are classes gives all
   * @return the most probable first
   */
  public List<Prediction> classify(byte[] encoded, String source, int topK) {
    requirePositive(topK);
    return door.with((classes, rows) -> {
      Pixels image = classes.rows().decode(encoded, source);
      return classes.top(classes.rows().run(rows, image)[0], topK);
    });
  }

  /** Classifies a batch: for each image its {@code topK} most probable classes, the most probable first. */
  public List<List<Prediction>> classify(Pixels batch, int topK) {
    requirePositive(topK);
    return door.with((classes, rows) -> Arrays.stream(classes.rows().run(rows, batch))
        .map(row -> classes.top(row, topK))
        .toList());
  }

  /**
   * The {@code topK} most probable classes by their probabilities, the most probable first.
   *
   * @param row of one image, [classes], as {@link #probabilities} gives it
   * @throws InvalidInputException if {@code topK} is below 1, or there is not one value a class
   */
  public List<Prediction> ranked(float[] row, int topK) {
    requirePositive(topK);
    Classes classes = door.view();
    if (row.length != classes.labels().size()) {
      throw new InvalidInputException(row.length + " probabilities of "
          + classes.labels().size() + " classes; give one of each");
    }
    return classes.top(row, topK);
  }

  /** The probabilities of a batch, [N][classes], each row summing to 1. */
  public float[][] probabilities(Pixels batch) {
    return door.with((classes, rows) -> classes.rows().run(rows, batch));
  }

  /** The class names, in the order of the outputs. */
  public Labels labels() {
    return door.view().labels();
  }

  /** How images go in. */
  public ImageInput input() {
    return door.view().rows().image();
  }

  /**
   * The model that answers now.
   *
   * @throws IllegalStateException if this was made of an inference and its description
   */
  public Model model() {
    return door.model();
  }

  /** Closes the model if this opened it or was told to own it; what is borrowed stays open. */
  @Override
  public void close() {
    door.close();
  }

  private static void requirePositive(int topK) {
    if (topK < 1) {
      throw new InvalidInputException("top " + topK + " asks for no answer; give 1 or more");
    }
  }
}
