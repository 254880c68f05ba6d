package lapidary.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class NamedFileTest {
  @Test
  void aFileIsCalledAsItIsUnlessItIsGivenAName() {
    assertThat(NamedFile.parse("runs/nn.onnx"))
        .isEqualTo(new NamedFile("nn", Path.of("runs", "nn.onnx")));
    assertThat(NamedFile.parse("digits=runs/nn.onnx"))
        .isEqualTo(new NamedFile("digits", Path.of("runs", "nn.onnx")));
    assertThat(NamedFile.parse("model")).isEqualTo(new NamedFile("model", Path.of("model")));
  }

  @Test
  void anEqualsSignInAPathNamesNothing() {
    assertThat(NamedFile.parse("lr/rate=3/nn.onnx"))
        .isEqualTo(new NamedFile("nn", Path.of("lr", "rate=3", "nn.onnx")));
  }
}
