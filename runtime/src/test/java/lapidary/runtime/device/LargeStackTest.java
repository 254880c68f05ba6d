package lapidary.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.List;
import lapidary.runtime.ChildJava;
import lapidary.runtime.Model;
import lapidary.runtime.TinyClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LargeStackTest {
  /** A program whose main thread has the smallest stack that Java gives. */
  static final class SmallProgram {
    private SmallProgram() {}

    public static void main(String[] args) {
      try (Model model = Model.open(Path.of(args[0]), Device.cpu(1))) {
        System.out.println("opened " + model.outputs().size());
      }
    }
  }

  @Test
  void aProgramWithSmallStacksOpensAModel(@TempDir Path folder) throws Exception {
    Path file = TinyClassifier.described().write(folder.resolve("tiny.onnx"));
    String output =
        ChildJava.run(folder, SmallProgram.class, List.of("-Xss512k"), List.of(file.toString()));
    assertThat(output).contains("opened ");
  }

  @Test
  void failuresAreThrownWhereTheWorkWasAskedFor() throws OrtException {
    assertThat(LargeStack.<String>run(() -> "answer")).isEqualTo("answer");
    assertThatThrownBy(() -> LargeStack.run(() -> {
          throw new OrtException("refused");
        }))
        .isInstanceOf(OrtException.class);
    assertThatThrownBy(() -> LargeStack.run(() -> {
          throw new UnsatisfiedLinkError("no library");
        }))
        .isInstanceOf(UnsatisfiedLinkError.class);
    assertThatThrownBy(() -> LargeStack.run(() -> {
          throw new IllegalStateException("closed");
        }))
        .hasMessage("closed");
  }
}
