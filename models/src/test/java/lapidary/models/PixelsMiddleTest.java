package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PixelsMiddleTest {
  /** Two images of 3×4 with two channels, the numbers in their order. */
  private static Pixels images() {
    byte[] bytes = new byte[2 * 3 * 4 * 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return Pixels.of(2, 3, 4, 2, bytes);
  }

  @Test
  void theMiddleOfEachImageIsCutOut() {
    Pixels middle = images().middle(1, 2);
    // Row 1, columns 1 and 2 of each: (1·4 + 1)·2 = 10, and 24 numbers on.
    assertThat(middle.bytes()).containsExactly(10, 11, 12, 13, 34, 35, 36, 37);
    assertThat(middle.count()).isEqualTo(2);
    assertThat(middle.height()).isEqualTo(1);
    assertThat(middle.width()).isEqualTo(2);
  }

  @Test
  void whatIsLeftOverByHalvesIsBelowAndToTheRight() {
    assertThat(images().slice(0, 1).middle(2, 3).bytes())
        .containsExactly(0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13);
  }

  @Test
  void theWholeIsItsOwnMiddle() {
    assertThat(images().middle(3, 4).bytes()).isEqualTo(images().bytes());
  }

  @Test
  void aMiddleLargerThanTheImageIsRefused() {
    assertThatThrownBy(() -> images().middle(4, 4))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("3×4");
    assertThatThrownBy(() -> images().middle(0, 4)).isInstanceOf(InvalidInputException.class);
  }
}
