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
import java.util.Random;
import javax.imageio.ImageIO;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
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
    assertThat(image.getHeight()).isEqualTo(256);
    assertThat(image.getWidth()).isEqualTo(102);
    assertThat(image.getRGB(5, 5) >> 16 & 0xff).isGreaterThan(240);
    assertThat(image.getRGB(80, 200) >> 16 & 0xff).isLessThan(15);
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
    assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isEqualTo(102);
  }

  @Test
  void theSizeIsChosenWithinBoundsAndNothingIsEnlarged() throws IOException {
    byte[] wide = Samples.png(1500, 300);
    assertThat(read(new ThumbnailSize(1024).of(wide, "wide")).getWidth()).isEqualTo(1024);
    assertThat(read(new ThumbnailSize(16).of(wide, "wide")).getHeight()).isEqualTo(3);
    assertThat(read(new ThumbnailSize(1024).of(Samples.png(300, 200), "small")).getWidth())
        .isEqualTo(300);
    for (int side : new int[] {15, 1025, -1}) {
      assertThatThrownBy(() -> new ThumbnailSize(side))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("give a longest side of 16 to 1024");
    }
  }

  @Test
  void ofPicturesThatNeedNotShrinkTheShorterFileIsKept() {
    // Flat colours are short as PNG, noise as JPEG.
    assertThat(Thumbnail.of(Samples.png(250, 200), "flat").mediaType()).isEqualTo("image/png");
    byte[] noise = new byte[250 * 200 * 3];
    new Random(0).nextBytes(noise);
    Pixels noisy = Pixels.of(1, 200, 250, 3, noise);
    assertThat(ThumbnailSize.USUAL.of(noisy).mediaType()).isEqualTo("image/jpeg");
    byte[] largest = new byte[1024 * 1024 * 3];
    new Random(1).nextBytes(largest);
    byte[] encoded =
        new ThumbnailSize(1024).of(Pixels.of(1, 1024, 1024, 3, largest)).bytes();
    assertThat(Thumbnail.stored(encoded).isPresent()).isTrue();
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
    assertThat(image.getHeight()).isEqualTo(256);
    assertThat(image.getWidth()).isEqualTo(128);
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
