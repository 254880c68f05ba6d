package lapidary.cli.cuda;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lapidary.models.EnvironmentException;
import org.junit.jupiter.api.Test;

final class PlatformTest {
  @Test
  void anotherSystemIsToldWhatToInstall() {
    assertThatThrownBy(() -> CudaInstallCommand.requirePlatform("Windows 11", "amd64"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessage(
            "cuda install brings libraries for Linux x86-64, and this is Windows 11 amd64; install"
                + " CUDA 12.8 or newer of its generation and cuDNN 9 from NVIDIA, or use the device"
                + " cpu");
    assertThatThrownBy(() -> CudaInstallCommand.requirePlatform("Linux", "aarch64"))
        .isInstanceOf(EnvironmentException.class);
    assertThatCode(() -> CudaInstallCommand.requirePlatform("Linux", "amd64"))
        .doesNotThrowAnyException();
  }
}
