package lapidary.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxFileTest {
  /** Two images of 2 rows and 3 columns, written out by hand. */
  private static final byte[] IMAGES = {
    0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, (byte) 255
  };

  private static final byte[] LABELS = {0, 0, 8, 1, 0, 0, 0, 3, 9, 0, (byte) 200};

  @TempDir
  Path folder;

  @Test
  void imagesAreReadRowByRowGzippedOrNot() throws IOException {
    for (byte[] content : new byte[][] {IMAGES, IdxBytes.gzip(IMAGES)}) {
      Pixels pixels = IdxFile.images(file(content)).toPixels();
      assertThat(pixels.count()).isEqualTo(2);
      assertThat(pixels.height()).isEqualTo(2);
      assertThat(pixels.width()).isEqualTo(3);
      assertThat(pixels.channels()).isEqualTo(1);
      assertThat(pixels.at(0, 1, 0, 0)).isEqualTo(4);
      assertThat(pixels.at(1, 1, 2, 0)).isEqualTo(255);
    }
  }

  @Test
  void labelsAreUnsigned() throws IOException {
    assertThat(IdxFile.labels(file(LABELS)).toLabels()).containsExactly(9, 0, 200);
  }

  @Test
  void everyCutOfAFileIsRefusedByName() throws IOException {
    for (byte[] whole : new byte[][] {IMAGES, IdxBytes.gzip(IMAGES)}) {
      for (int length = 0; length < whole.length; length++) {
        Path cut = file(Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> IdxFile.images(cut))
            .as("%d of %d bytes", length, whole.length)
            .isInstanceOf(InvalidInputException.class)
            .hasMessageStartingWith(cut.toString())
            .hasMessageContaining(" is damaged: ")
            .hasMessageEndingWith("; get the file again");
      }
    }
  }

  @Test
  void aTruncatedGzipStreamIsSaidToEndTooEarly() throws IOException {
    byte[] gzip = IdxBytes.gzip(IMAGES);
    Path cut = file(Arrays.copyOf(gzip, gzip.length / 2));
    assertThatThrownBy(() -> IdxFile.images(cut))
        .hasMessageContaining("the gzip stream ends too early");
  }

  @Test
  void aFlippedBitInAGzipStreamIsRefused() throws IOException {
    byte[] gzip = IdxBytes.gzip(IMAGES);
    gzip[gzip.length - 6] ^= 1; // the stream's checksum
    Path flipped = file(gzip);
    assertThatThrownBy(() -> IdxFile.images(flipped))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Corrupt GZIP trailer");
  }

  @Test
  void aWrongMagicNumberNamesBothNumbers() throws IOException {
    Path labels = file(LABELS);
    assertThatThrownBy(() -> IdxFile.images(labels))
        .hasMessage(labels + " has magic number 2049, wanted 2051 (idx3 images of unsigned bytes);"
            + " these are labels, give the images");
    Path images = file(IMAGES);
    assertThatThrownBy(() -> IdxFile.labels(images))
        .hasMessageContaining("magic number 2051, wanted 2049")
        .hasMessageContaining("these are images, give the labels");
    Path text = file("hello, world".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> IdxFile.images(text))
        .hasMessageContaining("magic number 1751477356, wanted 2051")
        .hasMessageEndingWith("give an idx file, gzipped or not");
  }

  @Test
  void trailingBytesAreRefused() throws IOException {
    byte[] longer = Arrays.copyOf(LABELS, LABELS.length + 1);
    for (byte[] content : new byte[][] {longer, IdxBytes.gzip(longer)}) {
      Path file = file(content);
      assertThatThrownBy(() -> IdxFile.labels(file))
          .hasMessageContaining("bytes follow the 3 values its header promises");
    }
  }

  @Test
  void aHugeClaimIsRefusedBeforeMemoryIsTaken() throws IOException {
    byte[] claim = ByteBuffer.allocate(17)
        .putInt(2051)
        .putInt(70_000)
        .putInt(170)
        .putInt(170)
        .array();
    for (byte[] content : new byte[][] {claim, IdxBytes.gzip(claim)}) {
      Path file = file(content);
      assertThatThrownBy(() -> IdxFile.images(file))
          .hasMessageContaining("promises 70000×170×170 values, more than the file can hold");
    }
    byte[] negative =
        ByteBuffer.allocate(16).putInt(2051).putInt(-1).putInt(-1).putInt(-1).array();
    Path file = file(negative);
    assertThatThrownBy(() -> IdxFile.images(file)).hasMessageContaining("4294967295×");
  }

  @Test
  void aSizeOfZeroIsRefused() throws IOException {
    Path none = file(ByteBuffer.allocate(8).putInt(2049).putInt(0).array());
    assertThatThrownBy(() -> IdxFile.labels(none)).hasMessageContaining("size 0 in dimension 0");
  }

  @Test
  void aMissingFileIsRefusedByName() {
    Path missing = folder.resolve("none");
    assertThatThrownBy(() -> IdxFile.labels(missing))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot read " + missing);
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(Files.createTempFile(folder, "idx", ""), content);
  }
}
