package lapidary.trainer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SafetensorsTest {
  @TempDir
  Path folder;

  @Test
  void aFileIsLengthThenJsonThenLittleEndianValues() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(
        file,
        List.of(StoredTensor.floats("w", new float[] {1f, -2f}, 1, 2)),
        Map.of("b", "2", "a", "1"));
    String json = "{\"__metadata__\":{\"a\":\"1\",\"b\":\"2\"},"
        + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
    String padded = json + " ".repeat((8 - json.length() % 8) % 8);
    byte[] wanted = ByteBuffer.allocate(8 + padded.length() + 8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(padded.length())
        .put(padded.getBytes(UTF_8))
        .put(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0})
        .array();
    assertThat(Files.readAllBytes(file)).isEqualTo(wanted);
  }

  @Test
  void everyElementTypeComesBackAsItWas() {
    Path file = folder.resolve("all.safetensors");
    List<StoredTensor> tensors = List.of(
        StoredTensor.of("flags", ElementType.BOOL, new long[] {3}, bytes(1, 0, 1)),
        StoredTensor.longs("steps", new long[] {Long.MIN_VALUE}),
        StoredTensor.floats("empty", new float[0], 0, 4),
        StoredTensor.floats("weight \"ä\"", new float[] {1, 2, 3, 4, 5, Float.NaN}, 2, 3),
        StoredTensor.of("half", ElementType.FLOAT16, new long[] {2}, bytes(0, 0x3c, 0, 0xc0)),
        StoredTensor.of("small", ElementType.INT32, new long[] {1}, bytes(254, 255, 255, 255)),
        StoredTensor.of("pixel", ElementType.UINT8, new long[] {1}, bytes(200)));
    Safetensors.write(file, tensors, Map.of());
    Safetensors.Contents contents = Safetensors.read(file);
    assertThat(contents.tensors()).hasSameSizeAs(tensors).zipSatisfy(tensors, (read, written) -> {
      assertThat(read.name()).isEqualTo(written.name());
      assertThat(read.type()).isEqualTo(written.type());
      assertThat(read.shape()).isEqualTo(written.shape());
      assertThat(read.bytes()).isEqualTo(written.bytes());
    });
    assertThat(contents.get("half").orElseThrow().floats()).containsExactly(1f, -2f);
    assertThat(contents.get("small").orElseThrow().longs()).containsExactly(-2);
    assertThat(contents.get("pixel").orElseThrow().longs()).containsExactly(200);
    assertThat(contents.get("flags").orElseThrow().longs()).containsExactly(1, 0, 1);
    assertThat(contents.get("steps").orElseThrow().longs()).containsExactly(Long.MIN_VALUE);
    assertThat(contents.get("absent")).isEmpty();
    assertThat(contents.metadata()).isEmpty();
  }

  @Test
  void bfloat16BecomesFloat32() throws IOException {
    // 1.0, -2.0 and the bfloat16 nearest to pi, 3.140625
    Path file = raw(
        "{\"b\":{\"dtype\":\"BF16\",\"shape\":[3],\"data_offsets\":[0,6]}}",
        0x80,
        0x3f,
        0x00,
        0xc0,
        0x49,
        0x40);
    StoredTensor tensor = Safetensors.read(file).get("b").orElseThrow();
    assertThat(tensor.type()).isEqualTo(ElementType.FLOAT32);
    assertThat(tensor.floats()).containsExactly(1f, -2f, 3.140625f);
  }

  @Test
  void halvesAreWidenedExactly() {
    assertThat(HalfFloats.fromHalf((short) 0x3c01)).isEqualTo(1f + 0x1p-10f);
    assertThat(HalfFloats.fromHalf((short) 0x7bff)).isEqualTo(65504f);
    assertThat(HalfFloats.fromHalf((short) 0x0001)).isEqualTo(0x1p-24f);
    assertThat(HalfFloats.fromHalf((short) 0x83ff)).isEqualTo(-0x1.ff8p-15f);
    assertThat(Float.floatToRawIntBits(HalfFloats.fromHalf((short) 0x8000))).isEqualTo(1 << 31);
    assertThat(HalfFloats.fromHalf((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(HalfFloats.fromHalf((short) 0x7e00)).isNaN();
  }

  @Test
  void theSameTensorsGiveTheSameBytes() throws IOException {
    List<StoredTensor> tensors = List.of(
        StoredTensor.longs("n", new long[] {7}), StoredTensor.floats("w", new float[6], 2, 3));
    Map<String, String> metadata = Map.of("x", "1", "y", "2", "z", "3", "w", "4");
    Safetensors.write(folder.resolve("1"), tensors, metadata);
    Safetensors.write(folder.resolve("2"), tensors, new java.util.TreeMap<>(metadata));
    assertThat(folder.resolve("1")).hasSameBinaryContentAs(folder.resolve("2"));
  }

  @Test
  void everyCutOfAFileIsRefusedByName() throws IOException {
    Path whole = folder.resolve("whole");
    Safetensors.write(
        whole, List.of(StoredTensor.floats("w", new float[] {1, 2}, 2)), Map.of("k", "v"));
    byte[] bytes = Files.readAllBytes(whole);
    for (int length = 0; length < bytes.length; length++) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> Safetensors.read(cut))
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(cut + " is not a whole safetensors file: ");
    }
  }

  @Test
  void aMissingFileIsRefused() {
    assertThatThrownBy(() -> Safetensors.read(folder.resolve("none")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none: it does not exist");
  }

  @Test
  void aTensorIsCopiedInAndOut() {
    float[] values = {1, 2};
    long[] shape = {2};
    StoredTensor tensor = StoredTensor.floats("w", values, shape);
    values[0] = 9;
    shape[0] = 9;
    tensor.shape()[0] = 9;
    tensor.floats()[1] = 9;
    assertThat(tensor.floats()).containsExactly(1, 2);
    assertThat(tensor.shape()).containsExactly(2);
    assertThat(tensor.bytes().isReadOnly()).isTrue();
    assertThat(tensor.bytes().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(tensor).hasToString("w FLOAT32[2]");
  }

  @Test
  void whatCannotBeStoredIsRefused() {
    assertThatThrownBy(() -> StoredTensor.floats("w", new float[5], 2, 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("tensor w of FLOAT32[2, 3] takes 24 bytes, not 20");
    assertThatThrownBy(() -> StoredTensor.of("s", ElementType.STRING, new long[0], bytes(1)))
        .hasMessageContaining("tensor s holds STRING, which safetensors cannot store");
    StoredTensor twice = StoredTensor.longs("n", new long[] {1});
    assertThatThrownBy(
            () -> Safetensors.write(folder.resolve("x"), List.of(twice, twice), Map.of()))
        .hasMessageContaining("n: the name is taken");
    assertThatThrownBy(twice::floats).hasMessageContaining("INT64, not floating-point");
    StoredTensor floats = StoredTensor.floats("f", new float[] {1});
    assertThatThrownBy(floats::longs).hasMessageContaining("FLOAT32, not integers");
    assertThat(folder).isEmptyDirectory();
  }

  private Path raw(String json, int... data) throws IOException {
    return Files.write(folder.resolve("raw"), RawFile.of(json, data));
  }

  private static ByteBuffer bytes(int... values) {
    return ByteBuffer.wrap(RawFile.bytes(values));
  }
}
