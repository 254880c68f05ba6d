package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class ImageInputTest {
  private static final ImageInput GREY = ImageInput.flatGrey(2, 3, Normalization.unit());
  private static final ImageInput RGB = new ImageInput(
      "pixels",
      new ImageInput.Size(2, 3, 3),
      ImageInput.ResizeRule.STRETCH,
      new Normalization(List.of(0.5f, 0.25f, 0f), List.of(0.5f, 0.25f, 1f)),
      ImageInput.Layout.NCHW);

  @Test
  void imagesThatNoArrayHoldsAreRefused() {
    assertThatThrownBy(() -> new ImageInput.Size(30_000, 30_000, 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("image size 30000×30000×3 has more values than");
    // By way of a product that overflows to a small positive number.
    assertThatThrownBy(() -> new ImageInput.Size(1 << 20, 1 << 20, 1))
        .isInstanceOf(InvalidInputException.class);
    assertThat(new ImageInput.Size(20_000, 20_000, 3).values()).isEqualTo(1_200_000_000);
  }

  @Test
  void aGreyPngOfTheRightSizeKeepsItsValues() throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    byte[] values = {0, 17, (byte) 128, (byte) 200, (byte) 255, 3};
    image.getRaster().setDataElements(0, 0, 3, 2, values);
    assertThat(GREY.decode(encode(image, "png"), "a.png").bytes()).isEqualTo(values);
  }

  @Test
  void colourBecomesLumaAndAlphaIsPaintedOnBlack() throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, Color.RED.getRGB());
    image.setRGB(1, 0, new Color(0, 0, 255, 0).getRGB());
    Pixels pixels = GREY.decode(encode(image, "png"), "a.png");
    assertThat(pixels.at(0, 0, 0, 0)).isEqualTo(76); // .299 · 255
    assertThat(pixels.at(0, 0, 1, 0)).isZero();
  }

  @Test
  void anotherSizeIsStretched() throws IOException {
    BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
    image.createGraphics().fillRect(0, 0, 20, 40); // the left third white
    Pixels pixels = RGB.decode(encode(image, "png"), "a.png");
    // The triangle around column 10 reaches 20 to both sides: 15 of its 17.5 within the picture are
    // white. That around column
    // 30 has 2.5 of 20 over white, that around column 50 none.
    assertThat(pixels.at(0, 1, 0, 2)).isEqualTo(219);
    assertThat(pixels.at(0, 1, 1, 2)).isEqualTo(32);
    assertThat(pixels.at(0, 1, 2, 2)).isZero();
  }

  @Test
  void scalingAndPlanarLayoutMatchHandWorkedValues() {
    byte[] bytes = new byte[18];
    bytes[3 * 4 + 1] = (byte) 255; // row 1, column 1, green
    float[] network = RGB.toNetwork(Pixels.of(1, 2, 3, 3, bytes));
    assertThat(network[6 + 4]).isEqualTo(3f, within(1e-6f)); // (1 − .25) / .25, plane 1, position 4
    assertThat(network[4]).isEqualTo(-1f, within(1e-6f)); // (0 − .5) / .5
    assertThat(network[12]).isZero();
    assertThat(RGB.networkShape()).containsExactly(3L, 2L, 3L);
  }

  @Test
  void whatIsNoImageOrADamagedOneOrTooLargeIsRefusedByName() throws IOException {
    assertThatThrownBy(() -> GREY.decode("hello".getBytes(StandardCharsets.UTF_8), "notes.txt"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "notes.txt is not an image Lapidary can read; give a PNG, JPEG, GIF, BMP or WebP file");
    byte[] whole = encode(new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB), "png");
    assertThatThrownBy(
            () -> GREY.decode(java.util.Arrays.copyOf(whole, whole.length / 2), "half.png"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("half.png is a damaged image");
    assertThatThrownBy(() -> GREY.decode(pngHeader(50_000, 50_000), "bomb.png"))
        .hasMessageStartingWith("bomb.png has 50000×50000 pixels, more than 100000000");
  }

  @Test
  void imagesOfAnotherSizeAreRefusedByToNetwork() {
    assertThatThrownBy(() -> GREY.toNetwork(Pixels.of(1, 3, 2, 1, new byte[6])))
        .hasMessage("images of 3×2×1 do not fit input pixels of 2×3×1");
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static byte[] pngHeader(int width, int height) {
    ByteBuffer chunk = ByteBuffer.allocate(17);
    chunk
        .put("IHDR".getBytes(StandardCharsets.US_ASCII))
        .putInt(width)
        .putInt(height)
        .put(new byte[] {8, 0, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(chunk.array());
    return ByteBuffer.allocate(8 + 4 + 17 + 4)
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10})
        .putInt(13)
        .put(chunk.array())
        .putInt((int) crc.getValue())
        .array();
  }
}
