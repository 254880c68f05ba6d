package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Judged by numbers worked by hand from the triangle filter; whole photos were compared with Pillow's. */
final class ResamplingTest {
  @Test
  void enlargingInterpolatesBetweenPixelCentres() {
    // Output centres lie at 1/4, 3/4, 5/4 and 7/4 of the source: the outer ones see one pixel
    // alone.
    assertThat(row(4, 10, 50)).containsExactly(10, 20, 40, 50);
  }

  @Test
  void shrinkingAveragesByATriangleOverTheSupport() {
    // Six to two: the triangle is 3 wide to both sides. Around 1.5 the pixel centres weigh
    // 1 − |0.5 − 1.5| / 3 = 2/3, then 1, 2/3 and 1/3, in sum 8/3.
    int first = Math.round((2 * 30 + 3 * 60 + 2 * 90 + 120) / 8f);
    int second = Math.round((90 + 2 * 120 + 3 * 150 + 2 * 240) / 8f);
    assertThat(row(2, 30, 60, 90, 120, 150, 240)).containsExactly(first, second);
  }

  @Test
  void rowsAndColumnsAndChannelsAreKeptApart() {
    byte[] bytes = new byte[2 * 4 * 3];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i % 3 == 0 ? 100 * (i / 12) : i % 3 == 1 ? 20 * (i / 3 % 4) : 7);
    }
    Pixels resized = Pixels.of(1, 2, 4, 3, bytes).resized(new Pixels.Box(0, 0, 2, 4), 4, 2);
    // Red grows downwards, green to the right, blue is even.
    assertThat(column(resized, 0)).containsExactly(0, 25, 75, 100);
    // Four to two: around 1 the weights are (3, 3, 1) / 7 of 0, 20, 40.
    assertThat(resized.at(0, 0, 0, 1)).isEqualTo(14);
    assertThat(resized.at(0, 0, 1, 1)).isEqualTo(46);
    assertThat(column(resized, 2)).containsOnly(7);
  }

  @Test
  void aPartIsResampledWithItsSurroundings() {
    Pixels source = Pixels.of(1, 1, 6, 1, new byte[] {0, 10, 20, 30, 40, 50});
    assertThat(source.resized(new Pixels.Box(0, 2, 1, 3), 1, 3).bytes())
        .containsExactly(20, 30, 40);
    // Half a pixel further: each is the mean of two.
    assertThat(source.resized(new Pixels.Box(0, 1.5, 1, 3), 1, 3).bytes())
        .containsExactly(15, 25, 35);
    assertThatThrownBy(() -> source.resized(new Pixels.Box(0, 4, 1, 3), 1, 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("is not a part of 1 image(s) of 1×6");
  }

  @Test
  void whatTakesTooMuchMemoryIsRefusedBeforeItIsTaken() {
    Pixels small = Pixels.of(1, 2, 3, 1, new byte[6]);
    Pixels.Box whole = new Pixels.Box(0, 0, 2, 3);
    assertThatThrownBy(() -> small.resized(whole, 50_000, 60_000))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a picture of 2×3 takes 3000000000 values on its way to 50000×60000, more than"
            + " 300000000; make it smaller or cut a part out first");
    Pixels strip = Pixels.of(1, 1_000_000, 1, 1, new byte[1_000_000]);
    assertThatThrownBy(() -> strip.resized(new Pixels.Box(0, 0, 1_000_000, 1), 10, 500))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a picture of 1000000×1 takes 500000000 values on its way to 10×500");
    // Of which only a few rows are needed: nothing is on the way that the answer has not.
    assertThat(strip.resized(new Pixels.Box(500, 0, 4, 1), 4, 500).width()).isEqualTo(500);
  }

  @Test
  void whiteStaysWhiteHoweverManyPixelsAreAveraged() {
    byte[] white = new byte[3 * 40_000];
    Arrays.fill(white, (byte) 255);
    Pixels shrunk =
        Pixels.of(1, 3, 40_000, 1, white).resized(new Pixels.Box(0, 0, 3, 40_000), 2, 5);
    assertThat(shrunk.bytes()).containsOnly(255);
  }

  @Test
  void theSameSizeIsLeftAlone() {
    Pixels source = Pixels.of(1, 1, 3, 1, new byte[] {1, 2, 3});
    assertThat(source.resized(new Pixels.Box(0, 0, 1, 3), 1, 3)).isSameAs(source);
  }

  private static int[] row(int to, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    Pixels resized = Pixels.of(1, 1, values.length, 1, bytes)
        .resized(new Pixels.Box(0, 0, 1, values.length), 1, to);
    int[] row = new int[to];
    for (int x = 0; x < to; x++) {
      row[x] = resized.at(0, 0, x, 0);
    }
    return row;
  }

  private static int[] column(Pixels pixels, int channel) {
    int[] column = new int[pixels.height()];
    for (int y = 0; y < column.length; y++) {
      column[y] = pixels.at(0, y, 1, channel);
    }
    return column;
  }
}
