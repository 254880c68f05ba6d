package lapidary.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import lapidary.trainer.JavaProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What native code says goes past Java's streams, so that only another process can be asked for it. */
final class NativeWarningsTest {
  @TempDir
  Path folder;

  @Test
  void nativeCodeSaysNothingOfItsOwnAccord() throws Exception {
    assertThat(said(Map.of())).isEmpty();
  }

  @Test
  void whoAsksForWarningsHasThem() throws Exception {
    assertThat(said(Map.of("TORCH_CPP_LOG_LEVEL", "WARNING")))
        .contains("discards the imaginary part");
  }

  private String said(Map<String, String> environment) throws Exception {
    ProcessBuilder program = JavaProcess.of(Warned.class, folder);
    program.environment().remove("TORCH_CPP_LOG_LEVEL");
    program.environment().putAll(environment);
    Process process = program.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /** Does what the engine warns of: everywhere, and on processors for which NNPACK was not written. */
  static final class Warned {
    private Warned() {}

    public static void main(String[] arguments) {
      Engines.setThreads(1);
      try (NDManager manager = Engines.manager(Device.cpu())) {
        NDArray values = manager.ones(new Shape(1, 4));
        values.fft(4).toType(DataType.FLOAT32, true);
        NDArray image = manager.ones(new Shape(1, 4, 8, 8));
        Conv2d.conv2d(image, manager.ones(new Shape(4, 4, 3, 3)), manager.ones(new Shape(4)));
      }
    }
  }
}
