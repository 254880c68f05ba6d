package lapidary.exporter.quantize;

import java.nio.file.Path;
import lapidary.models.QuantizationOrigin;

/**
 * What was put into 8 bits.
 *
 * @param file the ONNX file
 * @param sha256 of the file's bytes, 64 hexadecimal digits
 * @param bytes the file's size
 * @param baseBytes the size of the file it was made of, weights beside it included
 * @param origin what it was made of and what that cost, as the file says it
 * @param speedup times as fast as the other file at batch 1 on one thread
 */
public record QuantizationReport(
    Path file,
    String sha256,
    long bytes,
    long baseBytes,
    QuantizationOrigin origin,
    double speedup) {}
