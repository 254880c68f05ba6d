package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import lapidary.models.ElementType;
import lapidary.models.EnvironmentException;
import org.junit.jupiter.api.Test;

/** A device that takes so many rows and no more, in place of a card. */
final class FittingRowsTest {
  private static final String FULL =
      "Non-zero status code returned while running Conv node. Failed to allocate memory for requested"
          + " buffer of size 4294967296";

  private final TensorInfo pixels =
      new TensorInfo("pixels", ElementType.FLOAT32, List.of(-1L, 3L, 2L));
  private final TensorInfo scale = new TensorInfo("scale", ElementType.FLOAT32, List.of(2L));
  private final Map<String, Tensor> forty = Map.of(
      "pixels",
      Tensor.floats(new float[40 * 6], 40, 3, 2),
      "scale",
      Tensor.floats(new float[2], 2));
  private final List<Long> tried = new ArrayList<>();

  @Test
  void rowsAreHalvedUntilTheyFit() {
    assertThat(FittingRows.below(forty, List.of(pixels, scale), upTo(12))).hasValue(10);
    assertThat(tried).containsExactly(20L, 10L);
  }

  @Test
  void whereNotEvenOneRowFitsThatIsSaid() {
    assertThat(FittingRows.below(forty, List.of(pixels, scale), upTo(0))).hasValue(0);
    assertThat(tried).containsExactly(20L, 10L, 5L, 2L, 1L);
    assertThat(told(OptionalInt.of(0)))
        .isEqualTo("m.onnx: out of memory on cuda:0: " + FULL
            + "; one row alone does not fit either: end other programs on that device, give smaller"
            + " rows, or use the device cpu");
  }

  @Test
  void whatIsNotRowsIsNotTried() {
    TensorInfo other = new TensorInfo("other", ElementType.FLOAT32, List.of(-1L));
    Map<String, Tensor> unlike = Map.of(
        "pixels", Tensor.floats(new float[12], 2, 3, 2), "other", Tensor.floats(new float[5], 5));

    assertThat(FittingRows.below(unlike, List.of(pixels, other), upTo(9))).isEmpty();
    assertThat(FittingRows.below(forty, List.of(scale), upTo(9))).isEmpty();
    assertThat(FittingRows.below(
            Map.of("pixels", Tensor.floats(new float[6], 1, 3, 2)), List.of(pixels), upTo(9)))
        .isEmpty();
    assertThat(tried).isEmpty();
  }

  @Test
  void theSentenceNamesTheBatchThatFits() {
    assertThat(told(OptionalInt.of(10)))
        .endsWith("; a batch of 10 was tried and fits, run no more at a time");
    assertThat(told(OptionalInt.empty())).endsWith("; run smaller batches");
  }

  private Predicate<Map<String, Tensor>> upTo(int rows) {
    return inputs -> {
      long[] shape = inputs.get("pixels").shape();
      assertThat(shape).endsWith(3, 2);
      tried.add(shape[0]);
      return shape[0] <= rows;
    };
  }

  private static String told(OptionalInt fitting) {
    RuntimeException told =
        RunFailure.of("m.onnx", "cuda:0", new OrtException(FULL), () -> fitting);
    assertThat(told).isInstanceOf(EnvironmentException.class);
    return told.getMessage();
  }
}
