package lapidary.cli.export;

import java.util.Locale;
import java.util.Optional;
import lapidary.exporter.Precision;
import lapidary.exporter.quantize.QuantizationOptions;
import lapidary.models.InvalidInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many bits a file has, and what fewer may cost. */
final class PrecisionOption {
  /** Bits of weights and activations. */
  enum Bits {
    /** 32. */
    fp32,
    /** 16. */
    fp16,
    /** 8, where that costs little. */
    int8
  }

  @Option(
      names = "--precision",
      defaultValue = "fp32",
      paramLabel = "P",
      description = "fp32, fp16 or int8; default ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Bits precision;

  @Option(
      names = "--calibrate",
      paramLabel = "NAME|PATH",
      description =
          "int8: a data set; ranges of values are taken from its training part, the drop is measured on what was held out."
              + " Default the model's own data.")
  private @Nullable String calibrate;

  @Option(
      names = "--max-drop",
      paramLabel = "D",
      description =
          "int8: how much worse the file may be, points of accuracy from 0 to 1 or a share of the error; default 0.005.")
  private @Nullable Double maxDrop;

  @Option(
      names = "--calibration-rows",
      paramLabel = "N",
      description = "int8: how many rows the ranges are taken from; default 128.")
  private @Nullable Integer rows;

  /**
   * Whether the file is to be in 8 bits.
   *
   * @throws InvalidInputException if an option is for that and it is not
   */
  boolean isInt8() {
    if (precision != Bits.int8 && (calibrate != null || maxDrop != null || rows != null)) {
      throw new InvalidInputException("--calibrate, --max-drop and --calibration-rows are for"
          + " --precision int8; give that, or omit them");
    }
    return precision == Bits.int8;
  }

  /** What the trainer's network is exported in. */
  Precision traced() {
    return precision == Bits.int8
        ? Precision.FP32
        : Precision.valueOf(precision.name().toUpperCase(Locale.ROOT));
  }

  Optional<String> data() {
    return Optional.ofNullable(calibrate);
  }

  QuantizationOptions options() {
    QuantizationOptions usual = QuantizationOptions.defaults();
    return new QuantizationOptions(
        maxDrop == null ? usual.maxDrop() : maxDrop, rows == null ? usual.rows() : rows);
  }
}
