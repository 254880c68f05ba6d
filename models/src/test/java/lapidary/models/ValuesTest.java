package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checks that the records of this room make for themselves. */
final class ValuesTest {
  @Test
  void impossibleValuesAreRefusedWithASentence() {
    assertThatThrownBy(() -> new Labels(List.of("a", "b", "a")))
        .hasMessageContaining("labels repeat a name");
    assertThatThrownBy(() -> new Architecture.MnistLogistic(784, 1))
        .hasMessageContaining("2 classes");
    assertThatThrownBy(() -> new Architecture.MnistNn(784, 0, 10))
        .hasMessageContaining("hidden width 0");
    assertThatThrownBy(() -> new Normalization(List.of(0f), List.of(0f)))
        .hasMessageContaining("positive deviation");
    assertThatThrownBy(() -> new ImageInput.Size(28, 28, 2))
        .hasMessageContaining("channels 1 or 3");
    assertThatThrownBy(() -> new TensorInput("x", ElementType.FLOAT32, List.of(0L)))
        .hasMessageContaining("[0]");
    assertThatThrownBy(() -> Pixels.of(2, 2, 2, 1, new byte[7]))
        .hasMessageContaining("7 bytes are not 2 images");
    assertThatThrownBy(() -> new Signature(List.of(), List.of()))
        .hasMessageContaining("at least one input");
    TensorInput input = new TensorInput("x", ElementType.FLOAT32, List.of(1L));
    assertThatThrownBy(() -> new Signature(List.of(input), List.of(Output.of("x", 0))))
        .hasMessageContaining("two tensors are named x");
  }

  @Test
  void pixelsCopyInAndOut() {
    byte[] bytes = {1, 2, 3, 4, 5, 6};
    Pixels pixels = Pixels.of(3, 1, 2, 1, bytes);
    bytes[0] = 99;
    pixels.bytes()[1] = 99;
    assertThat(pixels.bytes()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(pixels.slice(1, 3).bytes()).containsExactly(3, 4, 5, 6);
    assertThat(pixels.at(2, 0, 1, 0)).isEqualTo(6);
  }

  @Test
  void parityHoldsOnlyWithinToleranceAndWithTheSameAnswer() {
    Parity.Difference close = difference(1e-6, true);
    Parity.Difference swapped = difference(1e-6, false);
    assertThat(parity(1e-5, close).holds()).isTrue();
    assertThat(parity(1e-7, close).holds()).isFalse();
    assertThat(parity(1e-5, close, swapped).holds()).isFalse();
  }

  private static Parity.Difference difference(double relative, boolean sameTop1) {
    return new Parity.Difference("logits", 1e-5, relative, sameTop1);
  }

  private static Parity parity(double tolerance, Parity.Difference... outputs) {
    return new Parity(tolerance, "random", List.of(1), List.of(outputs));
  }

  @Test
  void sha256IsThePublishedOne() {
    // FIPS 180-2, appendix B.1
    assertThat(Sha256.of("abc".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void everyDocumentedModelHasACard() {
    assertThat(Architecture.DOCUMENTED)
        .allSatisfy(name -> assertThat(ModelCard.documented(name))
            .hasValueSatisfying(card ->
                assertThat(card).contains("Data:", "Input:", "Outputs:", "Recipe:", "Measured:")));
    assertThat(ModelCard.documented("custom")).isEmpty();
  }
}
