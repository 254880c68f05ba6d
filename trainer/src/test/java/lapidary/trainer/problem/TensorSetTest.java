package lapidary.trainer.problem;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.SplittableRandom;
import lapidary.models.ImageInput;
import lapidary.models.Normalization;
import lapidary.models.Pixels;
import lapidary.trainer.data.LabelledImages;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.examples.TensorSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TensorSetTest {
  private static final Normalization GREY = new Normalization(List.of(.3f), List.of(.4f));
  private static final Normalization RGB =
      new Normalization(List.of(.5f, .4f, .3f), List.of(.2f, .25f, .3f));

  @ParameterizedTest
  @CsvSource({"1,FLAT", "1,NCHW", "3,FLAT", "3,NCHW"})
  void batchesAreWhatTheImageInputSays(int channels, ImageInput.Layout layout) {
    byte[] bytes = new byte[6 * 4 * 5 * channels];
    new SplittableRandom(1).nextBytes(bytes);
    Pixels pixels = Pixels.of(6, 4, 5, channels, bytes);
    ImageInput input = new ImageInput(
        ImageInput.PIXELS,
        new ImageInput.Size(4, 5, channels),
        ImageInput.ResizeRule.STRETCH,
        channels == 1 ? GREY : RGB,
        layout);
    LabelledImages images = LabelledImages.of(pixels, new int[] {0, 1, 2, 3, 4, 5});
    try (TensorSet set = ImageSubject.tensors(Device.cpu(), images, input);
        NDManager scope = set.manager().newSubManager()) {
      Batch batch = set.batch(scope.create(new long[] {4, 1}));
      NDArray values = batch.inputs().singletonOrThrow();
      float[] fifth = input.toNetwork(pixels.slice(4, 5));
      float[] second = input.toNetwork(pixels.slice(1, 2));
      assertThat(values.get(0).toFloatArray()).containsExactly(fifth);
      assertThat(values.get(1).toFloatArray()).containsExactly(second);
      assertThat(values.getShape().getShape())
          .containsExactly(shape(input).stream().mapToLong(Long::longValue).toArray());
      assertThat(batch.targets().toLongArray()).containsExactly(4, 1);
      // A transposed view would be computed by the engine's channels-last convolutions.
      assertThat(Engines.isInMemory(values))
          .as("values lie in the order of the axes")
          .isTrue();
    }
  }

  private static List<Long> shape(ImageInput input) {
    List<Long> shape = new java.util.ArrayList<>(List.of(2L));
    shape.addAll(input.networkShape());
    return shape;
  }
}
