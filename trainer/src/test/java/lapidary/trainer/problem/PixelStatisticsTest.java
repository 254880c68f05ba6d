package lapidary.trainer.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import lapidary.models.Normalization;
import lapidary.models.Pixels;
import lapidary.trainer.Fashion;
import org.junit.jupiter.api.Test;

/** Hand-worked values. */
final class PixelStatisticsTest {
  @Test
  void eachChannelHasItsMeanAndDeviation() {
    // Channels: 0, 255 (mean 127.5, deviation 127.5) · 51, 51 (deviation 0) · 255, 255 (mean 255).
    Pixels pixels = Pixels.of(1, 1, 2, 3, new byte[] {0, 51, -1, -1, 51, -1});
    Normalization normalization = PixelStatistics.of(pixels);
    assertThat(normalization.mean().get(0)).isCloseTo(0.5f, within(1e-6f));
    assertThat(normalization.std().get(0)).isCloseTo(0.5f, within(1e-6f));
    assertThat(normalization.mean().get(1)).isCloseTo(0.2f, within(1e-6f));
    assertThat(normalization.std()).element(1).isEqualTo(1f);
    assertThat(normalization.mean().get(2)).isEqualTo(1f);
  }

  @Test
  void fashionMnistsSampleHasItsKnownMeanAndDeviation() {
    Normalization normalization = PixelStatistics.of(Fashion.sample().train().pixels());
    // The whole set has mean .2860 and deviation .3530.
    assertThat(normalization.mean().get(0)).isCloseTo(0.286f, within(0.005f));
    assertThat(normalization.std().get(0)).isCloseTo(0.353f, within(0.005f));
  }
}
