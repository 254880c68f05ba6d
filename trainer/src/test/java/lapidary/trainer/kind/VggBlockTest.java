package lapidary.trainer.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import lapidary.models.Architecture;
import lapidary.trainer.network.Network;
import lapidary.trainer.store.StoredTensor;
import org.junit.jupiter.api.Test;

/** The network of {@code mnist-vgg} against plain loops over its weights. */
final class VggBlockTest {
  private static final int HEIGHT = 9;
  private static final int WIDTH = 14;

  @Test
  void outputsAreThoseOfPlainLoops() {
    float[] image = new float[HEIGHT * WIDTH];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextDouble(-1, 1);
    }
    try (Network network = Networks.of(new Architecture.MnistVgg(HEIGHT, WIDTH, 3), 5);
        NDManager scope = network.manager().newSubManager()) {
      Map<String, StoredTensor> weights = new LinkedHashMap<>();
      network.weights().forEach(weight -> weights.put(weight.name(), weight));
      NDList outputs =
          network.forward(new NDList(scope.create(image, new Shape(1, image.length))), false);
      double[][][] planes = stage(weights, "stage1", new double[][][] {rows(image)});
      planes = stage(weights, "stage2", planes);
      double[] activations = flat(planes);
      double[] features = linear(weights, "lin1", activations);
      for (int i = 0; i < features.length; i++) {
        features[i] = Math.max(0, features[i]);
      }
      assertThat(outputs.get(2).getShape()).isEqualTo(new Shape(1, 32, HEIGHT / 4, WIDTH / 4));
      assertClose(outputs.get(0).toFloatArray(), linear(weights, "lin2", features));
      assertClose(outputs.get(1).toFloatArray(), features);
      assertClose(outputs.get(2).toFloatArray(), activations);
    }
  }

  @Test
  void imagesThatCannotBeHalvedTwiceAreRefused() {
    assertThatThrownBy(() -> new Architecture.MnistVgg(3, 28, 10))
        .hasMessage("mnist-vgg halves an image twice, and 3×28 pixels are too few;"
            + " give images of at least 4×4");
  }

  private static void assertClose(float[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-4));
    }
  }

  private static double[][] rows(float[] image) {
    double[][] rows = new double[HEIGHT][WIDTH];
    for (int i = 0; i < image.length; i++) {
      rows[i / WIDTH][i % WIDTH] = image[i];
    }
    return rows;
  }

  /** Two convolutions with what normalises by mean 0 and variance 1, each above 0, then the largest of four. */
  private static double[][][] stage(
      Map<String, StoredTensor> weights, String name, double[][][] inputs) {
    double[][][] first = convolved(weights.get(name + ".0.weight"), inputs);
    double[][][] second = convolved(weights.get(name + ".3.weight"), first);
    double[][][] halved = new double[second.length][second[0].length / 2][second[0][0].length / 2];
    for (int c = 0; c < halved.length; c++) {
      for (int y = 0; y < halved[c].length; y++) {
        for (int x = 0; x < halved[c][y].length; x++) {
          halved[c][y][x] = Math.max(
              Math.max(second[c][2 * y][2 * x], second[c][2 * y][2 * x + 1]),
              Math.max(second[c][2 * y + 1][2 * x], second[c][2 * y + 1][2 * x + 1]));
        }
      }
    }
    return halved;
  }

  private static double[][][] convolved(StoredTensor weight, double[][][] inputs) {
    float[] values = weight.floats();
    int filters = values.length / (9 * inputs.length);
    double[][][] outputs = new double[filters][inputs[0].length][inputs[0][0].length];
    for (int f = 0; f < filters; f++) {
      for (int y = 0; y < outputs[f].length; y++) {
        for (int x = 0; x < outputs[f][y].length; x++) {
          double sum = 0;
          for (int c = 0; c < inputs.length; c++) {
            sum += around(inputs[c], y, x, values, 9 * (f * inputs.length + c));
          }
          outputs[f][y][x] = Math.max(0, sum / Math.sqrt(1 + 1e-5));
        }
      }
    }
    return outputs;
  }

  private static double around(double[][] plane, int y, int x, float[] kernel, int from) {
    double sum = 0;
    for (int i = 0; i < 9; i++) {
      int row = y + i / 3 - 1;
      int column = x + i % 3 - 1;
      if (row >= 0 && row < plane.length && column >= 0 && column < plane[0].length) {
        sum += plane[row][column] * kernel[from + i];
      }
    }
    return sum;
  }

  private static double[] flat(double[][][] planes) {
    return Arrays.stream(planes)
        .flatMap(Arrays::stream)
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  private static double[] linear(Map<String, StoredTensor> weights, String name, double[] input) {
    float[] weight = weights.get(name + ".weight").floats();
    float[] bias = weights.get(name + ".bias").floats();
    double[] output = new double[bias.length];
    for (int o = 0; o < output.length; o++) {
      output[o] = bias[o];
      for (int i = 0; i < input.length; i++) {
        output[o] += weight[o * input.length + i] * input[i];
      }
    }
    return output;
  }
}
