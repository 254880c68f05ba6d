package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.stream.IntStream;
import lapidary.runtime.device.TextTensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextTensorsTest {
  /** Few rows, many rows of few texts, and many rows of many: each goes another way. */
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "63, 5", "64, 16", "64, 17", "5000, 1", "5000, 42", "5000, 5000"})
  void textsArriveInPlaceWhateverTheWay(int rows, int different) throws OrtException {
    String[] texts = IntStream.range(0, rows)
        .mapToObj(i -> i % different == 0 ? "" : "Größe 漢字 \ud83d\ude00 number " + i % different)
        .toArray(String[]::new);
    try (OnnxTensor tensor = TextTensors.of(texts, new long[] {rows, 1})) {
      assertThat(tensor.getInfo().getShape()).containsExactly(rows, 1);
      assertThat(TensorCodec.decode(tensor).strings()).containsExactly(texts);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 50", "10, 30"})
  void anyShapeIsKept(long first, long second) throws OrtException {
    String[] texts = new String[(int) (first * second)];
    java.util.Arrays.fill(texts, "same");
    try (OnnxTensor tensor = TextTensors.of(texts, new long[] {first, second})) {
      assertThat(tensor.getInfo().getShape()).containsExactly(first, second);
    }
  }
}
