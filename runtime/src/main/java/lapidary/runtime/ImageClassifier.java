package lapidary.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Pixels;

/**
 * Names what is in an image, with a file that Lapidary exported: decoding, size, scaling and labels come from the file.
 * Thread-safe.
 */
public final class ImageClassifier implements AutoCloseable {
  private final ImageRows probabilities;
  private final Labels labels;

  private ImageClassifier(ImageRows probabilities, Labels labels) {
    this.probabilities = probabilities;
    this.labels = labels;
  }

  /**
   * Opens a file. The classifier owns the model it opens.
   *
   * @throws InvalidInputException if the file is not an image classifier
   */
  public static ImageClassifier open(Path file, Device device) {
    return Owned.open(Model.open(file, device), ImageClassifier::of);
  }

  /**
   * A classifier over an open model, which {@link #close} closes.
   *
   * @throws InvalidInputException if the model is not an image classifier; it stays open then
   */
  public static ImageClassifier of(Model model) {
    ImageRows rows = ImageRows.of(model, Output.PROBABILITIES);
    Labels labels = model.description().map(ModelDescription::labels).orElse(Labels.NONE);
    if (labels.size() != rows.width()) {
      throw new InvalidInputException(model.file() + " has " + rows.width() + " probabilities and "
          + labels.size() + " labels; export it again with a label for each class");
    }
    return new ImageClassifier(rows, labels);
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
    return classify(probabilities.decode(encoded, source), topK).get(0);
  }

  /** Classifies a batch: for each image its {@code topK} most probable classes, the most probable first. */
  public List<List<Prediction>> classify(Pixels batch, int topK) {
    if (topK < 1) {
      throw new InvalidInputException("top " + topK + " asks for no answer; give 1 or more");
    }
    List<List<Prediction>> answers = new ArrayList<>();
    for (float[] row : probabilities.run(batch)) {
      answers.add(top(row, topK));
    }
    return List.copyOf(answers);
  }

  /** The probabilities of a batch, [N][classes], each row summing to 1. */
  public float[][] probabilities(Pixels batch) {
    return probabilities.run(batch);
  }

  /** The class names, in the order of the outputs. */
  public Labels labels() {
    return labels;
  }

  /** How images go in. */
  public ImageInput input() {
    return probabilities.image();
  }

  /** The model underneath. */
  public Model model() {
    return probabilities.model();
  }

  /** Closes the model. */
  @Override
  public void close() {
    model().close();
  }

  private List<Prediction> top(float[] row, int count) {
    return IntStream.range(0, row.length)
        .mapToObj(i -> new Prediction(i, labels.get(i), row[i]))
        .sorted(Comparator.comparingDouble((Prediction p) -> -p.probability())
            .thenComparingInt(Prediction::index))
        .limit(count)
        .toList();
  }
}
