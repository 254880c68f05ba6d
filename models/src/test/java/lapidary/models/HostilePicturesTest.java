package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to take memory or time, and damaged ones: a sentence that names the file, and no more. */
final class HostilePicturesTest {
  @Test
  void aPngOf50000By50000IsRefusedFromItsHeader() throws Exception {
    byte[] size =
        ByteBuffer.allocate(13).putInt(50_000).putInt(50_000).put(8, (byte) 8).array();
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    try (DeflaterOutputStream zip =
        new DeflaterOutputStream(rows, new Deflater(Deflater.BEST_COMPRESSION))) {
      zip.write(new byte[50_001 * 100]);
    }
    byte[] bomb = Encoded.joined(
        new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10},
        Encoded.pngChunk("IHDR", size),
        Encoded.pngChunk("IDAT", rows.toByteArray()),
        Encoded.pngChunk("IEND", new byte[0]));
    assertRefused(bomb, "has 50000×50000 pixels, more than 100000000; make it smaller first");
  }

  @Test
  void aWebpLargerThanItsCanvasIsRefused() {
    // VP8X says 1×1; the picture within says 16383×16383.
    byte[] picture = new byte[] {
      'V', 'P', '8', 'L', 6, 0, 0, 0, 0x2f, (byte) 0xfe, (byte) 0xbf, (byte) 0xff, 15, 0
    };
    byte[] webp = Encoded.joined(
        new byte[] {'R', 'I', 'F', 'F', 36, 0, 0, 0, 'W', 'E', 'B', 'P'},
        new byte[] {'V', 'P', '8', 'X', 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
        picture);
    assertRefused(webp, "has 16383×16383 pixels");
    byte[] lossy = {
      'V', 'P', '8', ' ', 10, 0, 0, 0, 0, 0, 0, (byte) 0x9d, 1, 0x2a, -1, 0x3f, -1, 0x3f
    };
    byte[] frame =
        Encoded.joined(new byte[] {'A', 'N', 'M', 'F', 34, 0, 0, 0}, new byte[16], lossy);
    byte[] animation = Encoded.joined(
        new byte[] {'R', 'I', 'F', 'F', 72, 0, 0, 0, 'W', 'E', 'B', 'P'},
        new byte[] {'V', 'P', '8', 'X', 10, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0},
        frame);
    assertRefused(animation, "has 16383×16383 pixels");
  }

  /** 194 kB that take gigabytes on their way to 28×28. */
  @Test
  void aPngOf1By100MillionIsRefusedFromItsHeader() throws Exception {
    byte[] size =
        ByteBuffer.allocate(13).putInt(1).putInt(100_000_000).put(8, (byte) 8).array();
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    try (DeflaterOutputStream zip =
        new DeflaterOutputStream(rows, new Deflater(Deflater.BEST_SPEED))) {
      for (int i = 0; i < 200; i++) {
        zip.write(new byte[1_000_000]);
      }
    }
    byte[] strip = Encoded.joined(
        new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10},
        Encoded.pngChunk("IHDR", size),
        Encoded.pngChunk("IDAT", rows.toByteArray()),
        Encoded.pngChunk("IEND", new byte[0]));
    ImageInput input = ImageInput.flatGrey(28, 28, Normalization.unit());
    assertThatThrownBy(() -> input.decode(strip, "strip.png"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("strip.png has 1×100000000 pixels, one side more than 256 times as long as the"
            + " other; cut a part out first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
  void stripsAreRefusedInEitherDirectionAndFormat(String format) {
    for (int[] side : new int[][] {{2, 513}, {513, 2}, {1, 4000}}) {
      BufferedImage strip = new BufferedImage(side[0], side[1], BufferedImage.TYPE_INT_RGB);
      assertRefused(
          Encoded.as(strip, format),
          "has " + side[0] + "×" + side[1] + " pixels, one side more than 256 times as long");
    }
    BufferedImage longest = new BufferedImage(512, 2, BufferedImage.TYPE_INT_RGB);
    assertThat(Pixels.decode(Encoded.as(longest, format), "long", 1, 2).width()).isEqualTo(512);
  }

  @Test
  void aStripWithinAWebpIsRefused() {
    // VP8X says 1×1; the picture within says 16384×1.
    byte[] picture =
        new byte[] {'V', 'P', '8', 'L', 6, 0, 0, 0, 0x2f, (byte) 0xff, (byte) 0x3f, 0, 0, 0};
    byte[] webp = Encoded.joined(
        new byte[] {'R', 'I', 'F', 'F', 36, 0, 0, 0, 'W', 'E', 'B', 'P'},
        new byte[] {'V', 'P', '8', 'X', 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
        picture);
    assertRefused(webp, "has 16384×1 pixels, one side more than 256 times as long");
  }

  @Test
  void aBmpAroundAnotherFileIsRefused() {
    byte[] bmp = Encoded.as(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "bmp");
    assertThat(Pixels.decode(bmp, "plain.bmp", 3, 2).width()).isEqualTo(3);
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(30, 4);
    assertRefused(bmp, "is a BMP file around a JPEG or PNG file; give the file inside");
  }

  @Test
  void aJpegThatIsCutShortIsDamagedAndNotHalfGrey() {
    byte[] jpeg = noise("jpeg");
    assertThat(Pixels.decode(jpeg, "whole.jpg", 3, 8).width()).isEqualTo(60);
    assertRefused(
        Arrays.copyOf(jpeg, jpeg.length / 2),
        "is a damaged image: it is cut short, without an end-of-image marker; replace the file");
    // A photo within the photo, such as a preview, has an end of its own.
    byte[] preview = Encoded.withExifSegment(jpeg, new byte[] {(byte) 0xff, (byte) 0xd9, 1, 2});
    assertRefused(Arrays.copyOf(preview, preview.length / 2), "is cut short");
    assertThat(Pixels.decode(preview, "whole.jpg", 3, 8).width()).isEqualTo(60);
  }

  @Test
  void aJpegOfTooManyScansIsRefused() {
    byte[] jpeg = noise("jpeg");
    byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 2};
    byte[] scans = new byte[4 * 101];
    for (int i = 0; i < scans.length; i++) {
      scans[i] = scan[i % 4];
    }
    byte[] many = Encoded.joined(
        Arrays.copyOf(jpeg, jpeg.length - 2), scans, new byte[] {(byte) 0xff, (byte) 0xd9});
    assertRefused(many, "is a JPEG of 102 scans, more than 100; save it again");
  }

  /** Whatever a reader throws at damaged bytes becomes one sentence; some damage only changes pixels. */
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
  void anyDamageIsASentence(String format) {
    byte[] whole = noise(format);
    SplittableRandom random = new SplittableRandom(3);
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      for (int hit = 0; hit < 4; hit++) {
        damaged[8 + random.nextInt(i % 2 == 0 ? 60 : damaged.length - 8)] = (byte) random.nextInt();
      }
      try {
        Pixels.decode(damaged, "some.file", 3, 8);
      } catch (InvalidInputException e) {
        assertThat(e).hasMessageStartingWith("some.file ");
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private static byte[] noise(String format) {
    BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 60 * 40; i++) {
      image.setRGB(i % 60, i / 60, random.nextInt());
    }
    return Encoded.as(image, format);
  }

  private static void assertRefused(byte[] encoded, String why) {
    assertThatThrownBy(() -> Pixels.decode(encoded, "evil.file", 3, 224))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("evil.file ")
        .hasMessageContaining(why);
  }
}
