package lapidary.exporter.quantize;

import lapidary.runtime.Tensor;

/** The mean of each channel of a value over all rows seen. Not thread-safe. */
final class ChannelMeans {
  private final boolean last;
  private double[] sums = new double[0];
  private long count;

  /** @param last whether channels are counted by the last dimension, not by the second */
  ChannelMeans(boolean last) {
    this.last = last;
  }

  void see(Tensor tensor) {
    long[] shape = tensor.shape();
    float[] numbers = tensor.floats();
    int axis = last ? shape.length - 1 : 1;
    int channels = (int) shape[axis];
    int inner = 1;
    for (int i = axis + 1; i < shape.length; i++) {
      inner *= (int) shape[i];
    }
    sums = sums.length == 0 ? new double[channels] : sums;
    for (int i = 0; i < numbers.length; i++) {
      sums[i / inner % channels] += numbers[i];
    }
    count += numbers.length / channels;
  }

  double[] means() {
    double[] means = new double[sums.length];
    for (int c = 0; c < means.length; c++) {
      means[c] = sums[c] / count;
    }
    return means;
  }
}
