package lapidary.runtime.contents;

import java.io.IOException;
import lapidary.runtime.check.OnnxFields;

/**
 * A TensorProto, its values left where they are. Field numbers from onnx.proto.
 *
 * @param name its name
 * @param type of its elements
 * @param values their number, as the dimensions say
 * @param bytes what they take where they are, or would take where the file lists them as numbers
 */
record StoredTensor(String name, StoredType type, long values, long bytes) {
  private static final int MOST_RANK = 64;

  /** @param names counts the bytes of what is kept */
  static StoredTensor read(OnnxFields tensor, KeptNames names) throws IOException {
    String name = "";
    long type = 0;
    double values = 1;
    long stored = 0;
    while (tensor.next()) {
      if (tensor.isNumber(1)) {
        values *= tensor.number();
      } else if (tensor.isPart(1)) {
        for (long size : tensor.packed(MOST_RANK)) {
          values *= size;
        }
      } else if (tensor.isNumber(2)) {
        type = tensor.number();
      } else if (tensor.isPart(8)) {
        name = names.text(tensor);
      } else if (tensor.isPart(6) || tensor.isPart(9)) {
        stored += tensor.length();
      }
    }
    StoredType known = StoredType.of(type);
    long reckoned = (long) Math.ceil(values * known.bits() / Byte.SIZE);
    return new StoredTensor(name, known, (long) values, stored > 0 ? stored : reckoned);
  }
}
