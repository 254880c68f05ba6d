package lapidary.trainer.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.models.wire.WireReader;
import lapidary.models.wire.WireReader.DamagedWireException;

/**
 * The weights in an ONNX file: initializers of the model's graph that hold floating-point numbers, without a look at its nodes.
 * Integer initializers are constants of the graph, not weights, and are left out; bfloat16 becomes FLOAT32 on the way in. Every
 * length is checked against the file before memory is taken for it. Not thread-safe; {@link #read} is.
 *
 * <p>Format: onnx.proto of the ONNX project.
 */
public final class OnnxInitializers {
  private static final int GRAPH = 7;
  private static final int INITIALIZER = 5;
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private final WireReader reader;
  private final String source;
  private final List<StoredTensor> tensors = new ArrayList<>();

  private OnnxInitializers(WireReader reader, String source) {
    this.reader = reader;
    this.source = source;
  }

  /**
   * The weights in the file's order.
   *
   * @throws InvalidInputException if the file cannot be read, is damaged, or keeps its weights outside or in float64
   */
  public static List<StoredTensor> read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      WireReader reader = new WireReader(channel);
      return new OnnxInitializers(reader, file.toString()).model();
    } catch (DamagedWireException e) {
      throw new InvalidInputException(
          file + " is not an ONNX file, or a damaged one: there is " + e.getMessage()
              + "; get or write it again",
          e);
    } catch (IOException e) {
      String reason = Files.exists(file) ? String.valueOf(e.getMessage()) : "it does not exist";
      throw new InvalidInputException(
          "cannot read " + file + ": " + reason + "; give an ONNX file you can read", e);
    }
  }

  /** What a message does with its fields. */
  interface Fields {
    /** A number. */
    void number(int field, long value);

    /** {@code length} bytes, all of which are read if the answer is true, and none if it is false. */
    boolean part(int field, long length) throws IOException;
  }

  private List<StoredTensor> model() throws IOException {
    message(reader.size(), only(GRAPH, this::graph));
    if (tensors.isEmpty()) {
      throw new InvalidInputException(
          source + " has no weights in its graph; give a trained network's ONNX file");
    }
    return List.copyOf(tensors);
  }

  private void graph(long end) throws IOException {
    message(end, only(INITIALIZER, this::tensor));
  }

  private void tensor(long end) throws IOException {
    OnnxTensor tensor = new OnnxTensor(reader, source);
    message(end, tensor);
    Optional<StoredTensor> stored = tensor.stored();
    stored.ifPresent(tensors::add);
  }

  private void message(long end, Fields fields) throws IOException {
    while (reader.position() < end) {
      long tag = reader.varint();
      int field = (int) Math.min(tag >>> 3, Integer.MAX_VALUE);
      switch ((int) (tag & 7)) {
        case VARINT -> fields.number(field, reader.varint());
        case FIXED64 -> reader.skip(Long.BYTES, end);
        case FIXED32 -> reader.skip(Integer.BYTES, end);
        case LENGTH -> part(fields, field, reader.length(end));
        default -> throw new DamagedWireException("wire type " + (tag & 7));
      }
    }
    if (reader.position() > end) {
      throw new DamagedWireException("a value that runs over the end of its message");
    }
  }

  private void part(Fields fields, int field, long length) throws IOException {
    if (!fields.part(field, length)) {
      reader.skip(length, reader.position() + length);
    }
  }

  /** A message within a message. */
  private interface Child {
    void read(long end) throws IOException;
  }

  private Fields only(int wanted, Child child) {
    return new Fields() {
      @Override
      public void number(int field, long value) {}

      @Override
      public boolean part(int field, long length) throws IOException {
        if (field != wanted) {
          return false;
        }
        child.read(reader.position() + length);
        return true;
      }
    };
  }
}
