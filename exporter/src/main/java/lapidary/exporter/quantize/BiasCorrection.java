package lapidary.exporter.quantize;

import java.util.List;
import lapidary.exporter.graph.Attribute;

/**
 * What the rounding of weights takes from a layer's answers on average, which its bias gives back. M. Nagel and others, Data-Free
 * Quantization through Weight Equalization and Bias Correction, 2019. Stateless.
 */
final class BiasCorrection {
  private BiasCorrection() {}

  /**
   * A bias that makes up for the rounding.
   *
   * @param bias the layer's
   * @param means of each channel of what the layer is computed of
   */
  static float[] corrected(Layer layer, Codes codes, float[] bias, double[] means) {
    if (bias.length == 0) {
      return bias;
    }
    float[] weights = layer.weight().floats();
    double[] corrected = new double[bias.length];
    for (int i = 0; i < weights.length; i++) {
      int output = i / layer.inner() % bias.length;
      double lost = weights[i] - (double) codes.weight(i) * codes.scale(output);
      corrected[output] += lost * means[input(layer, i, output)];
    }
    float[] result = new float[bias.length];
    for (int c = 0; c < bias.length; c++) {
      result[c] = (float) (bias[c] + corrected[c]);
    }
    return result;
  }

  /** The channel that a weight is multiplied with. */
  private static int input(Layer layer, int weight, int output) {
    if (layer.channel() == 1) {
      return weight / layer.channels();
    }
    List<Long> shape = layer.weight().shape();
    int perGroup = Math.toIntExact(shape.get(1));
    int window = layer.inner() / perGroup;
    int groups = layer.node().attributes().get("group") instanceof Attribute.Whole whole
        ? Math.toIntExact(whole.value())
        : 1;
    int group = output / (layer.channels() / groups);
    return group * perGroup + weight % layer.inner() / window;
  }
}
