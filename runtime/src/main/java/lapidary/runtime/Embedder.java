package lapidary.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Pixels;
import lapidary.runtime.device.Device;

/** Turns images into vectors for similarity search, with a file that Lapidary exported. Thread-safe. */
public final class Embedder implements AutoCloseable {
  /** The name of a vector made for search: projected and of unit length, shape [N, width]. */
  public static final String EMBEDDING = Output.EMBEDDING;

  /** Outputs that make a vector, the best first. */
  private static final List<String> PREFERRED =
      List.of(EMBEDDING, Output.FEATURES, Output.PROBABILITIES, Output.LOGITS);

  private final FrontDoor<ImageRows> door;

  private Embedder(FrontDoor<ImageRows> door) {
    this.door = door;
  }

  /**
   * Opens a file for its output {@code embedding}, or if it has none {@code features}, {@code probabilities} or {@code logits}.
   *
   * @throws InvalidInputException if the file takes no images or has none of these outputs
   */
  public static Embedder open(Path file, Device device) {
    return Owned.open(Model.open(file, device), Embedder::owning);
  }

  /**
   * Opens a file for one of its outputs; an output of more than two dimensions is taken flat.
   *
   * @throws InvalidInputException if the file takes no images or lacks the output
   */
  public static Embedder open(Path file, Device device, String output) {
    return Owned.open(Model.open(file, device), model -> owning(model, output));
  }

  /**
   * An embedder over an open model, one that follows its file, or one that runs single images of many callers together; see
   * {@link lapidary.runtime.serving}. It takes the output that {@link #open(Path, Device)} takes. What is given here is
   * borrowed: whoever opened it closes it, after its last answer.
   *
   * @throws InvalidInputException if the model takes no images or has none of these outputs; it stays open then
   */
  public static Embedder of(ModelSource source) {
    return over(source, model -> ImageRows.of(model, preferred(model)));
  }

  /**
   * The same over anything that runs such a model, which is borrowed too: one in another process, or behind a counter.
   *
   * @param rows says its inputs and outputs, and runs any number of rows
   * @param description what the model is
   * @throws InvalidInputException as {@link #of(ModelSource)} does
   */
  public static Embedder of(Inference rows, ModelDescription description) {
    return new Embedder(
        FrontDoor.over(rows, description, model -> ImageRows.of(model, preferred(model))));
  }

  /**
   * The same for one of the outputs.
   *
   * @throws InvalidInputException if the model takes no images or lacks the output; it stays open then
   */
  public static Embedder of(ModelSource source, String output) {
    return over(source, model -> ImageRows.of(model, output));
  }

  /**
   * The same, and {@link #close} closes what is given here too.
   *
   * @throws InvalidInputException as {@link #of(ModelSource)} does; what was given stays open then
   */
  public static Embedder owning(ModelSource source) {
    return new Embedder(of(source).door.owning());
  }

  /**
   * The same, and {@link #close} closes what is given here too.
   *
   * @throws InvalidInputException as {@link #of(ModelSource, String)} does; what was given stays open then
   */
  public static Embedder owning(ModelSource source, String output) {
    return new Embedder(of(source, output).door.owning());
  }

  private static Embedder over(ModelSource source, Function<DescribedModel, ImageRows> reader) {
    return new Embedder(FollowingDoor.over(source, reader, rows -> rows.output().name()));
  }

  /** The length of a vector. */
  public int width() {
    return door.view().width();
  }

  /** The name of the output the vectors come from. */
  public String output() {
    return door.view().output().name();
  }

  /** The SHA-256 of the model file: vectors of different models do not compare. */
  public String modelSha256() {
    return door.model().sha256();
  }

  /** How images go in. */
  public ImageInput input() {
    return door.view().image();
  }

  /**
   * The model that answers now.
   *
   * @throws IllegalStateException if this was made of an inference and its description
   */
  public Model model() {
    return door.model();
  }

  /**
   * The vector of one image file.
   *
   * @param image a PNG, JPEG, GIF, BMP or WebP file
   * @throws InvalidInputException if it cannot be read or is not such a file
   */
  public float[] embed(Path image) {
    return embed(ImageRows.read(image), image.toString());
  }

  /**
   * The vector of one image file.
   *
   * @param encoded the bytes of a PNG, JPEG, GIF, BMP or WebP file
   * @param source what to call it in an error, such as its path
   */
  public float[] embed(byte[] encoded, String source) {
    return door.with((rows, inference) -> rows.run(inference, rows.decode(encoded, source))[0]);
  }

  /** The vectors of a batch, [N][width]. */
  public float[][] embed(Pixels batch) {
    return door.with((rows, inference) -> rows.run(inference, batch));
  }

  /** Closes the model if this opened it or was told to own it; what is borrowed stays open. */
  @Override
  public void close() {
    door.close();
  }

  private static String preferred(DescribedModel model) {
    // What takes no images is told so, whatever it answers.
    ImageRows.image(model);
    List<String> names = model.outputs().stream().map(TensorInfo::name).toList();
    return PREFERRED.stream()
        .filter(names::contains)
        .findFirst()
        .orElseThrow(() -> new InvalidInputException(
            model.name() + " has none of the outputs " + PREFERRED + "; name one of " + names));
  }
}
