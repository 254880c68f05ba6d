package lapidary.runtime.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import lapidary.models.Sha256;
import lapidary.models.wire.WireReader;

/**
 * The weights of an ONNX file as the safetensors file that they were exported from: the exporter writes them whole and unchanged,
 * under the path of their block, so that the file's bytes, and with them its digest, follow. Field numbers from onnx.proto. Not
 * thread-safe.
 */
public final class CheckpointWeights {
  private static final int FLOAT32 = 1;
  private static final int BUFFER = 1 << 20;

  private final TreeMap<WeightName, Weight> weights = new TreeMap<>();
  private boolean whole = true;

  private CheckpointWeights() {}

  /** Where the values of one weight are in the ONNX file. */
  private record Weight(List<Long> shape, long begin, long bytes) {
    /** Other programs write the values as a list of numbers, in a field of its own. */
    boolean isRaw() {
      return bytes == Float.BYTES * shape.stream().reduce(1L, (a, b) -> a * b);
    }
  }

  /** The digest; empty if the file has weights that are not as a checkpoint has them, such as halves. */
  public static Optional<String> sha256(OnnxFileCheck.Checked file) throws IOException {
    try (FileChannel channel = FileChannel.open(file.real(), StandardOpenOption.READ)) {
      CheckpointWeights weights = new CheckpointWeights();
      weights.readModel(new WireReader(channel));
      return weights.whole && !weights.weights.isEmpty()
          ? Optional.of(weights.digest(channel))
          : Optional.empty();
    }
  }

  private void readModel(WireReader reader) throws IOException {
    for (OnnxFields model = OnnxFields.of(reader); model.next(); ) {
      if (model.isPart(7)) {
        for (OnnxFields graph = model.part(); graph.next(); ) {
          if (graph.isPart(5)) {
            add(graph.part());
          }
        }
      }
    }
  }

  private void add(OnnxFields tensor) throws IOException {
    String name = "";
    long type = 0;
    Weight weight = new Weight(new ArrayList<>(), 0, 0);
    while (tensor.next()) {
      if (tensor.isNumber(1)) {
        weight.shape.add(tensor.number());
      } else if (tensor.isNumber(2)) {
        type = tensor.number();
      } else if (tensor.isPart(8)) {
        name = tensor.text();
      } else if (tensor.isPart(9)) {
        weight = new Weight(weight.shape, tensor.begin(), tensor.length());
      }
    }
    Optional<WeightName> known = WeightName.of(name);
    if (known.isPresent()) {
      whole &= type == FLOAT32 && weight.isRaw() && weights.put(known.get(), weight) == null;
    }
  }

  private String digest(FileChannel channel) throws IOException {
    MessageDigest digest = Sha256.digest();
    digest.update(header());
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (Weight weight : weights.values()) {
      long end = weight.begin + weight.bytes;
      for (long at = weight.begin; at < end; at += buffer.limit()) {
        buffer.clear().limit((int) Math.min(BUFFER, end - at));
        if (channel.read(buffer, at) <= 0) {
          throw new IOException("the file ends inside its weights");
        }
        digest.update(buffer.flip().array(), 0, buffer.limit());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The length and the JSON text of a safetensors file, padded with spaces to a multiple of 8. */
  private byte[] header() {
    StringBuilder json = new StringBuilder("{");
    long offset = 0;
    for (var entry : weights.entrySet()) {
      Weight weight = entry.getValue();
      json.append(json.length() == 1 ? "\"" : ",\"").append(entry.getKey().stored());
      json.append("\":{\"dtype\":\"F32\",\"shape\":");
      json.append(weight.shape.toString().replace(" ", "")).append(",\"data_offsets\":[");
      json.append(offset).append(',').append(offset += weight.bytes).append("]}");
    }
    json.append('}').append(" ".repeat(-json.length() & 7));
    byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + text.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }
}
