package lapidary.runtime;

import java.nio.file.Path;
import java.util.List;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Output;
import lapidary.models.Pixels;

/** Turns images into vectors for similarity search, with a file that Lapidary exported. Thread-safe. */
public final class Embedder implements AutoCloseable {
  /** The name of a vector made for search: projected and of unit length, shape [N, width]. */
  public static final String EMBEDDING = Output.EMBEDDING;

  /** Outputs that make a vector, the best first. */
  private static final List<String> PREFERRED =
      List.of(EMBEDDING, Output.FEATURES, Output.PROBABILITIES, Output.LOGITS);

  private final ImageRows rows;

  private Embedder(ImageRows rows) {
    this.rows = rows;
  }

  /**
   * Opens a file for its output {@code embedding}, or if it has none {@code features}, {@code probabilities} or {@code logits}.
   *
   * @throws InvalidInputException if the file takes no images or has none of these outputs
   */
  public static Embedder open(Path file, Device device) {
    return Owned.open(Model.open(file, device), model -> of(model, preferred(model)));
  }

  /**
   * Opens a file for one of its outputs; an output of more than two dimensions is taken flat.
   *
   * @throws InvalidInputException if the file takes no images or lacks the output
   */
  public static Embedder open(Path file, Device device, String output) {
    return Owned.open(Model.open(file, device), model -> of(model, output));
  }

  /** An embedder over an open model, which {@link #close} closes. */
  public static Embedder of(Model model, String output) {
    return new Embedder(ImageRows.of(model, output));
  }

  /** The length of a vector. */
  public int width() {
    return rows.width();
  }

  /** The name of the output the vectors come from. */
  public String output() {
    return rows.output().name();
  }

  /** The SHA-256 of the model file: vectors of different models do not compare. */
  public String modelSha256() {
    return rows.model().sha256();
  }

  /** How images go in. */
  public ImageInput input() {
    return rows.image();
  }

  /** The model underneath. */
  public Model model() {
    return rows.model();
  }

  /**
   * The vector of one image file.
   *
   * @param encoded the bytes of a PNG, JPEG, GIF, BMP or WebP file
   * @param source what to call it in an error, such as its path
   */
  public float[] embed(byte[] encoded, String source) {
    return embed(rows.decode(encoded, source))[0];
  }

  /** The vectors of a batch, [N][width]. */
  public float[][] embed(Pixels batch) {
    return rows.run(batch);
  }

  /** Closes the model. */
  @Override
  public void close() {
    model().close();
  }

  private static String preferred(Model model) {
    List<String> names = model.outputs().stream().map(TensorInfo::name).toList();
    return PREFERRED.stream()
        .filter(names::contains)
        .findFirst()
        .orElseThrow(() -> new InvalidInputException(
            model.file() + " has none of the outputs " + PREFERRED + "; name one of " + names));
  }
}
