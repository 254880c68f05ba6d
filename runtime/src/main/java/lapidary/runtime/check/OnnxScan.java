package lapidary.runtime.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lapidary.models.wire.WireReader;
import lapidary.models.wire.WireReader.DamagedWireException;
import lapidary.runtime.check.OnnxMessage.Field;

/**
 * One pass over an ONNX file's structure: every length inside its parent, nesting bounded, nothing said twice that may be said
 * once, and what the check needs to know collected on the way. Weights are skipped. Not thread-safe.
 */
final class OnnxScan {
  /** Messages in messages. A graph inside a graph's node costs three; protobuf itself gives up at 100. */
  static final int MAX_DEPTH = 64;

  /** The longest operator domain or external file name, in bytes. */
  static final int MAX_TEXT = 4096;

  /** Keys and values of one tensor's external data: ONNX knows four keys. */
  private static final int MAX_ENTRIES = 16;

  /** Tensors whose data is outside the file. */
  private static final int MAX_EXTERNAL = 1 << 20;

  /** Names longer than this, in bytes, are left out of error messages. */
  private static final int MAX_NAME = 256;

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
    scan.message(new ScannedMessage(OnnxMessage.MODEL, null), reader.size());
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

  private void message(ScannedMessage message, long end) throws IOException {
    if (message.depth > MAX_DEPTH) {
      throw new DamagedWireException("more than " + MAX_DEPTH + " messages inside one another");
    }
    while (reader.position() < end) {
      field(message, end);
    }
    if (reader.position() > end) {
      throw new DamagedWireException("a value that runs over the end of its message");
    }
    message.requireSingle();
    finish(message);
  }

  private void field(ScannedMessage message, long end) throws IOException {
    long tag = reader.varint();
    long number = tag >>> 3;
    if (number < 1 || number > MAX_FIELD) {
      throw new DamagedWireException("field number " + number);
    }
    int field = (int) number;
    message.note(field);
    switch ((int) (tag & 7)) {
      case VARINT -> number(message, field, reader.varint());
      case FIXED64 -> reader.skip(Long.BYTES, end);
      case FIXED32 -> reader.skip(Integer.BYTES, end);
      case LENGTH -> part(message, field, reader.length(end));
      default -> throw new DamagedWireException("wire type " + (tag & 7));
    }
  }

  private static void number(ScannedMessage message, int field, long value) {
    if (message.type == OnnxMessage.OPSET_IMPORT
        || (message.type == OnnxMessage.TENSOR && field == Field.DATA_LOCATION)) {
      message.numbers.put(field, value);
    }
  }

  private void part(ScannedMessage message, int field, long length) throws IOException {
    OnnxMessage child = message.type.in(field);
    if (child != null) {
      message(new ScannedMessage(child, message), reader.position() + length);
    } else if (message.type == OnnxMessage.OPSET_IMPORT
        || message.type == OnnxMessage.EXTERNAL_DATA) {
      message.texts.put(field, text(length));
    } else if (length <= MAX_NAME && message.isName(field)) {
      message.texts.put(field, reader.text((int) length));
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

  private void finish(ScannedMessage message) throws DamagedWireException {
    switch (message.type) {
      case NODE -> nodes += message.within(OnnxMessage.GRAPH, OnnxMessage.MODEL) ? 1 : 0;
      case OPSET_IMPORT -> imported(message);
      case EXTERNAL_DATA -> handOn(message);
      case TENSOR -> tensor(message);
      default -> {
        // The other messages matter for their lengths only.
      }
    }
  }

  private static void handOn(ScannedMessage entry) throws DamagedWireException {
    ScannedMessage tensor = Objects.requireNonNull(entry.parent);
    if (tensor.entries.size() == MAX_ENTRIES) {
      throw new DamagedWireException(
          "more than " + MAX_ENTRIES + " entries of external data in " + tensor.described());
    }
    tensor.entries.add(Map.entry(
        entry.texts.getOrDefault(Field.KEY, ""), entry.texts.getOrDefault(Field.VALUE, "")));
  }

  private void tensor(ScannedMessage tensor) throws DamagedWireException {
    long stored = tensor.numbers.getOrDefault(Field.DATA_LOCATION, 0L);
    if (stored == 0 && tensor.entries.isEmpty()) {
      return;
    }
    if (external.size() == MAX_EXTERNAL) {
      throw new DamagedWireException("more than " + MAX_EXTERNAL + " tensors outside the file");
    }
    external.add(new ExternalData(tensor.described(), tensor.entries, stored));
  }

  private void imported(ScannedMessage set) throws DamagedWireException {
    imports++;
    String domain = set.texts.getOrDefault(Field.DOMAIN, "");
    long version = set.numbers.getOrDefault(Field.VERSION, 0L);
    if (version < 0 || version > Integer.MAX_VALUE) {
      throw new DamagedWireException("version " + version + " of operator set \"" + domain + "\"");
    }
    if (set.within(OnnxMessage.MODEL) && (domain.isEmpty() || domain.equals("ai.onnx"))) {
      opset = (int) version;
    }
  }
}
