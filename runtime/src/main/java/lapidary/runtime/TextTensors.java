package lapidary.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes tensors of texts. Handing a text to native code costs some 200 ns, so a long column of few different texts goes over as those
 * texts and a row number for each place; a graph of one Gather, run by ONNX Runtime, puts them in place. Thread-safe.
 */
final class TextTensors {
  /** Shorter columns are handed over text by text. */
  private static final int LONG = 64;

  /** How many places each different text has to have, for the detour to pay. */
  private static final int REPEATED = 4;

  private static final String TEXTS = "texts";
  private static final String ROWS = "rows";

  private TextTensors() {}

  /** The graph, in memory for as long as the process lives, as ONNX Runtime's environment is. */
  private static final class Holder {
    static final OrtSession GATHER = Ort.session(graph());
  }

  static OnnxTensor of(String[] texts, long[] shape) throws OrtException {
    if (texts.length < LONG) {
      return Ort.tensor(texts, shape);
    }
    Map<String, Integer> places = new HashMap<>();
    LongBuffer rows = ByteBuffer.allocateDirect(Long.BYTES * texts.length)
        .order(ByteOrder.nativeOrder())
        .asLongBuffer();
    int most = texts.length / REPEATED;
    for (String text : texts) {
      Integer place = places.get(text);
      if (place == null) {
        if (places.size() == most) {
          return Ort.tensor(texts, shape);
        }
        place = places.size();
        places.put(text, place);
      }
      rows.put(place);
    }
    return gather(places, rows.rewind(), shape);
  }

  private static OnnxTensor gather(Map<String, Integer> places, LongBuffer rows, long[] shape)
      throws OrtException {
    String[] different = new String[places.size()];
    places.forEach((text, place) -> different[place] = text);
    try (OnnxTensor texts = Ort.tensor(different, new long[] {different.length});
        OnnxTensor index = Ort.tensor(rows, shape)) {
      // The result's tensor is the caller's to close; there is nothing else in it.
      return (OnnxTensor) Holder.GATHER.run(Map.of(TEXTS, texts, ROWS, index)).get(0);
    }
  }

  /** An ONNX file of IR version 8: Gather(texts, rows), by protobuf's field numbers in onnx.proto. */
  private static byte[] graph() {
    byte[] node = join(text(1, TEXTS), text(1, ROWS), text(2, "out"), text(4, "Gather"));
    byte[] graph = join(
        message(1, node),
        text(2, "gather"),
        message(11, port(TEXTS, 8)),
        message(11, port(ROWS, 7)),
        message(12, port("out", 8)));
    return join(number(1, 8), message(7, graph), message(8, number(2, 17)));
  }

  /** A tensor of any shape with elements of a TensorProto.DataType. */
  private static byte[] port(String name, int type) {
    return join(text(1, name), message(2, message(1, number(1, type))));
  }

  private static byte[] text(int field, String value) {
    return message(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Lengths here are below 128: one byte each. */
  private static byte[] message(int field, byte[] value) {
    return join(new byte[] {(byte) (field << 3 | 2), (byte) value.length}, value);
  }

  private static byte[] number(int field, int value) {
    return new byte[] {(byte) (field << 3), (byte) value};
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
