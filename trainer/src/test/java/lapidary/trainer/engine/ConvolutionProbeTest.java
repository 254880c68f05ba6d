package lapidary.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import java.util.stream.Stream;
import lapidary.trainer.engine.ConvolutionProbe.Layout;
import lapidary.trainer.engine.ConvolutionProbe.Shapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ConvolutionProbeTest {
  @Test
  void plainLoopsGiveWhatIsWorkedByHand() {
    Shapes shapes = new Shapes(1, 1, 3, 2, 3, Layout.CONTIGUOUS);
    float[] image = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    float[] kernel = {0, 1, 0, 0, 10, 0, 0, 0, 100};
    // Windows centred on the corners 1, 3, 7 and 9; what lies outside is 0.
    assertThat(PlainConvolution.of(shapes, 1, image, kernel))
        .containsExactly(10 + 500, 30, 4 + 70, 6 + 90);
  }

  @Test
  void plainLoopsTellImagesAndChannelsApart() {
    Shapes shapes = new Shapes(2, 3, 1, 1, 1, Layout.CONTIGUOUS);
    float[] images = {1, 2, 3, 4};
    float[] kernels = {1, 0, 0, 1, 10, 100};
    assertThat(PlainConvolution.of(shapes, 2, images, kernels))
        .containsExactly(1, 2, 210, 3, 4, 430);
  }

  @ParameterizedTest
  @MethodSource("documented")
  void convolutionsOfTheDocumentedNetworksAreRight(Shapes shapes) {
    assertThat(ConvolutionProbe.difference(shapes))
        .as("this machine's engine computes %s wrongly: %s", shapes, ConvolutionProbe.verdict())
        .isLessThan(1e-5);
  }

  /** Nothing that this project can mend: a machine with the fault is to say so by name. */
  @ParameterizedTest
  @MethodSource("suspect")
  void convolutionsThatAreWrongOnSomeProcessorsAreRightHere(Shapes shapes) {
    assumeFalse(ConvolutionProbe.isWrong(shapes), ConvolutionProbe::verdict);
    assertThat(ConvolutionProbe.difference(shapes)).isLessThan(1e-5);
  }

  @Test
  void wrongConvolutionsAreNamedWithTheRemedy() {
    assertThat(ConvolutionProbe.verdict(List.of(ConvolutionProbe.SUSPECT.get(0))))
        .contains("24 to 24 channels, 3×3, stride 1, contiguous")
        .contains("ONEDNN_MAX_CPU_ISA=SSE41");
    assertThat(TrainingDevices.probe().get(0).detail()).contains(ConvolutionProbe.verdict());
  }

  static Stream<Shapes> documented() {
    return ConvolutionProbe.DOCUMENTED.stream();
  }

  static Stream<Shapes> suspect() {
    return ConvolutionProbe.SUSPECT.stream();
  }
}
