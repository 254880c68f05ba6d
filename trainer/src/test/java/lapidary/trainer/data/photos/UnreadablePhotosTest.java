package lapidary.trainer.data.photos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photos that are listed and cannot be read, in folders and zip files: left out and named, or the end of a strict pass. */
final class UnreadablePhotosTest {
  private static final String BAD = "train/dog/2.png";
  private static final int ENTRY = 0x04034b50;
  private static final int DIRECTORY = 0x02014b50;

  @TempDir
  private Path folder;

  @Test
  void aFileLargerThanAnyPictureIsLeftOut() throws IOException {
    Path photos = photos();
    try (RandomAccessFile file = new RandomAccessFile(photos.resolve(BAD).toFile(), "rw")) {
      file.setLength(Pixels.MAX_FILE_BYTES + 1L);
    }
    leavesOut(photos, "has more than 268435456 bytes");
  }

  /** As a file without permission does for others, this one fails for the superuser too: no memory is at address 0. */
  @Test
  void aFileWhoseBytesCannotBeReadIsLeftOut() throws IOException {
    Path memory = Path.of("/proc/self/mem");
    Assumptions.assumeTrue(Files.exists(memory), "no " + memory + " on this system");
    leavesOut(linkedTo(memory), "cannot be read");
  }

  @Test
  void aDeviceIsLeftOut() throws IOException {
    Path zeros = Path.of("/dev/zero");
    Assumptions.assumeTrue(Files.exists(zeros), "no " + zeros + " on this system");
    leavesOut(linkedTo(zeros), "is not a regular file");
  }

  private Path linkedTo(Path file) throws IOException {
    Path photos = photos();
    Files.delete(photos.resolve(BAD));
    Files.createSymbolicLink(photos.resolve(BAD), file);
    return photos;
  }

  @Test
  void aFileThatGoesAwayIsLeftOut() throws IOException {
    Path photos = photos();
    PhotoSet listed = TinyPhotos.load(photos).train();
    Files.delete(photos.resolve(BAD));
    leavesOut(listed, "cannot be read");
  }

  @Test
  void anEntryWithAnotherChecksumIsLeftOut() throws IOException {
    Path zip = zip();
    byte[] bytes = Files.readAllBytes(zip);
    change(bytes, DIRECTORY, 16, 0x12345678);
    Files.write(zip, bytes);
    leavesOut(zip, "is damaged: its bytes have another checksum than was noted");
  }

  @Test
  void anEntryThatDoesNotUnpackIsLeftOut() throws IOException {
    Path zip = zip();
    byte[] bytes = Files.readAllBytes(zip);
    int data = place(bytes, ENTRY) + 30 + BAD.length();
    // A deflate block of the kind that does not exist.
    bytes[data] = (byte) 0xff;
    Files.write(zip, bytes);
    leavesOut(zip, "cannot be read");
  }

  @Test
  void anEntryThatIsNotWhereTheDirectorySaysIsLeftOut() throws IOException {
    Path zip = zip();
    byte[] bytes = Files.readAllBytes(zip);
    change(bytes, ENTRY, 0, 0);
    Files.write(zip, bytes);
    leavesOut(zip, "cannot be read");
  }

  private Path photos() {
    Path photos = folder.resolve("photos");
    entries().forEach((name, bytes) -> TinyPhotos.write(photos, name, bytes));
    return photos;
  }

  private Path zip() {
    return TinyPhotos.zip(folder.resolve("photos.zip"), entries());
  }

  private static Map<String, byte[]> entries() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    List.of("train/cat/1.png", "train/cat/2.png", "train/dog/1.png", BAD, "valid/cat/3.png")
        .forEach(name -> entries.put(name, TinyPhotos.noise(name.hashCode())));
    return entries;
  }

  private static void leavesOut(Path place, String reason) {
    leavesOut(TinyPhotos.load(place).train(), reason);
  }

  private static void leavesOut(PhotoSet photos, String reason) {
    long[] all = LongStream.range(0, photos.count()).toArray();
    try (PhotoBatches batches = loader(photos, false).open(all, 4, 1)) {
      assertThat(batches.next().rows()).containsExactly(0, 1, 2);
      assertThat(batches.skipped())
          .singleElement()
          .satisfies(photo -> assertThat(photo.reason()).contains(BAD).contains(reason));
    }
    try (PhotoBatches batches = loader(photos, true).open(all, 4, 1)) {
      assertThatThrownBy(batches::next)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(BAD)
          .hasMessageContaining(reason);
    }
  }

  private static PhotoLoader loader(PhotoSet photos, boolean strict) {
    return new PhotoLoader(
        photos, ImageInput.resnet(32), Augmentation.NONE, new LoaderOptions(2, 2, strict));
  }

  private static void change(byte[] zip, int signature, int offset, int value) {
    ByteBuffer.wrap(zip)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(place(zip, signature) + offset, value);
  }

  /** Where the header of this kind for the bad photo begins. */
  private static int place(byte[] zip, int signature) {
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int name = signature == ENTRY ? 30 : 46;
    for (int at = 0; at < zip.length - name - BAD.length(); at++) {
      if (bytes.getInt(at) == signature
          && BAD.equals(new String(
              zip, at + name, BAD.length(), java.nio.charset.StandardCharsets.US_ASCII))) {
        return at;
      }
    }
    throw new IllegalArgumentException("no such header");
  }
}
