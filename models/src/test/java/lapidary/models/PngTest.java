package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Judged by ImageIO's reader. */
final class PngTest {
  private static Pixels random(int count, int height, int width, int channels) {
    byte[] bytes = new byte[count * height * width * channels];
    new Random(4).nextBytes(bytes);
    return Pixels.of(count, height, width, channels, bytes);
  }

  @ParameterizedTest
  @CsvSource({"28, 28, 1", "1, 1, 1", "7, 3, 3", "1, 300, 3", "255, 256, 1"})
  void anImageThatIsStoredIsReadBackByOthers(int height, int width, int channels)
      throws IOException {
    Pixels pixels = random(2, height, width, channels);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(Png.stored(pixels, 1)));
    assertThat(image.getHeight()).isEqualTo(height);
    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getRaster().getNumBands()).isEqualTo(channels);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < channels; channel++) {
          assertThat(image.getRaster().getSample(x, y, channel))
              .isEqualTo(pixels.at(1, y, x, channel));
        }
      }
    }
  }

  @Test
  void whatOneBlockDoesNotHoldIsNotStored() {
    assertThatThrownBy(() -> Png.stored(random(1, 256, 256, 1), 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("65792 bytes are too many to store");
  }
}
