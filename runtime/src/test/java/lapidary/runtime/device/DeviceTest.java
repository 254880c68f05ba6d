package lapidary.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceTest {
  @Test
  void readsEveryWrittenForm() {
    Map<String, Device> forms = Map.of(
        "cpu:2", Device.cpu(2),
        "CUDA", Device.cuda(0),
        "cuda:1", Device.cuda(1),
        "tensorrt", Device.tensorRt(0),
        " tensorrt:3 ", Device.tensorRt(3),
        "Auto", Device.auto());
    forms.forEach((text, device) -> assertThat(Device.parse(text)).as(text).isEqualTo(device));
  }

  @Test
  void cpuAloneTakesEveryProcessor() {
    int processors = Runtime.getRuntime().availableProcessors();
    assertThat(Device.parse("cpu")).isEqualTo(new Device.Cpu(processors));
    assertThat(Device.cpu().text()).isEqualTo("cpu:" + processors);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu:3", "cuda:1", "tensorrt:0", "auto"})
  void textIsReadBackAsTheSameDevice(String text) {
    assertThat(Device.parse(text).text()).isEqualTo(text);
  }

  @Test
  void aMistypedDeviceIsToldTheNearestOne() {
    assertThatThrownBy(() -> Device.parse("cudda:0"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("did you mean \"cuda\"?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "cpu:", "cuda:x", "cuda:-1", "auto:0", "cpu:0", "cuda:1:2"})
  void whatNamesNoDeviceIsRefused(String text) {
    assertThatThrownBy(() -> Device.parse(text)).isInstanceOf(InvalidInputException.class);
  }
}
