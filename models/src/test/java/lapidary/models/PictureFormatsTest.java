package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of picture becomes RGB or luma; values are hand-worked, and Pillow gives the same. */
final class PictureFormatsTest {
  /** 4 rows and 6 columns, pixel (y, x) is (40x, 60y, 10x + 20y), lossless, made for this test. */
  private static final String LOSSLESS =
      "UklGRi4AAABXRUJQVlA4TCIAAAAvBcAAALmM6H/sClGI6H9AIdsI0IGdv9iPMChjHxMAsNID";
  /** The same with an EXIF chunk of orientation 6. */
  private static final String ON_ITS_SIDE =
      "UklGRmIAAABXRUJQVlA4WAoAAAAIAAAABQAAAwAAVlA4TCIAAAAvBcAAALmM6H/sClGI6H9AIdsI"
          + "0IGdv9iPMChjHxMAsNIDRVhJRhoAAABNTQAqAAAACAABARIAAwAAAAEABgAAAAAAAA==";
  /** 8 rows and 12 columns of (200, 80, 40), lossy, made for this test. */
  private static final String LOSSY =
      "UklGRjYAAABXRUJQVlA4ICoAAACQAQCdASoMAAgAAoBCJaACdLoAA5gA/uC5f+A3XxbeN/8zR+k30m7mAAA=";

  @Test
  void aPlatformWithoutAReaderIsNotADamagedImage() {
    byte[] gif = Encoded.as(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY), "gif");
    IIORegistry registry = IIORegistry.getDefaultInstance();
    ImageReaderSpi platform = registry
        .getServiceProviders(
            ImageReaderSpi.class,
            spi -> Arrays.asList(((ImageReaderSpi) spi).getFormatNames()).contains("gif"),
            false)
        .next();
    registry.deregisterServiceProvider(platform);
    try {
      assertThatThrownBy(() -> rgb(gif))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("no reader of gif images");
    } finally {
      registry.registerServiceProvider(platform);
    }
    assertThat(rgb(gif).width()).isEqualTo(3);
  }

  @Test
  void encodingTakesNoTemporaryFile(@TempDir Path folder) throws IOException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    ImageIO.setCacheDirectory(gone.toFile());
    Files.delete(gone);
    try {
      assertThat(rgb(Png.of(Pixels.of(1, 2, 3, 1, new byte[6]), 0)).width()).isEqualTo(3);
    } finally {
      ImageIO.setCacheDirectory(null);
    }
  }

  @Test
  void losslessWebpKeepsItsValues() {
    Pixels pixels = rgb(Base64.getDecoder().decode(LOSSLESS));
    assertThat(pixels.height()).isEqualTo(4);
    assertThat(pixels.width()).isEqualTo(6);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 6; x++) {
        assertPixel(pixels, y, x, 40 * x, 60 * y, 10 * x + 20 * y);
      }
    }
  }

  @Test
  void webpIsTurnedUprightByItsExifChunk() {
    Pixels pixels = rgb(Base64.getDecoder().decode(ON_ITS_SIDE));
    assertThat(pixels.height()).isEqualTo(6);
    assertThat(pixels.width()).isEqualTo(4);
    assertPixel(pixels, 5, 1, 200, 120, 90); // a quarter turn clockwise: it was at row 2, column 5
  }

  @Test
  void lossyWebpIsRead() {
    Pixels pixels = rgb(Base64.getDecoder().decode(LOSSY));
    assertThat(pixels.at(0, 3, 3, 0)).isCloseTo(200, within(3));
    assertThat(pixels.at(0, 3, 3, 1)).isCloseTo(80, within(3));
    assertThat(pixels.at(0, 3, 3, 2)).isCloseTo(40, within(3));
  }

  @Test
  void webpIsReadOnAThreadWithoutAContextClassLoader() throws InterruptedException {
    int[] width = new int[1];
    Thread bare =
        new Thread(() -> width[0] = rgb(Base64.getDecoder().decode(LOSSLESS)).width());
    bare.setContextClassLoader(null);
    bare.start();
    bare.join();
    assertThat(width[0]).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif", "bmp"})
  void palettesBecomeTheirColours(String format) {
    byte[] red = Arrays.copyOf(new byte[] {0, (byte) 200, 10}, 256);
    byte[] green = Arrays.copyOf(new byte[] {0, 100, 20}, 256);
    byte[] blue = Arrays.copyOf(new byte[] {0, 50, 30}, 256);
    BufferedImage image = new BufferedImage(
        17, 20, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 256, red, green, blue));
    image.getRaster().setSample(4, 2, 0, 1);
    image.getRaster().setSample(1, 0, 0, 2);
    Pixels pixels = rgb(Encoded.as(image, format));
    assertPixel(pixels, 2, 4, 200, 100, 50);
    assertPixel(pixels, 0, 1, 10, 20, 30);
    assertPixel(pixels, 1, 1, 0, 0, 0);
    // One channel is the colours' luma, not the palette's index.
    assertThat(Pixels.decode(Encoded.as(image, format), "p", 1, 3).at(0, 2, 4, 0))
        .isEqualTo(124);
  }

  @Test
  void sixteenBitsAreRoundedToEight() {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(1, 0, 0, 65_535);
    image.getRaster().setSample(2, 0, 0, 128 * 257 + 128);
    image.getRaster().setSample(3, 0, 0, 128 * 257 + 129);
    Pixels grey = Pixels.decode(Encoded.as(image, "png"), "g", 1, 2);
    assertThat(grey.bytes()).containsExactly(0, 255, 128, 129, 0, 0, 0, 0);
    assertPixel(rgb(Encoded.as(image, "png")), 0, 3, 129, 129, 129);
  }

  @Test
  void transparencyIsPaintedOnBlack() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, new Color(200, 100, 50, 255).getRGB());
    image.setRGB(1, 0, new Color(200, 100, 50, 51).getRGB()); // a fifth
    image.setRGB(2, 1, new Color(200, 100, 50, 0).getRGB());
    Pixels pixels = rgb(Encoded.as(image, "png"));
    assertPixel(pixels, 0, 0, 200, 100, 50);
    assertPixel(pixels, 0, 1, 40, 20, 10);
    assertPixel(pixels, 1, 2, 0, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({"0, 255, 100, 51", "1, 65535, 25700, 13107"})
  void greyWithTransparencyToo(int shorts, int opaque, int grey, int fifth) {
    int type = shorts == 1 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
    WritableRaster raster = Raster.createInterleavedRaster(type, 3, 2, 2, null);
    raster.setPixel(0, 1, new int[] {grey, opaque});
    raster.setPixel(1, 1, new int[] {grey, fifth});
    ComponentColorModel model = new ComponentColorModel(
        ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, Transparency.TRANSLUCENT, type);
    byte[] png = Encoded.as(new BufferedImage(model, raster, false, null), "png");
    assertThat(Pixels.decode(png, "g", 1, 2).bytes()).containsExactly(0, 0, 0, 100, 20, 0);
  }

  @Test
  void aGreyJpegHasThreeEqualChannels() {
    BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 16 * 8; i++) {
      image.getRaster().setSample(i % 16, i / 16, 0, 90);
    }
    assertPixel(rgb(Encoded.as(image, "jpeg")), 5, 11, 90, 90, 90);
  }

  @Test
  void inksLetThroughWhatTheirProductDoes() {
    byte[] jpeg = Encoded.fourComponentJpeg(16, 8, 200, 100, 50, 220);
    assertPixel(rgb(jpeg), 3, 7, 173, 86, 43); // 200 · 220 / 255, …
    // Marked as YCCK: (200, 100, 50) is RGB (91, 255, 150), whose inks let 164, 0 and 105 through.
    assertPixel(rgb(Encoded.withAdobeTransform(jpeg, 2)), 3, 7, 141, 0, 91);
    assertPixel(rgb(Encoded.withAdobeTransform(jpeg, 0)), 3, 7, 173, 86, 43);
  }

  /** Pixel (y, x) of the stored 2×3 picture is 10 + 3y + x; the expected rows are what EXIF 2.3 §4.6.4 draws. */
  @ParameterizedTest
  @CsvSource({
    "1, 2, 10 11 12 13 14 15",
    "2, 2, 12 11 10 15 14 13",
    "3, 2, 15 14 13 12 11 10",
    "4, 2, 13 14 15 10 11 12",
    "5, 3, 10 13 11 14 12 15",
    "6, 3, 13 10 14 11 15 12",
    "7, 3, 15 12 14 11 13 10",
    "8, 3, 12 15 11 14 10 13",
    "9, 2, 10 11 12 13 14 15"
  })
  void everyOrientationIsTurnedUpright(int orientation, int height, String values) {
    byte[] png = Png.of(Pixels.of(1, 2, 3, 1, new byte[] {10, 11, 12, 13, 14, 15}), 0);
    for (boolean little : new boolean[] {false, true}) {
      Pixels pixels =
          Pixels.decode(Encoded.withExif(png, Encoded.tiff(orientation, little)), "o", 1, 2);
      assertThat(pixels.height()).isEqualTo(height);
      assertThat(pixels.bytes()).isEqualTo(Encoded.bytes(values));
    }
  }

  @Test
  void aJpegIsTurnedUprightAndADamagedExifBlockIsNothing() {
    BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
    byte[] jpeg = Encoded.as(image, "jpeg");
    assertThat(rgb(Encoded.withExifSegment(jpeg, Encoded.tiff(8, true))).height())
        .isEqualTo(24);
    byte[] tiff = Encoded.tiff(8, true);
    tiff[4] = (byte) 200; // the directory lies beyond the end
    assertThat(rgb(Encoded.withExifSegment(jpeg, tiff)).height()).isEqualTo(16);
  }

  private static Pixels rgb(byte[] encoded) {
    return Pixels.decode(encoded, "picture", 3, 8);
  }

  private static void assertPixel(Pixels pixels, int y, int x, int red, int green, int blue) {
    assertThat(new int[] {pixels.at(0, y, x, 0), pixels.at(0, y, x, 1), pixels.at(0, y, x, 2)})
        .containsExactly(red, green, blue);
  }
}
