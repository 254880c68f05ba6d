package lapidary.exporter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.quantize.DropException;
import lapidary.exporter.quantize.Judge;
import lapidary.exporter.quantize.QuantizationOptions;
import lapidary.exporter.quantize.QuantizationReport;
import lapidary.models.AtomicFile;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;

/**
 * Puts an ONNX file that Lapidary exported into 8 bits: activations unsigned, weights signed, each output of a layer with a scale of
 * its own. B. Jacob and others, Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference, 2018.
 * The file must not answer much worse: layers that cost most are left in 32 bits, and what is not good enough even then is refused.
 * Weights have 7 bits, so that processors with AVX2 alone, whose sums of two products have 16, are as right as others. Stateless,
 * thread-safe.
 */
public final class Quantizer {
  private Quantizer() {}

  /**
   * Writes a copy of a file in 8 bits and publishes it if it answers well enough. The same file, rows and options give the same graph
   * on one machine.
   *
   * @param base a file that Lapidary exported in 32 bits, baked or not
   * @param target the new file, replaced if it is there
   * @param calibration rows to take ranges from, and to choose the rule for them by; not those that {@code judge} looks at
   * @param judge says how much worse it answers
   * @param told is told in sentences what is being done
   * @throws DropException if it answers worse than allowed; nothing is published
   * @throws ExportException if no layer of it can be computed in 8 bits
   * @throws InvalidInputException if the file cannot be read or the target cannot be written
   */
  public static QuantizationReport quantize(
      Path base,
      Path target,
      ParityRows calibration,
      Judge judge,
      QuantizationOptions options,
      Consumer<String> told) {
    QuantizedPublication publication =
        new QuantizedPublication(base, target, (RowSource) calibration, judge, options, told);
    AtomicFile.publish(target, publication);
    try {
      return publication.report(Files.size(target));
    } catch (IOException e) {
      throw FileFailure.reading(target.toString(), e, "export again");
    }
  }

  /**
   * A judge for rows of which no right answers are known: the file in 32 bits is taken to be right. It looks at the first output, of
   * scores at where the largest is.
   *
   * @param rows from the first on
   * @param count how many, at least 1; the file takes one at a time
   */
  public static Judge agreement(ParityRows rows, int count) {
    return new Agreement((RowSource) rows, count);
  }
}
