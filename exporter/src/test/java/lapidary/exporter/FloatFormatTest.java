package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import lapidary.models.ElementType;
import org.junit.jupiter.api.Test;

/** Distances on the line of all numbers of a format, against the steps that Java makes. */
final class FloatFormatTest {
  private static FloatFormat format(ElementType type) {
    return FloatFormat.of(type).orElseThrow();
  }

  @Test
  void floatsAreCountedAsJavaStepsThem() {
    FloatFormat floats = format(ElementType.FLOAT32);
    for (float from : new float[] {0, Float.MIN_VALUE, 1e-39f, 0.99999994f, 1, -3.5f, 1e30f}) {
      float to = from;
      for (int steps = 0; steps < 5; steps++) {
        assertThat(floats.steps(from, to)).as("%s to %s", from, to).isEqualTo(steps);
        to = Math.nextUp(to);
      }
    }
    assertThat(floats.steps(Float.MIN_VALUE, -Float.MIN_VALUE)).isEqualTo(2);
    assertThat(floats.steps(0.0, -0.0)).isZero();
    assertThat(floats.steps(Float.MAX_VALUE, Float.POSITIVE_INFINITY)).isGreaterThan(64);
  }

  @Test
  void doublesAreCountedToTheirEnds() {
    FloatFormat doubles = format(ElementType.FLOAT64);
    for (double from : new double[] {0, Double.MIN_VALUE, 1e-310, 1, -3.5, 1e300}) {
      assertThat(doubles.steps(from, Math.nextUp(Math.nextUp(from)))).isEqualTo(2);
    }
    assertThat(doubles.steps(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
        .isEqualTo(Long.MAX_VALUE);
  }

  /** IEEE 754 binary16: 1,024 numbers from a power of two to the next, 2^-24 apart below 2^-14; bfloat16 has 128. */
  @Test
  void sixteenBitsHaveFewNumbers() {
    FloatFormat halves = format(ElementType.FLOAT16);
    assertThat(halves.steps(1, 2)).isEqualTo(1024);
    assertThat(halves.steps(1, 1 + 0x1p-10)).isEqualTo(1);
    assertThat(halves.steps(0, 0x1p-24)).isEqualTo(1);
    assertThat(halves.steps(0, 0x1p-14)).isEqualTo(1024);
    assertThat(halves.steps(0x1p-14, 65504)).isEqualTo(30 * 1024 - 1);
    assertThat(format(ElementType.BFLOAT16).steps(1, 4)).isEqualTo(256);
  }

  @Test
  void whatIsANumberOnOneSideOnlyIsFarthest() {
    FloatFormat floats = format(ElementType.FLOAT32);
    assertThat(floats.steps(Double.NaN, Double.NaN)).isZero();
    assertThat(floats.steps(Double.NaN, 1)).isEqualTo(Long.MAX_VALUE);
    assertThat(FloatFormat.of(ElementType.INT64)).isEmpty();
  }
}
