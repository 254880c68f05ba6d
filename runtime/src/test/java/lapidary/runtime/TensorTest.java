package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import org.junit.jupiter.api.Test;

final class TensorTest {
  @Test
  void copiesDataAndShapeInAndOut() {
    float[] data = {1, 2, 3};
    long[] shape = {1, 3};
    Tensor tensor = Tensor.floats(data, shape);
    data[0] = 9;
    shape[0] = 9;
    tensor.floats()[1] = 9;
    tensor.shape()[1] = 9;
    assertThat(tensor.floats()).containsExactly(1, 2, 3);
    assertThat(tensor.shape()).containsExactly(1, 3);
  }

  @Test
  void holdsEveryType() {
    assertThat(Tensor.uint8(new byte[] {-1}, 1).bytes()).containsExactly(-1);
    assertThat(Tensor.int32(new int[] {7}, 1).ints()).containsExactly(7);
    assertThat(Tensor.longs(new long[] {1L << 40}, 1).longs()).containsExactly(1L << 40);
    assertThat(Tensor.bools(new boolean[] {true}, 1).bools()).containsExactly(true);
    assertThat(Tensor.strings(new String[] {"é"}, 1).strings()).containsExactly("é");
    assertThat(Tensor.floats(new float[] {3}).shape()).isEmpty();
  }

  @Test
  void readingAnotherTypeSaysWhatItIs() {
    assertThatThrownBy(() -> Tensor.floats(new float[6], 2, 3).longs())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this tensor is float32 [2, 3], not long[]; read it as float[]");
  }

  @Test
  void valuesHaveToFillTheShape() {
    assertThatThrownBy(() -> Tensor.int32(new int[5], 2, 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("5 values do not fill shape [2, 3] of 6");
    assertThatThrownBy(() -> Tensor.floats(new float[0], -1, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[-1, 0]");
    assertThatThrownBy(() -> Tensor.floats(new float[0], 1L << 40, 1L << 40, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("2^31-1");
  }

  @Test
  void imagesKeepTheirOrder() {
    Tensor tensor = Tensor.pixels(Pixels.of(1, 2, 3, 1, new byte[] {1, 2, 3, 4, 5, 6}));
    assertThat(tensor.type()).isEqualTo(ElementType.UINT8);
    assertThat(tensor.shape()).containsExactly(1, 2, 3, 1);
    assertThat(tensor.bytes()).containsExactly(1, 2, 3, 4, 5, 6);
  }
}
