package lapidary.exporter.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.exporter.graph.Attribute;
import lapidary.exporter.graph.GraphNode;
import lapidary.exporter.graph.TensorData;
import org.junit.jupiter.api.Test;

class BiasCorrectionTest {
  private static final float[] BIAS = {10, 20};

  private static Layer layer(
      String operator,
      SortedMap<String, Attribute> attributes,
      int channel,
      float[] weights,
      Long... shape) {
    GraphNode node = new GraphNode("n", operator, List.of("x", "w"), List.of("y"), attributes);
    return new Layer(node, TensorData.of(weights, List.of(shape)), channel);
  }

  private static float[] corrected(Layer layer, double... means) {
    return BiasCorrection.corrected(layer, Codes.of(layer, 1, BIAS), BIAS, means);
  }

  @Test
  void whatAWeightLosesIsGivenBackTimesTheMeanOfItsChannel() {
    // Of 0.63 and 0.106 in steps of 0.01 the second loses 0.004 to 0.11; of 6.3 and 1.02 in steps
    // of 0.1, 0.02.
    Layer layer =
        layer("MatMul", Attribute.NONE, 1, new float[] {0.63f, 6.3f, 0.106f, 1.02f}, 2L, 2L);
    assertThat(corrected(layer, 5, 100))
        .containsExactly(new float[] {10 - 0.4f, 20 + 2}, within(1e-4f));
  }

  @Test
  void aConvolutionOfGroupsLooksAtTheChannelsOfItsGroup() {
    SortedMap<String, Attribute> groups = new TreeMap<>(Attribute.only("group", 2));
    // Each of two groups: one channel in, one out, a window of two.
    Layer layer =
        layer("Conv", groups, 0, new float[] {0.63f, 0.106f, 6.3f, 1.02f}, 2L, 1L, 1L, 2L);
    assertThat(corrected(layer, 100, 1000))
        .containsExactly(new float[] {10 - 0.4f, 20 + 20}, within(1e-3f));
  }

  @Test
  void whatRoundingKeepsWholeNeedsNoCorrection() {
    Layer layer = layer("Gemm", Attribute.NONE, 0, new float[] {0.63f, 0.1f, 6.3f, 1}, 2L, 2L);
    assertThat(corrected(layer, 1e3, 1e3)).containsExactly(BIAS, within(1e-3f));
  }
}
