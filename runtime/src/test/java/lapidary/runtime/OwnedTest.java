package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnedTest {
  @TempDir
  Path folder;

  @Test
  void aModelThatItsOwnerRefusesIsClosedWhateverTheReason() throws Exception {
    Path file = TinyOnnx.add(1, 3).write(folder.resolve("add.onnx"));
    for (Throwable reason : new Throwable[] {
      new IllegalArgumentException("refused"), new OutOfMemoryError("made up"),
    }) {
      AtomicReference<Model> opened = new AtomicReference<>();
      assertThatThrownBy(() -> Owned.open(Model.open(file, Device.cpu(1)), model -> {
            opened.set(model);
            throw sneaky(reason);
          }))
          .isSameAs(reason);
      assertThatThrownBy(() -> opened.get().run(Map.of()))
          .as(reason.toString())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is closed");
    }
  }

  private static RuntimeException sneaky(Throwable reason) {
    if (reason instanceof Error error) {
      throw error;
    }
    return (RuntimeException) reason;
  }
}
