package lapidary.exporter.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a traced array stands for in the graph. Rows get values from their {@link Call} and from the nodes that they say, and make
 * none themselves. Values are told apart by identity, never by {@code equals}.
 */
public sealed interface Value {
  /** The element type. */
  DataType type();

  /** The dimensions seen in this trace. */
  Shape shape();

  /** What the numbers come from. */
  default Dependence dependence() {
    return Dependence.CONSTANTS;
  }

  /** Whether there may be a NaN among the numbers; overflow apart, which finite weights on pictures do not come to. */
  default boolean mayBeNaN() {
    return false;
  }

  /**
   * An input of the network, after preprocessing.
   *
   * @param mayBeNaN whether a caller may hand in a NaN
   */
  record Input(int index, DataType type, Shape shape, boolean mayBeNaN) implements Value {
    @Override
    public Dependence dependence() {
      return Dependence.INPUTS;
    }
  }

  /** A parameter of a block. */
  record Weight(String path, NDArray array) implements Value {
    @Override
    public DataType type() {
      return array.getDataType();
    }

    @Override
    public Shape shape() {
      return array.getShape();
    }

    @Override
    public Dependence dependence() {
      return Dependence.WEIGHTS;
    }
  }

  /** An array that was made while tracing, or captured from outside the block. */
  record Constant(NDArray array) implements Value {
    @Override
    public DataType type() {
      return array.getDataType();
    }

    @Override
    public Shape shape() {
      return array.getShape();
    }
  }

  /** A number given to an operation. */
  record Scalar(Number number, DataType type) implements Value {
    @Override
    public boolean mayBeNaN() {
      return Double.isNaN(number.doubleValue());
    }

    @Override
    public Shape shape() {
      return new Shape();
    }
  }

  /** Whole numbers that shape an operation: a target shape, axes, slice bounds. */
  record Integers(List<Long> values) implements Value {
    public Integers {
      values = List.copyOf(values);
    }

    static Integers of(long... values) {
      return new Integers(Arrays.stream(values).boxed().toList());
    }

    @Override
    public DataType type() {
      return DataType.INT64;
    }

    @Override
    public Shape shape() {
      return new Shape(values.size());
    }
  }

  /** An optional input that is not given. */
  record Absent() implements Value {
    @Override
    public DataType type() {
      return DataType.UNKNOWN;
    }

    @Override
    public Shape shape() {
      return new Shape();
    }
  }

  /**
   * An output of a node.
   *
   * @param mayBeNaN whether there may be a NaN among them
   * @param array what the engine computed for it; null for the steps within one operation
   */
  record Result(
      DataType type,
      Shape shape,
      Dependence dependence,
      boolean mayBeNaN,
      @Nullable NDArray array) implements Value {}
}
