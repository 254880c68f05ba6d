package lapidary.exporter.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfFloatsTest {
  @Test
  void roundsAsTheEngineDoes() {
    Random random = new Random(4);
    float[] values = new float[4096];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.scalb((float) random.nextGaussian(), random.nextInt(36) - 26);
    }
    values[0] = -0f;
    values[1] = 65504f;
    values[2] = 0x1p-25f;
    values[3] = 0x1.002p0f;
    values[4] = 0x1.ffcp-15f;
    try (NDManager manager = NDManager.newBaseManager();
        NDArray array = manager.create(values);
        NDArray half = array.clip(-65504, 65504).toType(DataType.FLOAT16, true)) {
      TensorData expected = TensorData.of(half);
      assertThat(HalfFloats.of(TensorData.of(values, List.of(4096L)))).isEqualTo(expected);
    }
  }

  @Test
  void largeNumbersStayFiniteAndInfinityStays() {
    assertThat(HalfFloats.bits(1e9f)).isEqualTo((short) 0x7bff);
    assertThat(HalfFloats.bits(-1e9f)).isEqualTo((short) 0xfbff);
    assertThat(HalfFloats.bits(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xfc00);
    assertThat(HalfFloats.bits(Float.NaN)).isEqualTo((short) 0x7e00);
  }
}
