package lapidary.exporter.graph;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import lapidary.exporter.onnx.Onnx.ModelProto;

/** Reads and writes ONNX files. Stateless. */
public final class ModelFile {
  private ModelFile() {}

  /** Reads a file whose structure the runtime has checked before. */
  public static ModelProto read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return ModelProto.parseFrom(in);
    }
  }

  /** Writes a model in the place of what the file holds. */
  public static void write(ModelProto model, Path file) throws IOException {
    write(model, Files.newOutputStream(file));
  }

  /** Writes a part of a model behind what the file holds. */
  public static void append(ModelProto part, Path file) throws IOException {
    write(part, Files.newOutputStream(file, StandardOpenOption.APPEND));
  }

  private static void write(ModelProto model, OutputStream file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(file, 1 << 16)) {
      model.writeTo(out);
    }
  }
}
