package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Locale;

/** An element type that functions run in beside single precision, one batch at one opset. */
enum CaseType {
  F64(DataType.FLOAT64, 1e-9),
  F16(DataType.FLOAT16, 2e-3),
  I64(DataType.INT64, 5e-6),
  I32(DataType.INT32, 5e-6),
  BOOL(DataType.BOOLEAN, 5e-6);

  /** How a case meets a type. */
  enum Given {
    /** It is what the case is given anyhow. */
    THIS,
    ANOTHER,
    /** The case makes no arrays. */
    NONE
  }

  static final long BATCH = 3;
  static final int OPSET = 21;
  private static final double SINGLE = 5e-6;

  private final DataType type;
  private final double tolerance;

  CaseType(DataType type, double tolerance) {
    this.type = type;
    this.tolerance = tolerance;
  }

  /** Relative: what the type has digits for, or the answers have. */
  double tolerance(List<DataType> outputs) {
    return outputs.contains(DataType.FLOAT32) ? Math.max(tolerance, SINGLE) : tolerance;
  }

  Given given(NDList arrays) {
    if (arrays.isEmpty()) {
      return Given.NONE;
    }
    return replaceable(arrays) == type ? Given.THIS : Given.ANOTHER;
  }

  /** The case with arrays of this type instead of those of single precision, or of its first one's type where there are none. */
  Case of(Case example) {
    return new Case(example.input(), x -> cast(example.before().apply(x)), example.operation());
  }

  private static DataType replaceable(NDList arrays) {
    boolean single = arrays.stream().anyMatch(array -> array.getDataType() == DataType.FLOAT32);
    return single ? DataType.FLOAT32 : arrays.head().getDataType();
  }

  private NDList cast(NDList arrays) {
    DataType replaced = replaceable(arrays);
    NDList cast = new NDList();
    arrays.forEach(array -> cast.add(array.getDataType() == replaced ? cast(array) : array));
    return cast;
  }

  /** Whole numbers are 3 times as large and one further from 0, so that few are 0, by which the engine does not divide. */
  private NDArray cast(NDArray array) {
    if (!array.getDataType().isFloating()) {
      return array.toType(type, false);
    }
    return switch (type) {
      case BOOLEAN -> array.gt(0);
      case INT64, INT32 -> array.mul(3).add(array.sign()).toType(type, false);
      default -> array.toType(type, false);
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
