package lapidary.models.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WireReaderTest {
  /** Larger than what the reader keeps of a file. */
  private static final int LARGE = 20_000;

  @TempDir
  Path folder;

  @Test
  void whatIsReadAgainIsTheSame() throws IOException {
    byte[] weights = new byte[LARGE];
    weights[LARGE - 1] = 9;
    WireWriter message = new WireWriter().number(1, 300).part(2, weights).number(3, -1);
    Path file = Files.write(folder.resolve("message"), message.bytes());
    try (FileChannel channel = FileChannel.open(file)) {
      WireReader reader = new WireReader(channel);
      for (int i = 0; i < 2; i++) {
        assertThat(reader.varint()).isEqualTo(1 << 3);
        assertThat(reader.varint()).isEqualTo(300);
        reader.back(0);
      }
      assertThat(reader.varint()).isEqualTo(1 << 3);
      assertThat(reader.varint()).isEqualTo(300);
      assertThat(reader.varint()).isEqualTo(2 << 3 | 2);
      long begin = reader.position() + 3;
      assertThat(reader.length(reader.size())).isEqualTo(LARGE);
      assertThat(reader.bytes(LARGE)).isEqualTo(weights);
      reader.back(begin);
      assertThat(reader.bytes(LARGE)).isEqualTo(weights);
      assertThat(reader.varint()).isEqualTo(3 << 3);
      assertThat(reader.varint()).isEqualTo(-1);
      assertThat(reader.position()).isEqualTo(reader.size());
    }
  }

  @Test
  void realNumbersAreWrittenInFourBytes() {
    assertThat(new WireWriter().real(2, 1.5f).bytes())
        .containsExactly(2 << 3 | 5, 0, 0, (byte) 0xc0, 0x3f);
  }
}
