package lapidary.exporter.graph;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import lapidary.exporter.onnx.Onnx.StringStringEntryProto;
import lapidary.exporter.onnx.Onnx.TensorProto;
import lapidary.models.Sha256;

/**
 * The weights of a graph in a file of their own, as ONNX has it for what is too large for one message. Its bytes follow from the graph
 * alone, and are written from where the weights are: no second copy is made. Immutable.
 */
public final class ExternalWeights {
  /** What is shorter stays in the graph: sizes and axes, which shape inference reads there. */
  private static final int LEAST_BYTES = 512;

  /** Tensors begin at multiples of this, a page of memory, so that a reader can map them. */
  private static final int ALIGNMENT = 4096;

  private final Map<String, Place> places = new LinkedHashMap<>();
  private final String sha256;

  /** Where a tensor is in the file. */
  private record Place(TensorData data, long offset, int length) {
    long end() {
      return offset + length;
    }
  }

  private ExternalWeights(OnnxGraph graph) {
    long end = 0;
    for (Map.Entry<String, TensorData> each : graph.initializers().entrySet()) {
      int length = each.getValue().bytes().remaining();
      if (length >= LEAST_BYTES) {
        Place place = new Place(each.getValue(), aligned(end), length);
        places.put(each.getKey(), place);
        end = place.end();
      }
    }
    this.sha256 = digest();
  }

  /** The weights of a graph; the graph is not changed from now on. */
  public static ExternalWeights of(OnnxGraph graph) {
    return new ExternalWeights(graph);
  }

  /** Whether the graph is to keep them all: they are few. */
  public boolean isEmpty() {
    return places.isEmpty();
  }

  /** The SHA-256 of the file's bytes, 64 hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  /** Fills a file that is empty. */
  public void write(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      write(bytes -> {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      });
    }
  }

  /** How the graph refers to them, in a file of this name beside its own. */
  public ProtoWriter.Weights named(String fileName) {
    return (initializer, tensor) -> {
      Place place = places.get(initializer);
      if (place != null) {
        tensor
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", fileName))
            .addExternalData(entry("offset", Long.toString(place.offset())))
            .addExternalData(entry("length", Integer.toString(place.length())));
      }
      return place != null;
    };
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /** Takes the next bytes of the file. */
  @FunctionalInterface
  private interface Sink {
    void take(ByteBuffer bytes) throws IOException;
  }

  private void write(Sink sink) throws IOException {
    long end = 0;
    for (Place place : places.values()) {
      sink.take(ByteBuffer.allocate((int) (place.offset() - end)));
      sink.take(place.data().bytes().duplicate());
      end = place.end();
    }
  }

  private String digest() {
    MessageDigest digest = Sha256.digest();
    try {
      write(digest::update);
    } catch (IOException e) {
      throw new IllegalStateException("a digest reads and writes no file", e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static long aligned(long end) {
    return (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
