package lapidary.trainer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that lie about themselves. */
final class HostileSafetensorsTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':{'dtype':'U8','shape':[9],'data_offsets':[0,9]}}|its tensors take 9 bytes and 8 are there",
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}}|its tensors take 4 bytes and 8 are there",
        "{'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8]},'b':{'dtype':'U8','shape':[4],'data_offsets':[4,8]}}|tensor b is at bytes 4 to 8, wanted at 8",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[4],'data_offsets':[4,8]}}|tensor b is at bytes 4 to 8, wanted at 2",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}|has 8 bytes, its shape and type take 12",
        "{'a':{'dtype':'U8','shape':[8],'data_offsets':[8,0]}}|at bytes 8 to 0",
        "{'a':{'dtype':'U8','shape':[8],'data_offsets':[-8,0]}}|at bytes -8 to 0",
        "{'a':{'dtype':'U8','shape':[-8],'data_offsets':[0,8]}}|sizes are 0 or more",
        "{'a':{'dtype':'U8','shape':[4294967296,4294967296],'data_offsets':[0,8]}}|is too large",
        "{'a':{'dtype':'U8','shape':[99999999999999999999],'data_offsets':[0,8]}}|its header is not such JSON",
        "{'a':{'dtype':'F64','shape':[1],'data_offsets':[0,8]}}|tensor a has dtype F64; Lapidary reads [F32, F16, BF16",
        "{'a':{'dtype':'U8','shape':[8],'data_offsets':[0]}}|lacks dtype, shape or two data_offsets",
        "{'a':{'shape':[8],'data_offsets':[0,8]}}|lacks dtype, shape or two data_offsets",
        "{'a':{'dtype':'U8','shape':[8.5],'data_offsets':[0,8]}}|its header has VALUE_NUMBER_FLOAT where END_ARRAY belongs",
        "{'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8],'url':'x'}}|unknown entry url",
        "{'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8]},'a':{'dtype':'U8','shape':[8],'data_offsets':[0,8]}}|Duplicate field 'a'",
        "{'__metadata__':{'k':1}}|has VALUE_NUMBER_INT where VALUE_STRING belongs",
        "{'a':[[[[[[1]]]]]]}|where START_OBJECT belongs",
        "[]|has START_ARRAY where START_OBJECT belongs",
        "{} {}|text follows the header's JSON",
        "{'a'|its header is not such JSON",
        "xx|its header is not such JSON",
      })
  void isRefusedWithAReason(String json, String reason) throws IOException {
    byte[] bytes = RawFile.of(json.replace('\'', '"'), 1, 2, 3, 4, 5, 6, 7, 8);
    Path file = Files.write(folder.resolve("hostile"), bytes);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }

  @Test
  void anImpossibleHeaderLengthIsRefusedBeforeMemoryIsTaken() throws IOException {
    for (long length : new long[] {-1, 0, 1, 17, 100_000_001L, Long.MAX_VALUE}) {
      byte[] bytes =
          ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
      Path file = Files.write(folder.resolve("hostile"), bytes);
      assertThatThrownBy(() -> Safetensors.read(file))
          .hasMessageContaining("header claims " + Long.toUnsignedString(length) + " bytes of 24");
    }
  }

  /** A sparse file: three gigabytes on paper, a few kilobytes on the disk. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its files are not sparse unless asked to be")
  void tensorsBeyondTwoGigabytesAreReadWhereTheyAre() throws IOException {
    long gap = 1_500_000_000L;
    String json = ("{'a':{'dtype':'U8','shape':[1500000000],'data_offsets':[0,1500000000]},"
            + "'b':{'dtype':'U8','shape':[1500000000],'data_offsets':[1500000000,3000000000]},"
            + "'c':{'dtype':'F32','shape':[1],'data_offsets':[3000000000,3000000004]}}")
        .replace('\'', '"');
    Path file = Files.write(folder.resolve("large"), RawFile.of(json));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(RawFile.bytes(0, 0, 0x80, 0x3f)), channel.size() + 2 * gap);
    }
    Safetensors.Contents contents = Safetensors.read(file);
    assertThat(contents.get("c").orElseThrow().floats()).containsExactly(1f);
    assertThat(contents.get("b").orElseThrow().elements()).isEqualTo((int) gap);
  }

  @Test
  void aTensorOverTwoGigabytesIsRefused() throws IOException {
    String json =
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[2147483648],\"data_offsets\":[0,2147483648]}}";
    Path file = Files.write(folder.resolve("large"), RawFile.of(json));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[1]), channel.size() + 2_147_483_647L);
    }
    assertThatThrownBy(() -> Safetensors.read(file))
        .hasMessageContaining("tensor a has 2147483648 bytes; Lapidary reads tensors up to 2 GB");
  }
}
