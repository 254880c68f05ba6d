package lapidary.cli.export;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import lapidary.cli.console.Console;
import lapidary.cli.option.ModelFiles;
import lapidary.cli.predict.CalibrationRows;
import lapidary.cli.predict.EvaluatedDrop;
import lapidary.exporter.ParityRows;
import lapidary.exporter.Quantizer;
import lapidary.exporter.quantize.QuantizationReport;
import lapidary.models.FileFailure;
import lapidary.models.QuantizationOrigin;
import lapidary.models.Temporaries;
import lapidary.runtime.Model;
import lapidary.runtime.device.Device;
import lapidary.trainer.TrainedModel;

/**
 * Exports in 8 bits, by way of a file in 32.
 *
 * @param precision data and limits
 * @param target the file to write
 */
record WholeNumbers(PrecisionOption precision, Path target, Console console) {
  /**
   * Exports a run.
   *
   * @param export writes the file in 32 bits
   */
  QuantizationReport of(TrainedModel trained, Consumer<Path> export) {
    String data = precision
        .data()
        .or(trained::data)
        .orElse(trained.description().provenance().data().name());
    Path base =
        Temporaries.beside(target.toAbsolutePath().resolveSibling("fp32.onnx"), Temporaries.NEW);
    try {
      export.accept(base);
      return Quantizer.quantize(
          base,
          target,
          rows(base, data),
          new EvaluatedDrop(data, console),
          precision.options(),
          this::tell);
    } finally {
      delete(base);
    }
  }

  private ParityRows rows(Path base, String data) {
    int count = precision.options().rows();
    try (Model model = ModelFiles.open(base, Device.cpu(1))) {
      return CalibrationRows.of(model, data, count + count / 2, console);
    }
  }

  private void tell(String sentence) {
    console.err().println("lapidary: " + sentence);
    console.err().flush();
  }

  private static void delete(Path base) {
    try {
      Temporaries.delete(base);
    } catch (IOException e) {
      throw FileFailure.changing("cannot remove " + base, base, e, "remove it by hand");
    }
  }

  static void print(QuantizationReport report, PrintWriter out) {
    QuantizationOrigin origin = report.origin();
    out.printf(
        Locale.ROOT,
        "%s: %,d bytes, %.2f times smaller, sha256 %s%n",
        report.file(),
        report.bytes(),
        (double) report.baseBytes() / report.bytes(),
        report.sha256());
    out.printf(
        Locale.ROOT,
        "%s %.4f, in 32 bits %.4f: a drop of %.4f%n",
        origin.metric(),
        origin.after(),
        origin.before(),
        origin.drop());
    out.printf(
        Locale.ROOT,
        "%d layers in 8 bits%s; ranges by %s on %d rows, sha256 %s%n",
        origin.layers(),
        origin.inFloat().isEmpty() ? "" : ", in 32 still: " + String.join(", ", origin.inFloat()),
        origin.ranges().toLowerCase(Locale.ROOT).replace('_', '-'),
        origin.rows(),
        origin.rowsSha256());
    out.printf(Locale.ROOT, "%.2f times as fast at batch 1 on one thread%n", report.speedup());
  }
}
