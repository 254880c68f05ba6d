package lapidary.exporter;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.exporter.trace.Operator;
import lapidary.exporter.trace.OwnRows;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;

/**
 * How a model is exported. Immutable.
 *
 * @param opset version of the ONNX operator set, 17 to 21
 * @param precision of weights and activations
 * @param tolerance the largest relative difference from the trainer's answers that is allowed, 0 or more
 * @param axes the dimensions of inputs that the file leaves open; the batch is one of them unless it is fixed
 * @param metadata entries for the file beside the description's, such as a catalogue; keys start with {@value #METADATA_PREFIX}
 * @param mostInside bytes of weights that the ONNX file itself holds, 0 to {@value #LARGEST_INSIDE}; if there are more, they go into a file
 *     beside it
 * @param operators rows for operations that come before the exporter's own
 */
public record ExportOptions(
    int opset,
    Precision precision,
    double tolerance,
    OpenAxes axes,
    SortedMap<String, String> metadata,
    long mostInside,
    OwnRows operators) {
  /** The oldest operator set that can be written. */
  public static final int OLDEST_OPSET = 17;

  /** The newest operator set that can be written. */
  public static final int NEWEST_OPSET = 21;

  /** The most bytes of weights that one ONNX file can hold, with room for the graph around them. */
  public static final long LARGEST_INSIDE = Integer.MAX_VALUE - (64L << 20);

  /** What the names of all metadata of Lapidary start with. */
  public static final String METADATA_PREFIX = "lapidary.";

  /** Copies the metadata; refuses an unknown opset, a negative tolerance and foreign keys. */
  public ExportOptions {
    if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
      throw new InvalidInputException(
          "opset " + opset + " cannot be written; give " + OLDEST_OPSET + " to " + NEWEST_OPSET);
    }
    if (!(tolerance >= 0)) {
      throw new InvalidInputException(
          "tolerance " + tolerance + " is out of range; give 0 or more, such as 1e-4");
    }
    if (mostInside < 0 || mostInside > LARGEST_INSIDE) {
      throw new InvalidInputException("an ONNX file cannot hold up to " + mostInside
          + " bytes of weights; give 0 to " + LARGEST_INSIDE);
    }
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    for (String key : metadata.keySet()) {
      if (!key.startsWith(METADATA_PREFIX) || key.length() == METADATA_PREFIX.length()) {
        throw new InvalidInputException(
            "metadata \"" + key + "\" cannot be written; begin its name with " + METADATA_PREFIX);
      }
    }
  }

  /** Opset 17, which every current runtime reads, 32 bits, tolerance 1e-4, open batch, fixed image size. */
  public static ExportOptions defaults() {
    return new ExportOptions(
        OLDEST_OPSET,
        Precision.FP32,
        Precision.FP32.tolerance(),
        OpenAxes.BATCH_ONLY,
        Collections.emptySortedMap(),
        LARGEST_INSIDE,
        OwnRows.NONE);
  }

  /** The same for another operator set. */
  public ExportOptions withOpset(int changed) {
    return new ExportOptions(changed, precision, tolerance, axes, metadata, mostInside, operators);
  }

  /** The same in another precision; a tolerance that was the default becomes the new precision's. */
  public ExportOptions withPrecision(Precision changed) {
    double allowed = tolerance == precision.tolerance() ? changed.tolerance() : tolerance;
    return new ExportOptions(opset, changed, allowed, axes, metadata, mostInside, operators);
  }

  /** The same with another tolerance. */
  public ExportOptions withTolerance(double changed) {
    return new ExportOptions(opset, precision, changed, axes, metadata, mostInside, operators);
  }

  /**
   * The same for one batch size only. A network with inputs that have no batch, such as a table of anchors, is exported at batch 1
   * with a block around it that drops the first axis of these.
   */
  public ExportOptions withBatch(long size) {
    return with(axes.withBatch(size));
  }

  /**
   * The same with one more dimension open, for networks that take it in any size. The network is traced with the size that the
   * signature says and with larger ones.
   *
   * @param name what the file calls the dimension; dimensions of one name have one size
   * @param input the name of the input that has it
   * @param dimension which one it is in the file, counted from the batch, which is 0
   */
  public ExportOptions withOpenAxis(String name, String input, int dimension) {
    return with(axes.with(new OpenAxes.Named(name, input, dimension)));
  }

  /** The same with the height and width of an image open, under these names; for networks that take images of any size. */
  public ExportOptions withOpenSizeOf(ImageInput image) {
    return with(axes.withSizeOf(image));
  }

  private ExportOptions with(OpenAxes changed) {
    return new ExportOptions(opset, precision, tolerance, changed, metadata, mostInside, operators);
  }

  /** The same with these metadata entries and no others beside the description's. */
  public ExportOptions withMetadata(Map<String, String> entries) {
    return new ExportOptions(
        opset, precision, tolerance, axes, new TreeMap<>(entries), mostInside, operators);
  }

  /**
   * The same with the weights in a file beside the ONNX file, if they have more bytes than this: a reader maps them into memory, and the
   * graph can be looked at without them. Both files belong together.
   */
  public ExportOptions withMostInside(long bytes) {
    return new ExportOptions(opset, precision, tolerance, axes, metadata, bytes, operators);
  }

  /**
   * The same with a row for an operation: for one that is refused, or to say other nodes for one that is not. It comes before the
   * exporter's own, and is held to the parity check like those. Its nodes may be of other operator sets, such as
   * {@code com.microsoft}; who opens a file with such nodes has to vouch for it (see {@link ExportReport#notes}).
   *
   * @param signature the method that it writes down, as a refusal names it: {@code NDArray.gammaln()}
   * @param row says the nodes of a call; see {@link Operator} for an example
   * @throws InvalidInputException if neither NDArray nor NDArrayEx has such a method
   */
  public ExportOptions withOperator(String signature, Operator row) {
    return new ExportOptions(
        opset, precision, tolerance, axes, metadata, mostInside, operators.with(signature, row));
  }
}
