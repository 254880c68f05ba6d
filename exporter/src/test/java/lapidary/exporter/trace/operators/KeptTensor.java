package lapidary.exporter.trace.operators;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** A tensor as it goes to another process: its numbers as doubles, which hold single precision and small whole numbers. */
final class KeptTensor {
  private final String name;
  private final String type;
  private final long[] shape;
  private final double[] numbers;

  KeptTensor(String name, String type, long[] shape, double[] numbers) {
    this.name = name;
    this.type = type;
    this.shape = shape.clone();
    this.numbers = numbers.clone();
  }

  static KeptTensor read(DataInput in) throws IOException {
    String name = in.readUTF();
    String type = in.readUTF();
    long[] shape = new long[in.readInt()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = in.readLong();
    }
    double[] numbers = new double[in.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readDouble();
    }
    return new KeptTensor(name, type, shape, numbers);
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(name);
    out.writeUTF(type);
    out.writeInt(shape.length);
    for (long size : shape) {
      out.writeLong(size);
    }
    out.writeInt(numbers.length);
    for (double number : numbers) {
      out.writeDouble(number);
    }
  }

  String name() {
    return name;
  }

  /** As ONNX Runtime's OnnxJavaType names it. */
  String type() {
    return type;
  }

  long[] shape() {
    return shape.clone();
  }

  double[] numbers() {
    return numbers.clone();
  }

  /**
   * How far an answer is from these: the largest difference over the largest number; infinite where it has another shape. A file keeps
   * the batch of one that squeezing drops.
   */
  double distance(long[] itsShape, double[] answer) {
    if (!Arrays.equals(shape, itsShape) && !squeezed(itsShape)) {
      return Double.POSITIVE_INFINITY;
    }
    double worst = 0;
    double scale = 0;
    for (int i = 0; i < numbers.length; i++) {
      worst = Math.max(worst, gap(numbers[i], answer[i]));
      scale = Double.isFinite(numbers[i]) ? Math.max(scale, Math.abs(numbers[i])) : scale;
    }
    return scale == 0 ? worst : worst / scale;
  }

  private boolean squeezed(long... itsShape) {
    return itsShape.length > shape.length
        && itsShape[0] == 1
        && Arrays.equals(aboveOne(shape), aboveOne(itsShape));
  }

  private static long[] aboveOne(long... sizes) {
    return Arrays.stream(sizes).filter(size -> size != 1).toArray();
  }

  private static double gap(double wanted, double given) {
    if (Double.compare(wanted, given) == 0) {
      return 0;
    }
    double gap = Math.abs(wanted - given);
    return Double.isNaN(gap) ? Double.POSITIVE_INFINITY : gap;
  }
}
