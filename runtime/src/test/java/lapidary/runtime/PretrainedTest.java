package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;

/** A network that others trained, judged by figures measured with another ONNX Runtime in another language. */
final class PretrainedTest {
  private static final int VALUES = 3 * 32 * 32;
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

  @Test
  void resnet20GivesThePublishedLogitsForAFixedInput() {
    float[] pattern = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      pattern[i] = i * 37 % 255 / 255f - 0.5f;
    }
    try (Model model = resnet20()) {
      float[] logits = run(model, pattern, 1);
      assertThat(logits[0]).isCloseTo(-2.1470f, within(2e-4f));
      assertThat(logits[1]).isCloseTo(-3.3610f, within(2e-4f));
      assertThat(logits[2]).isCloseTo(4.1485f, within(2e-4f));
      assertThat(logits[3]).isCloseTo(1.8478f, within(2e-4f));
      assertThat(logits[4]).isCloseTo(0.8862f, within(2e-4f));
      assertThat(logits[6]).isCloseTo(6.3412f, within(2e-4f));
      assertThat(best(logits, 0)).isEqualTo(6);
    }
  }

  @Test
  void resnet20NamesNineHundredFifteenOfAThousandTestImages() throws IOException {
    byte[] records = records();
    try (Model model = resnet20()) {
      int right = 0;
      for (int start = 0; start < 1000; start += 100) {
        float[] logits = run(model, batch(records, start, 100), 100);
        for (int i = 0; i < 100; i++) {
          right += best(logits, i * 10) == records[(start + i) * (VALUES + 1)] ? 1 : 0;
        }
      }
      assertThat(right).isEqualTo(915);
    }
  }

  private static Model resnet20() {
    Model model = Model.open(TestData.file("pretrained/resnet20_cifar10.onnx"), Device.cpu(2));
    assertThat(model.opset()).isEqualTo(13);
    assertThat(model.sha256())
        .isEqualTo("33c99a4043a850da6cdb0914ba96784483fbdca46a13b277cf3311e0217f950a");
    return model;
  }

  private static byte[] records() throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(
        Files.newInputStream(TestData.file("cifar10/cifar10_test_1000.bin.gz")))) {
      return in.readAllBytes();
    }
  }

  /** Records of a label and three planes of 1,024 bytes, scaled and normalised. */
  private static float[] batch(byte[] records, int start, int count) {
    float[] values = new float[count * VALUES];
    for (int i = 0; i < values.length; i++) {
      int value = records[(start + i / VALUES) * (VALUES + 1) + 1 + i % VALUES] & 0xff;
      int channel = i % VALUES / 1024;
      values[i] = (value / 255f - MEAN[channel]) / DEVIATION[channel];
    }
    return values;
  }

  private static float[] run(Model model, float[] values, int count) {
    Tensor input = Tensor.floats(values, count, 3, 32, 32);
    return model.run(Map.of("input", input)).get("logits").floats();
  }

  private static int best(float[] logits, int from) {
    int best = 0;
    for (int i = 1; i < 10; i++) {
      best = logits[from + i] > logits[from + best] ? i : best;
    }
    return best;
  }
}
