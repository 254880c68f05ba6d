package lapidary.exporter;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.InvalidInputException;

/**
 * How a model is exported. Immutable.
 *
 * @param opset version of the ONNX operator set, 17 to 21
 * @param precision of weights and activations
 * @param tolerance the largest relative difference from the trainer's answers that is allowed, 0 or more
 * @param batch the batch size, if it is to be fixed; empty leaves it open
 * @param dynamicSize whether the height and width of images are left open; for networks that take any size
 * @param metadata entries for the file beside the description's, such as a catalogue; keys start with {@value #METADATA_PREFIX}
 */
public record ExportOptions(
    int opset,
    Precision precision,
    double tolerance,
    OptionalLong batch,
    boolean dynamicSize,
    SortedMap<String, String> metadata) {
  /** The oldest operator set that can be written. */
  public static final int OLDEST_OPSET = 17;

  /** The newest operator set that can be written. */
  public static final int NEWEST_OPSET = 21;

  /** What the names of all metadata of Lapidary start with. */
  public static final String METADATA_PREFIX = "lapidary.";

  /** Copies the metadata; refuses an unknown opset, a negative tolerance, a batch below 1 and foreign keys. */
  public ExportOptions {
    if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
      throw new InvalidInputException(
          "opset " + opset + " cannot be written; give " + OLDEST_OPSET + " to " + NEWEST_OPSET);
    }
    if (!(tolerance >= 0)) {
      throw new InvalidInputException(
          "tolerance " + tolerance + " cannot be; give 0 or more, such as 1e-4");
    }
    if (batch.isPresent() && batch.getAsLong() < 1) {
      throw new InvalidInputException(
          "batch " + batch.getAsLong() + " cannot be; give at least 1, or none to leave it open");
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
        OptionalLong.empty(),
        false,
        Collections.emptySortedMap());
  }

  /** The same for another operator set. */
  public ExportOptions withOpset(int changed) {
    return new ExportOptions(changed, precision, tolerance, batch, dynamicSize, metadata);
  }

  /** The same in another precision; a tolerance that was the default becomes the new precision's. */
  public ExportOptions withPrecision(Precision changed) {
    double allowed = tolerance == precision.tolerance() ? changed.tolerance() : tolerance;
    return new ExportOptions(opset, changed, allowed, batch, dynamicSize, metadata);
  }

  /** The same with another tolerance. */
  public ExportOptions withTolerance(double changed) {
    return new ExportOptions(opset, precision, changed, batch, dynamicSize, metadata);
  }

  /** The same for one batch size only. */
  public ExportOptions withBatch(long size) {
    return new ExportOptions(
        opset, precision, tolerance, OptionalLong.of(size), dynamicSize, metadata);
  }

  /** The same with the height and width of images open, or not. */
  public ExportOptions withDynamicSize(boolean open) {
    return new ExportOptions(opset, precision, tolerance, batch, open, metadata);
  }

  /** The same with these metadata entries and no others beside the description's. */
  public ExportOptions withMetadata(Map<String, String> entries) {
    return new ExportOptions(
        opset, precision, tolerance, batch, dynamicSize, new TreeMap<>(entries));
  }
}
