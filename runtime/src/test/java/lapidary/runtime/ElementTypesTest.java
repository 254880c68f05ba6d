package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every element type through ONNX Runtime and back, by graphs that change nothing. */
final class ElementTypesTest {
  @TempDir
  Path folder;

  @Test
  void floatsComeBackBitForBit() throws IOException {
    float[] values = {1.5f, -0f, Float.MIN_VALUE, Float.POSITIVE_INFINITY, 3, 4};
    assertThat(echo(TinyOnnx.FLOAT, Tensor.floats(values, 3, 2)).floats()).containsExactly(values);
  }

  @Test
  void bytesIntegersTruthAndTextComeBack() throws IOException {
    assertThat(echo(TinyOnnx.UINT8, Tensor.uint8(new byte[] {0, -1}, 1, 2)).bytes())
        .containsExactly(0, -1);
    assertThat(echo(TinyOnnx.INT32, Tensor.int32(new int[] {-7, 1 << 30}, 1, 2)).ints())
        .containsExactly(-7, 1 << 30);
    assertThat(echo(TinyOnnx.INT64, Tensor.longs(new long[] {-7, 1L << 60}, 1, 2))
            .longs())
        .containsExactly(-7, 1L << 60);
    assertThat(echo(TinyOnnx.BOOL, Tensor.bools(new boolean[] {true, false}, 1, 2))
            .bools())
        .containsExactly(true, false);
    String[] texts = {"left", "", "rösti", "右"};
    assertThat(echo(TinyOnnx.STRING, Tensor.strings(texts, 2, 2)).strings()).containsExactly(texts);
  }

  @Test
  void halvesAreFloatsOnBothSides() throws IOException {
    Tensor answer = echo(TinyOnnx.FLOAT16, Tensor.floats(new float[] {1.5f, 0.1f}, 1, 2));
    assertThat(answer.type()).isEqualTo(ElementType.FLOAT16);
    // 0.1 rounded to 11 significant bits is 1638 / 2^14.
    assertThat(answer.floats()).containsExactly(1.5f, 1638f / 16384f);
    assertThat(echo(TinyOnnx.FLOAT16, answer).floats()).containsExactly(answer.floats());
  }

  @Test
  void noRowsGiveNoRows() throws IOException {
    Tensor answer = echo(TinyOnnx.FLOAT, Tensor.floats(new float[0], 0, 2));
    assertThat(answer.shape()).containsExactly(0, 2);
    assertThat(answer.floats()).isEmpty();
    assertThat(echo(TinyOnnx.STRING, Tensor.strings(new String[0], 0, 2)).strings())
        .isEmpty();
  }

  @Test
  void aScalarHasNoDimensions() throws IOException {
    TinyOnnx identity = new TinyOnnx()
        .node("Identity", new String[] {"x"}, "y")
        .input("x", TinyOnnx.FLOAT)
        .output("y", TinyOnnx.FLOAT);
    try (Model model = Model.open(identity.write(folder.resolve("s.onnx")), Device.cpu(1))) {
      Tensor answer = model.run(Map.of("x", Tensor.floats(new float[] {7}))).get("y");
      assertThat(answer.shape()).isEmpty();
      assertThat(answer.floats()).containsExactly(7);
    }
  }

  @Test
  void aTypeThatLapidaryDoesNotCarryIsNamed() throws IOException {
    Path file = TinyOnnx.identity(TinyOnnx.DOUBLE).write(folder.resolve("d.onnx"));
    assertThatThrownBy(() -> Model.open(file, Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("d.onnx: \"x\" is a tensor of double; Lapidary takes tensors of [FL");
  }

  private Tensor echo(int type, Tensor tensor) throws IOException {
    Path file = TinyOnnx.identity(type).write(folder.resolve(type + ".onnx"));
    try (Model model = Model.open(file, Device.cpu(1))) {
      Tensor answer = model.run(Map.of("x", tensor)).get("y");
      assertThat(answer.shape()).isEqualTo(tensor.shape());
      return answer;
    }
  }
}
