package lapidary.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;

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
  void aPhotoTakenSidewaysStandsUpright() throws IOException {
    BufferedImage lying = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(lying, "jpeg", jpeg);
    // APP1 with a big-endian TIFF of one entry: tag 0x112, orientation, a short, 6: turned right.
    byte[] exif = HexFormat.of()
        .parseHex("ffe10022457869660000" + "4d4d002a00000008" + "0001011200030000000100060000"
            + "00000000");
    byte[] bytes = jpeg.toByteArray();
    ByteArrayOutputStream turned = new ByteArrayOutputStream();
    turned.write(bytes, 0, 2);
    turned.write(exif);
    turned.write(bytes, 2, bytes.length - 2);
    BufferedImage image = read(Thumbnail.of(turned.toByteArray(), "photo.jpg"));
    assertThat(image.getWidth()).isEqualTo(48);
    assertThat(image.getHeight()).isEqualTo(Thumbnail.MAX_SIDE);
  }

  @Test
  void bytesThatAreNoImageAreRefused() {
    assertThatThrownBy(() -> Thumbnail.of(new byte[] {1, 2, 3}, "upload.png"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("upload.png is no image");
    assertThat(Thumbnail.none().isPresent()).isFalse();
  }

  private static BufferedImage read(Thumbnail thumbnail) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(thumbnail.bytes()));
  }
}
