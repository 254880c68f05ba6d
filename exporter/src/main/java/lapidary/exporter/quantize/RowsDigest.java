package lapidary.exporter.quantize;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import lapidary.models.Sha256;
import lapidary.runtime.Tensor;

/** The SHA-256 of rows as a file takes them: of each batch, input after input by name, the numbers or texts one by one. Stateless. */
public final class RowsDigest {
  private RowsDigest() {}

  /** Digests all batches; 64 hexadecimal digits. */
  public static String of(Rows rows) {
    MessageDigest digest = Sha256.digest();
    rows.forEachBatch(feed -> add(digest, feed));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, Map<String, Tensor> feed) {
    new TreeMap<>(feed).forEach((name, tensor) -> {
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      add(digest, tensor);
    });
  }

  private static void add(MessageDigest digest, Tensor tensor) {
    switch (tensor.type()) {
      case UINT8, INT8 -> digest.update(tensor.bytes());
      case FLOAT32 -> add(digest, Arrays.toString(tensor.floats()));
      case FLOAT64 -> add(digest, Arrays.toString(tensor.doubles()));
      case INT64 -> add(digest, Arrays.toString(tensor.longs()));
      case INT32 -> add(digest, Arrays.toString(tensor.ints()));
      case BOOL -> add(digest, Arrays.toString(tensor.bools()));
      case STRING -> add(digest, Arrays.toString(tensor.strings()));
      default -> throw new IllegalStateException("no rows are of type " + tensor);
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
