package lapidary.exporter;

import java.nio.file.Path;
import java.util.List;
import lapidary.models.Parity;

/**
 * What was exported.
 *
 * @param file the ONNX file
 * @param sha256 of the file's bytes, 64 hexadecimal digits
 * @param bytes the file's size
 * @param nodes operations in the graph
 * @param opset version of the ONNX operator set
 * @param parity how far ONNX Runtime's answers are from the trainer's
 * @param notes what a caller should know of the file, as sentences
 */
public record ExportReport(
    Path file, String sha256, long bytes, int nodes, int opset, Parity parity, List<String> notes) {
  public ExportReport {
    notes = List.copyOf(notes);
  }
}
