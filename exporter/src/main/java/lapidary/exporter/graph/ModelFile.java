package lapidary.exporter.graph;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import lapidary.exporter.onnx.Onnx.ModelProto;

/** Reads ONNX files. Stateless. */
public final class ModelFile {
  private ModelFile() {}

  /** Reads a file whose structure the runtime has checked before. */
  public static ModelProto read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return ModelProto.parseFrom(in);
    }
  }
}
