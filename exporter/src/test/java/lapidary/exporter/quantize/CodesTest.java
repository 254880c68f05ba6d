package lapidary.exporter.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import lapidary.exporter.graph.Attribute;
import lapidary.exporter.graph.GraphNode;
import lapidary.exporter.graph.TensorData;
import org.junit.jupiter.api.Test;

class CodesTest {
  private static final float[] NO_BIAS = {};

  private static Layer layer(int channel, float[] weights, long... shape) {
    GraphNode node = new GraphNode("n", "Gemm", List.of("x", "w"), List.of("y"), Attribute.NONE);
    List<Long> sizes = Arrays.stream(shape).boxed().toList();
    return new Layer(node, TensorData.of(weights, sizes), channel);
  }

  private static byte[] bytes(TensorData data) {
    byte[] bytes = new byte[data.bytes().remaining()];
    data.bytes().duplicate().get(bytes);
    return bytes;
  }

  @Test
  void theLargestWeightOfEachOutputIs63() {
    // Two outputs of three weights each.
    Codes codes =
        Codes.of(layer(0, new float[] {1, -0.4f, 0.25f, 0, 6.3f, -0.1f}, 2, 3), 1, NO_BIAS);
    assertThat(bytes(codes.weights())).containsExactly(63, -25, 16, 0, 63, -1);
    assertThat(new float[] {codes.scale(0), codes.scale(1)})
        .containsExactly(new float[] {1f / 63, 0.1f}, within(1e-7f));
    assertThat(codes.weights().type()).isEqualTo(DataType.INT8);
  }

  @Test
  void outputsInTheLastDimensionHaveScalesOfTheirOwn() {
    Codes codes = Codes.of(layer(1, new float[] {1, 10, 0.4f, -10}, 2, 2), 1, NO_BIAS);
    assertThat(bytes(codes.weights())).containsExactly(63, 63, 25, -63);
  }

  @Test
  void noPairOfProductsIsTooLargeFor16Bits() {
    float[] weights = new float[512];
    Arrays.fill(weights, -3);
    byte[] codes = bytes(Codes.of(layer(0, weights, 1, 512), 1, NO_BIAS).weights());
    assertThat(codes[0]).isEqualTo((byte) -63);
    assertThat(255 * 2 * Math.abs((int) codes[0])).isLessThan(1 << 15);
  }

  @Test
  void anOutputWithoutWeightsHasAScaleAllTheSame() {
    Codes codes = Codes.of(layer(0, new float[] {0, 0}, 2, 1), 1, NO_BIAS);
    assertThat(new float[] {codes.scale(0), codes.scale(1)}).containsExactly(1, 1);
  }

  @Test
  void aBiasCountsProducts() {
    Codes codes = Codes.of(layer(0, new float[] {6.3f, 63}, 2, 1), 0.5f, new float[] {1, -7});
    TensorData bias = codes.bias(0.5f, new float[] {1, -7});
    ByteBuffer whole = bias.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    // A unit is 0.5 · 0.1 for the first output, 0.5 · 1 for the second.
    assertThat(new int[] {whole.getInt(0), whole.getInt(4)}).containsExactly(20, -14);
    assertThat(codes.biasScales(0.5f).floats())
        .containsExactly(new float[] {0.05f, 0.5f}, within(1e-7f));
  }

  @Test
  void aBiasFarLargerThanItsProductsFits32BitsAllTheSame() {
    float[] bias = {1e6f};
    Codes codes = Codes.of(layer(0, new float[] {1e-9f}, 1, 1), 1e-3f, bias);
    ByteBuffer whole = codes.bias(1e-3f, bias).bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    float again = whole.getInt(0) * codes.biasScales(1e-3f).floats()[0];
    assertThat(again).isCloseTo(1e6f, within(1f));
  }
}
