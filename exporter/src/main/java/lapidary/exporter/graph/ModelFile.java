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
  /** The most bytes of weights one protobuf message can hold, with room for the graph around them. */
  public static final long LARGEST = Integer.MAX_VALUE - (64L << 20);

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

  /** Refuses a graph with more than {@code largest} bytes of weights. */
  public static void requireSize(OnnxGraph graph, long largest) {
    long bytes = graph.initializers().values().stream()
        .mapToLong(data -> data.bytes().remaining())
        .sum();
    if (bytes > largest) {
      throw new ExportException("the weights take " + bytes + " bytes, and one ONNX file holds at"
          + " most " + largest + "; export with FP16 precision, or make the network smaller");
    }
  }
}
