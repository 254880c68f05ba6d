package lapidary.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BulkDeviceTest {
  private static final BulkDevice SHARED = new BulkDevice(Device.cpu(3), 1);
  private static final BulkDevice APART = new BulkDevice(Device.cpu(1), 3);

  @TempDir
  Path folder;

  @Test
  void allThreadsShareTheRunOfAFewImages() {
    Path image = folder.resolve("a.png");

    assertThat(BulkDevice.of(Device.cpu(3), List.of(image))).isEqualTo(SHARED);
    assertThat(BulkDevice.of(Device.cpu(3), Collections.nCopies(16, image))).isEqualTo(SHARED);
  }

  @Test
  void ofManyImagesEachThreadTakesABatch() {
    Path image = folder.resolve("a.png");

    assertThat(BulkDevice.of(Device.cpu(3), Collections.nCopies(17, image))).isEqualTo(APART);
    assertThat(BulkDevice.of(Device.cpu(3), List.of(image, folder))).isEqualTo(APART);
    assertThat(BulkDevice.of(Device.cpu(3), List.of(folder.resolve("a.ZIP")))).isEqualTo(APART);
  }

  @Test
  void aGpuTakesThemAsTheyCome() {
    int cores = Runtime.getRuntime().availableProcessors();

    assertThat(BulkDevice.of(Device.cuda(1), List.of(folder.resolve("a.png"))))
        .isEqualTo(new BulkDevice(Device.cuda(1), cores));
  }
}
