package lapidary.trainer.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventFileTest {
  /** 1.5 seconds after the epoch: 3ff8000000000000 as a double. */
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1500), ZoneOffset.UTC);

  @TempDir
  Path folder;

  @Test
  void theFirstEventIsTheVersionAndScalarsFollow() throws IOException {
    List<byte[]> events = decode(write());
    assertThat(hex(events.get(0)))
        .isEqualTo("09000000000000f83f" + "1a0d" + hex("brain.Event:2".getBytes(UTF_8)));
    // field 1 time, field 2 step 300 = ac02, field 5 {field 1 {field 1 tag, field 2 value 0.5}}
    assertThat(hex(events.get(1)))
        .isEqualTo("09000000000000f83f" + "10ac02" + "2a0d" + "0a0b" + "0a04"
            + hex("loss".getBytes(UTF_8)) + "150000003f");
    assertThat(hex(events.get(2))).contains("10ffffffffffffffff7f");
    assertThat(events).hasSize(3);
  }

  @Test
  void checksumsAreMaskedCrc32c() {
    // RFC 3720, B.4: the CRC-32C of 32 zero bytes is 8a9136aa; rotated right by 15 and shifted by
    // a282ead8.
    int masked = (0x8a9136aa >>> 15 | 0x8a9136aa << 17) + 0xa282ead8;
    assertThat(ByteBuffer.wrap(EventFile.maskedCrc(new byte[32]))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getInt())
        .isEqualTo(masked);
  }

  @Test
  void aSecondFileOfTheSameSecondGetsItsOwnName() {
    Path first = write();
    Path second = write();
    assertThat(first).hasFileName("events.out.tfevents.1.lapidary");
    assertThat(second).hasFileName("events.out.tfevents.1.lapidary.1").isRegularFile();
  }

  @Test
  void whatWasFlushedIsInTheFile() throws IOException {
    try (EventFile events = EventFile.create(folder, CLOCK)) {
      events.scalar("loss", 1, 1f);
      events.flush();
      assertThat(decode(events.file())).hasSize(2);
    }
  }

  @Test
  void aFolderThatCannotBeIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> EventFile.create(file.resolve("under"), CLOCK))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("choose a folder you can write to");
  }

  private Path write() {
    try (EventFile events = EventFile.create(folder, CLOCK)) {
      events.scalar("loss", 300, 0.5f);
      events.scalar("loss", Long.MAX_VALUE, 0.25f);
      return events.file();
    }
  }

  /** Takes the frames apart and checks their checksums. */
  private static List<byte[]> decode(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = take(bytes, 8);
      assertThat(take(bytes, 4)).isEqualTo(EventFile.maskedCrc(length));
      byte[] event = take(bytes, length[0]);
      assertThat(take(bytes, 4)).isEqualTo(EventFile.maskedCrc(event));
      events.add(event);
    }
    return events;
  }

  private static byte[] take(ByteBuffer bytes, int count) {
    byte[] taken = new byte[count];
    bytes.get(taken);
    return taken;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
