package lapidary.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.wire.WireReader;
import lapidary.models.wire.WireReader.DamagedWireException;

/**
 * One pass over an ONNX file's structure: every length inside its parent, nesting bounded, and what the check needs to know
 * collected on the way. Weights are skipped. Not thread-safe.
 */
final class OnnxScan {
  /** Messages in messages. A graph inside a graph's node costs three; protobuf itself gives up at 100. */
  static final int MAX_DEPTH = 64;

  /** The longest operator domain or external file name, in bytes. */
  static final int MAX_TEXT = 4096;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;
  private static final long MAX_FIELD = (1 << 29) - 1;

  private final WireReader reader;
  private final List<ExternalData> external = new ArrayList<>();
  private long nodes;
  private int imports;
  private int opset;

  private OnnxScan(WireReader reader) {
    this.reader = reader;
  }

  /** @throws DamagedWireException if the bytes are not an ONNX file's; {@code reader} stands where it went wrong */
  static OnnxScan of(WireReader reader) throws IOException {
    OnnxScan scan = new OnnxScan(reader);
    scan.message(OnnxMessage.MODEL, reader.size(), 0, new Entry());
    return scan;
  }

  /** Nodes of the model's graph, those of graphs within it not counted. */
  long nodes() {
    return nodes;
  }

  /** Operator sets imported by the model and its functions. */
  int imports() {
    return imports;
  }

  /** The version of the standard operator set, or 0 if the file imports others only. */
  int opset() {
    return opset;
  }

  /** Where the tensors that are not in the file are said to be, in file order, repeated as the file repeats them. */
  List<ExternalData> external() {
    return external;
  }

  /** The texts and numbers of a small message by field number; the last one counts, as in protobuf. */
  private static final class Entry {
    final Map<Integer, String> texts = new HashMap<>();
    final Map<Integer, Long> numbers = new HashMap<>();
    final Map<String, String> external = new HashMap<>();
  }

  private void message(OnnxMessage type, long end, int depth, Entry parent) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new DamagedWireException("more than " + MAX_DEPTH + " messages inside one another");
    }
    Entry entry = new Entry();
    while (reader.position() < end) {
      field(type, end, depth, entry);
    }
    if (reader.position() > end) {
      throw new DamagedWireException("a value that runs over the end of its message");
    }
    finish(type, depth, entry, parent);
  }

  private void field(OnnxMessage type, long end, int depth, Entry entry) throws IOException {
    long tag = reader.varint();
    long number = tag >>> 3;
    if (number < 1 || number > MAX_FIELD) {
      throw new DamagedWireException("field number " + number);
    }
    switch ((int) (tag & 7)) {
      case VARINT -> number(type, (int) number, reader.varint(), entry);
      case FIXED64 -> reader.skip(Long.BYTES, end);
      case FIXED32 -> reader.skip(Integer.BYTES, end);
      case LENGTH -> part(type, (int) number, reader.length(end), depth, entry);
      default -> throw new DamagedWireException("wire type " + (tag & 7));
    }
  }

  private static void number(OnnxMessage type, int field, long value, Entry entry) {
    if (type == OnnxMessage.OPSET_IMPORT) {
      entry.numbers.put(field, value);
    }
  }

  private void part(OnnxMessage type, int field, long length, int depth, Entry entry)
      throws IOException {
    OnnxMessage child = type.in(field);
    if (child != null) {
      message(child, reader.position() + length, depth + 1, entry);
    } else if (type == OnnxMessage.OPSET_IMPORT || type == OnnxMessage.EXTERNAL_DATA) {
      entry.texts.put(field, text(length));
    } else {
      reader.skip(length, reader.position() + length);
    }
  }

  private String text(long length) throws IOException {
    if (length > MAX_TEXT) {
      throw new DamagedWireException("a name of " + length + " bytes");
    }
    return reader.text((int) length);
  }

  private void finish(OnnxMessage type, int depth, Entry entry, Entry parent) {
    switch (type) {
      case NODE -> nodes += depth == 2 ? 1 : 0;
      case OPSET_IMPORT -> imported(entry, depth);
      case EXTERNAL_DATA ->
        parent.external.put(entry.texts.getOrDefault(1, ""), entry.texts.getOrDefault(2, ""));
      case TENSOR -> ExternalData.of(entry.external).ifPresent(external::add);
      default -> {
        // The other messages matter for their lengths only.
      }
    }
  }

  private void imported(Entry entry, int depth) {
    imports++;
    String domain = entry.texts.getOrDefault(1, "");
    if (depth == 1 && (domain.isEmpty() || domain.equals("ai.onnx"))) {
      opset = Math.toIntExact(Math.min(entry.numbers.getOrDefault(2, 0L), Integer.MAX_VALUE));
    }
  }
}
