package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TensorBytesTest {
  @TempDir
  java.nio.file.Path folder;

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String hex(Tensor tensor) {
    ByteBuffer memory =
        ByteBuffer.allocate((int) TensorBytes.size(tensor) + 1).order(ByteOrder.LITTLE_ENDIAN);
    TensorBytes.write(tensor, memory);
    assertThat(memory.remaining()).isEqualTo(1);
    return HexFormat.of().formatHex(memory.flip().array(), 0, memory.limit());
  }

  /** Bits as numpy writes them: {@code numpy.array([...], dtype).tobytes().hex()}. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 0000c03fffff7f7f",
    "FLOAT64, 000000000000f83f9a9999999999b9bf",
    "INT8, 807f",
    "UINT8, 80ff",
    "INT16, 0080ff7f",
    "UINT16, 0080ffff",
    "INT32, 00000080ffffff7f",
    "UINT32, 00000080ffffffff",
    "INT64, 0000000000000080ffffffffffffff7f",
    "UINT64, 0000000000000080ffffffffffffffff",
    "BOOL, 0001"
  })
  void whatIsReadIsWrittenAgain(ElementType type, String hex) {
    Tensor tensor = TensorBytes.read(type, bytes(hex), 2, 1);
    assertThat(tensor.type()).isEqualTo(type);
    assertThat(tensor.shape()).containsExactly(2, 1);
    assertThat(hex(tensor)).isEqualTo(hex);
  }

  @Test
  void valuesAreThoseThatTheBytesMean() {
    assertThat(
            TensorBytes.read(ElementType.FLOAT32, bytes("0000c03f000080bf"), 2).floats())
        .containsExactly(1.5f, -1);
    assertThat(TensorBytes.read(ElementType.INT16, bytes("0080ff7f"), 2).shorts())
        .containsExactly(Short.MIN_VALUE, Short.MAX_VALUE);
    assertThat(TensorBytes.read(ElementType.BOOL, bytes("0002"), 2).bools())
        .containsExactly(false, true);
    ByteBuffer big = ByteBuffer.wrap(new byte[] {0, 0, 1, 0}).position(1);
    assertThat(TensorBytes.read(ElementType.UINT8, big, 3).bytes()).containsExactly(0, 1, 0);
    assertThat(big.position()).isEqualTo(1);
  }

  /** 65504 and 2^-24 as halves; 3.140625 as a brain float. */
  @Test
  void sixteenBitFloatsAreTheFloatsThatInputsOfThemTake() {
    Tensor halves = TensorBytes.read(ElementType.FLOAT16, bytes("ff7b0100"), 2);
    assertThat(halves.type()).isEqualTo(ElementType.FLOAT32);
    assertThat(halves.floats()).containsExactly(65504, 0x1p-24f);
    assertThat(TensorBytes.read(ElementType.BFLOAT16, bytes("4940"), 1).floats())
        .containsExactly(3.140625f);
  }

  @ParameterizedTest
  @CsvSource({"10, FLOAT16, ff7b0100", "16, BFLOAT16, 49407f7f"})
  void sixteenBitFloatsComeOutOfAModelAsTheyWentIn(int type, ElementType element, String hex)
      throws Exception {
    java.nio.file.Path file = TinyOnnx.identity(type).write(folder.resolve("x.onnx"));
    try (Model model = Model.open(file, Device.cpu(1))) {
      Tensor given = TensorBytes.read(element, bytes(hex), 1, 2);
      Tensor answer = model.run(Map.of("x", given), List.of("y")).get("y");
      assertThat(answer.type()).isEqualTo(element);
      assertThat(hex(answer)).isEqualTo(hex);
    }
  }

  @Test
  void bytesThatDoNotFillTheShapeAreRefused() {
    assertThatThrownBy(() -> TensorBytes.read(ElementType.INT32, bytes("000000"), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("3 bytes are not a number of values of 4 bytes");
    assertThatThrownBy(() -> TensorBytes.read(ElementType.INT32, bytes("00000000"), 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1 values do not fill shape [2]");
    assertThatThrownBy(() -> TensorBytes.read(ElementType.STRING, bytes("00"), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no fixed width");
  }
}
