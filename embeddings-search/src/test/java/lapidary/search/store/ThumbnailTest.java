package lapidary.search.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import lapidary.models.InvalidInputException;
import lapidary.search.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ThumbnailTest {
  @Test
  void smallImagesStayAsTheyAre() throws IOException {
    Thumbnail thumbnail = Thumbnail.of(Samples.png(30, 20), "small");
    assertThat(thumbnail.mediaType()).isEqualTo("image/png");
    BufferedImage image = read(thumbnail);
    assertThat(image.getWidth()).isEqualTo(30);
    assertThat(image.getHeight()).isEqualTo(20);
    assertThat(image.getRGB(14, 9) & 0xffffff).isEqualTo(0xffe0c0);
    assertThat(image.getRGB(15, 10) & 0xffffff).isZero();
  }

  @Test
  void largeImagesShrinkToTheLongestSideAndKeepTheirShape() throws IOException {
    Thumbnail thumbnail = Thumbnail.of(Samples.png(400, 1000), "large");
    assertThat(thumbnail.mediaType()).isEqualTo("image/jpeg");
    BufferedImage image = read(thumbnail);
    assertThat(image.getHeight()).isEqualTo(Thumbnail.MAX_SIDE);
    assertThat(image.getWidth()).isEqualTo(38);
    assertThat(image.getRGB(5, 5) >> 16 & 0xff).isGreaterThan(240);
    assertThat(image.getRGB(30, 80) >> 16 & 0xff).isLessThan(15);
  }

  @Test
  void shrinkingTakesNoTemporaryFile(@TempDir Path folder) throws IOException {
    byte[] large = Samples.png(400, 1000);
    Path gone = Files.createDirectory(folder.resolve("gone"));
    ImageIO.setCacheDirectory(gone.toFile());
    Files.delete(gone);
    byte[] bytes;
    try {
      bytes = Thumbnail.of(large, "large").bytes();
    } finally {
      ImageIO.setCacheDirectory(null);
    }
    assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isEqualTo(38);
  }

  @Test
  void aPhotoThatLiesOnItsSideIsShownUpright() throws IOException {
    byte[] png = Samples.png(400, 200);
    // An eXIf chunk behind the header: a quarter turn clockwise.
    byte[] tiff = {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0};
    ByteBuffer turned = ByteBuffer.allocate(png.length + 12 + tiff.length)
        .put(png, 0, 33)
        .putInt(tiff.length)
        .put("eXIf".getBytes(StandardCharsets.US_ASCII))
        .put(tiff)
        .putInt(0)
        .put(png, 33, png.length - 33);
    BufferedImage image = read(Thumbnail.of(turned.array(), "side"));
    assertThat(image.getHeight()).isEqualTo(96);
    assertThat(image.getWidth()).isEqualTo(48);
  }

  @Test
  void bytesThatAreNoImageAreRefused() {
    assertThatThrownBy(() -> Thumbnail.of(new byte[] {1, 2, 3}, "upload.png"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("upload.png is not an image");
    assertThat(Thumbnail.none().isPresent()).isFalse();
  }

  private static BufferedImage read(Thumbnail thumbnail) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(thumbnail.bytes()));
  }
}
