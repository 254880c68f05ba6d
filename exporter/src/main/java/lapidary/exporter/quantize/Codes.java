package lapidary.exporter.quantize;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import lapidary.exporter.graph.TensorData;

/**
 * A layer's weights in signed 7 bits, a scale for each of its outputs: processors without VNNI add two products of an unsigned and a
 * signed byte in 16 bits, where 255 · 127 · 2 is too large and 255 · 63 · 2 is not. Immutable.
 */
final class Codes {
  private static final int LARGEST = 63;

  /** The largest bias in units of products, with room for the products. */
  private static final float LARGEST_BIAS = 1 << 30;

  private final TensorData weights;
  private final float[] scales;

  private Codes(TensorData weights, float[] scales) {
    this.weights = weights;
    this.scales = scales;
  }

  /** −63 to 63, in the shape of the layer's. */
  TensorData weights() {
    return weights;
  }

  /** The scale of an output. */
  float scale(int output) {
    return scales[output];
  }

  /**
   * Rounds a layer's weights to nearest, halves to even.
   *
   * @param input the scale of what it is computed of
   * @param bias the layer's, or none: a scale is widened where the bias would not fit 32 bits
   */
  static Codes of(Layer layer, float input, float[] bias) {
    float[] weights = layer.weight().floats();
    int inner = layer.inner();
    float[] scales = scales(layer, weights, inner);
    for (int c = 0; c < bias.length; c++) {
      float least = Math.abs(bias[c]) / (input * LARGEST_BIAS);
      scales[c] = Math.max(scales[c], least);
    }
    ByteBuffer codes = ByteBuffer.allocate(weights.length);
    for (int i = 0; i < weights.length; i++) {
      float scale = scales[i / inner % layer.channels()];
      codes.put((byte) Math.max(-LARGEST, Math.min(LARGEST, Math.rint(weights[i] / scale))));
    }
    return new Codes(new TensorData(DataType.INT8, layer.weight().shape(), codes.flip()), scales);
  }

  private static float[] scales(Layer layer, float[] weights, int inner) {
    float[] scales = new float[layer.channels()];
    for (int i = 0; i < weights.length; i++) {
      int channel = i / inner % scales.length;
      scales[channel] = Math.max(scales[channel], Math.abs(weights[i]));
    }
    for (int c = 0; c < scales.length; c++) {
      scales[c] = scales[c] > 0 ? scales[c] / LARGEST : 1;
    }
    return scales;
  }

  /** A bias in 32 bits, in units of the products that it is added to. */
  TensorData bias(float input, float[] bias) {
    ByteBuffer codes = ByteBuffer.allocate(4 * bias.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int c = 0; c < bias.length; c++) {
      codes.putInt((int) Math.rint(bias[c] / ((double) input * scales[c])));
    }
    return new TensorData(DataType.INT32, List.of((long) bias.length), codes.flip());
  }

  /** The scales of {@link #bias}. */
  TensorData biasScales(float input) {
    float[] products = new float[scales.length];
    for (int c = 0; c < scales.length; c++) {
      products[c] = input * scales[c];
    }
    return vector(products);
  }

  /** The code of a weight, counted row-major. */
  int weight(int index) {
    return weights.bytes().get(index);
  }

  TensorData weightScales() {
    return vector(scales);
  }

  private static TensorData vector(float[] numbers) {
    return TensorData.of(numbers, List.of((long) numbers.length));
  }
}
