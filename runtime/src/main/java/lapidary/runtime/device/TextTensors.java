package lapidary.runtime.device;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;
import lapidary.models.wire.WireWriter;

/**
 * Makes tensors of texts. Handing a text to native code costs some 200 ns, so a long column of few different texts goes over as those
 * texts and a row number for each place; a graph of one Gather, run by ONNX Runtime, puts them in place. Thread-safe.
 */
public final class TextTensors {
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

  /** A tensor of texts; the result is the caller's to close. */
  public static OnnxTensor of(String[] texts, long[] shape) throws OrtException {
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

  private static byte[] graph() {
    WireWriter node =
        new WireWriter().text(1, TEXTS).text(1, ROWS).text(2, "out").text(4, "Gather");
    WireWriter graph = new WireWriter()
        .message(1, node)
        .text(2, "gather")
        .message(11, Ort.port(TEXTS, 8))
        .message(11, Ort.port(ROWS, 7))
        .message(12, Ort.port("out", 8));
    return Ort.file(graph);
  }
}
