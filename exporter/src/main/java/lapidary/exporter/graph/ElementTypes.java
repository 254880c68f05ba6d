package lapidary.exporter.graph;

import ai.djl.ndarray.types.DataType;
import java.util.EnumMap;
import java.util.Map;
import lapidary.models.ElementType;

/** The element types of ONNX beside those of DJL and of this project. Stateless. */
public final class ElementTypes {
  private static final Map<DataType, Integer> CODES = new EnumMap<>(Map.of(
      DataType.FLOAT32, 1,
      DataType.UINT8, 2,
      DataType.INT8, 3,
      DataType.INT16, 5,
      DataType.INT32, 6,
      DataType.INT64, 7,
      DataType.STRING, 8,
      DataType.BOOLEAN, 9,
      DataType.FLOAT16, 10,
      DataType.FLOAT64, 11));
  private static final Map<ElementType, DataType> DJL = new EnumMap<>(Map.of(
      ElementType.FLOAT32, DataType.FLOAT32,
      ElementType.FLOAT16, DataType.FLOAT16,
      ElementType.FLOAT64, DataType.FLOAT64,
      ElementType.INT8, DataType.INT8,
      ElementType.UINT8, DataType.UINT8,
      ElementType.INT32, DataType.INT32,
      ElementType.INT64, DataType.INT64,
      ElementType.BOOL, DataType.BOOLEAN));

  private ElementTypes() {}

  /** TensorProto.DataType of an element type. */
  public static int code(DataType type) {
    Integer code = CODES.get(type);
    if (code == null) {
      throw new ExportException("element type " + type
          + " has no counterpart in the ONNX files written here; cast to FLOAT32 or INT64");
    }
    return code;
  }

  /** The element type of a TensorProto.DataType. */
  static DataType djl(int code) {
    return CODES.entrySet().stream()
        .filter(known -> known.getValue() == code)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new ExportException("element type " + code
            + " of ONNX cannot be read here; give a file that Lapidary exported itself"));
  }

  /** DJL's name of an input's element type. */
  public static DataType djl(String input, ElementType type) {
    DataType result = DJL.get(type);
    if (result == null) {
      throw new ExportException("input " + input + " is of type " + type
          + ", which no DJL block takes; turn it into numbers before the network");
    }
    return result;
  }
}
