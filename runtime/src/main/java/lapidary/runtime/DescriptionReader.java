package lapidary.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lapidary.models.DescriptionCodec;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.models.wire.WireReader;
import lapidary.models.wire.WireReader.DamagedWireException;
import lapidary.runtime.check.OnnxFields;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.contents.StoredType;

/**
 * Reads in Java what a checked ONNX file says of its inputs, its outputs and itself. Memory is bounded by {@link #MAX_KEPT},
 * whatever the file has in it. Field numbers from onnx.proto. Not thread-safe.
 */
final class DescriptionReader {
  /** Names, dimensions and metadata that are kept, in bytes. */
  static final long MAX_KEPT = 256L << 20;

  /** What a text of no length takes in memory, in bytes. */
  private static final int OVERHEAD = 64;

  private static final Map<Long, ElementType> TYPES = Map.ofEntries(
      Map.entry(1L, ElementType.FLOAT32),
      Map.entry(2L, ElementType.UINT8),
      Map.entry(3L, ElementType.INT8),
      Map.entry(4L, ElementType.UINT16),
      Map.entry(5L, ElementType.INT16),
      Map.entry(6L, ElementType.INT32),
      Map.entry(7L, ElementType.INT64),
      Map.entry(8L, ElementType.STRING),
      Map.entry(9L, ElementType.BOOL),
      Map.entry(10L, ElementType.FLOAT16),
      Map.entry(11L, ElementType.FLOAT64),
      Map.entry(12L, ElementType.UINT32),
      Map.entry(13L, ElementType.UINT64),
      Map.entry(16L, ElementType.BFLOAT16));

  private static final int TENSOR = 1;

  private static final int TENSOR_NAME = 8;

  /** By the field of a type that holds them. */
  private static final Map<Integer, String> NOT_TENSORS = Map.of(
      4, "a sequence", 5, "a map", 7, "opaque", 8, "a sparse tensor", 9, "an optional value");

  private final String source;
  private final List<Value> inputs = new ArrayList<>();
  private final List<Value> outputs = new ArrayList<>();
  private final Set<String> initializers = new HashSet<>();
  private final Map<String, String> metadata = new TreeMap<>();
  private long left = MAX_KEPT;

  private DescriptionReader(String source) {
    this.source = source;
  }

  /**
   * Inputs and outputs with the shapes that the file writes, and what it says of itself. Of a key that is there twice the last counts,
   * as in ONNX Runtime.
   *
   * @throws InvalidInputException if the metadata is damaged
   */
  static FileDescription read(OnnxFileCheck.Checked file) throws IOException {
    return opened(file).description();
  }

  private static DescriptionReader opened(OnnxFileCheck.Checked file) throws IOException {
    try (FileChannel channel = FileChannel.open(file.real(), StandardOpenOption.READ)) {
      DescriptionReader reader = new DescriptionReader(file.path().toString());
      reader.model(OnnxFields.of(new WireReader(channel)));
      return reader;
    } catch (DamagedWireException e) {
      throw new InvalidInputException(
          file.path() + " is damaged: in what it says of itself there is " + e.getMessage()
              + "; export or copy it again",
          e);
    }
  }

  /** An input or output while it is read. */
  private static final class Value {
    String name = "";
    String kind = "without a type";
    long type;
    final List<Long> shape = new ArrayList<>();
  }

  private FileDescription description() {
    return FileDescription.of(
        inputs(),
        outputs.stream().map(DescriptionReader::info).toList(),
        metadata,
        DescriptionCodec.fromMetadata(metadata, source));
  }

  private List<TensorInfo> inputs() {
    return inputs.stream()
        .filter(value -> !initializers.contains(value.name))
        .map(DescriptionReader::info)
        .toList();
  }

  private static TensorInfo info(Value value) {
    ElementType type = TYPES.get(value.type);
    return type == null
        ? TensorInfo.unreadable(value.name, value.kind, value.shape)
        : new TensorInfo(value.name, type, value.shape);
  }

  private void model(OnnxFields model) throws IOException {
    while (model.next()) {
      if (model.isPart(7)) {
        graph(model.part());
      } else if (model.isPart(14)) {
        entry(model.part());
      }
    }
  }

  private void entry(OnnxFields entry) throws IOException {
    String key = "";
    String value = "";
    while (entry.next()) {
      key = entry.isPart(1) ? text(entry) : key;
      value = entry.isPart(2) ? text(entry) : value;
    }
    metadata.put(key, value);
  }

  private void graph(OnnxFields graph) throws IOException {
    while (graph.next()) {
      if (graph.isPart(5)) {
        initializer(graph.part());
      } else if (graph.isPart(11)) {
        inputs.add(value(graph.part()));
      } else if (graph.isPart(12)) {
        outputs.add(value(graph.part()));
      } else if (graph.isPart(15)) {
        sparseInitializer(graph.part());
      }
    }
  }

  /** An input with a value of its own need not be given, and is not counted as one. */
  private void initializer(OnnxFields tensor) throws IOException {
    while (tensor.next()) {
      if (tensor.isPart(TENSOR_NAME)) {
        initializers.add(text(tensor));
      }
    }
  }

  private void sparseInitializer(OnnxFields sparse) throws IOException {
    while (sparse.next()) {
      if (sparse.isPart(1)) {
        initializer(sparse.part());
      }
    }
  }

  private Value value(OnnxFields fields) throws IOException {
    keep(0);
    Value value = new Value();
    while (fields.next()) {
      if (fields.isPart(1)) {
        value.name = text(fields);
      } else if (fields.isPart(2)) {
        type(fields.part(), value);
      }
    }
    return value;
  }

  private void type(OnnxFields fields, Value value) throws IOException {
    while (fields.next()) {
      if (fields.isPart(TENSOR)) {
        tensor(fields.part(), value);
      }
      for (Map.Entry<Integer, String> other : NOT_TENSORS.entrySet()) {
        value.kind = fields.isPart(other.getKey()) ? other.getValue() : value.kind;
      }
    }
  }

  private void tensor(OnnxFields fields, Value value) throws IOException {
    while (fields.next()) {
      if (fields.isNumber(1)) {
        value.type = (int) fields.number();
        value.kind = StoredType.of(value.type).name();
      } else if (fields.isPart(2)) {
        shape(fields.part(), value);
      }
    }
  }

  private void shape(OnnxFields fields, Value value) throws IOException {
    while (fields.next()) {
      if (fields.isPart(1)) {
        keep(0);
        value.shape.add(dimension(fields.part()));
      }
    }
  }

  /** A dimension that has a name, or neither name nor number, is free. */
  private static long dimension(OnnxFields fields) throws IOException {
    long size = -1;
    while (fields.next()) {
      size = fields.isNumber(1) ? Math.max(-1, fields.number()) : size;
      size = fields.isPart(2) ? -1 : size;
    }
    return size;
  }

  private String text(OnnxFields fields) throws IOException {
    keep(fields.length());
    return fields.text();
  }

  private void keep(long bytes) {
    left -= bytes + OVERHEAD;
    if (left < 0) {
      throw new InvalidInputException(source + " has more than " + (MAX_KEPT >> 20)
          + " MiB of names and metadata; export it again with less");
    }
  }
}
