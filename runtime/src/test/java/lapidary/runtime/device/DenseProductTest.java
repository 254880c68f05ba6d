package lapidary.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

final class DenseProductTest {
  private static FloatBuffer direct(float... values) {
    FloatBuffer buffer = ByteBuffer.allocateDirect(Float.BYTES * values.length)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
    return buffer.put(values).flip();
  }

  @Test
  void handWorkedProductOfATransposedMatrix() {
    // X [2, 3], Y [2, 2]: columns of X against columns of Y.
    FloatBuffer x = direct(1, 2, 3, 4, 5, 6);
    FloatBuffer y = direct(1, 0, 0, 10);
    assertThat(DenseProduct.transposed(x, y, 2)).containsExactly(1, 40, 2, 50, 3, 60);
    assertThat(DenseProduct.transposed(y, x, 2)).containsExactly(1, 2, 3, 40, 50, 60);
    assertThat(x.position()).isZero();
  }

  @Test
  void aMatrixMayMeetItselfAndOnlyItsPartUpToTheLimit() {
    FloatBuffer x = direct(1, 2, 3, 4, 1000, 1000).limit(4);
    assertThat(DenseProduct.transposed(x, x, 2)).containsExactly(10, 14, 14, 20);
  }

  @Test
  void rowsThatDoNotDivideTheBufferAreRefused() {
    FloatBuffer x = direct(1, 2, 3, 4, 5);
    assertThatThrownBy(() -> DenseProduct.transposed(x, x, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 values in 2 rows");
  }
}
