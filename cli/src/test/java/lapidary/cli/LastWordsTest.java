package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Map;
import lapidary.cli.console.Console;
import lapidary.cli.console.ExitCode;
import lapidary.cli.console.Output;
import org.junit.jupiter.api.Test;

final class LastWordsTest {
  /** Has no room to put a line together, only for characters that are there. */
  private static final class FullWriter extends PrintWriter {
    FullWriter(Writer out) {
      super(out);
    }

    @Override
    public void println(String line) {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  @Test
  void memoryThatRunsOutWhileAnErrorIsToldIsToldItself() {
    StringWriter said = new StringWriter();
    Console console =
        new Console(Output.to(OutputStream.nullOutputStream()), new FullWriter(said), Map.of());

    int code = Main.run(console, "inspect", "no-such-file.onnx");

    assertThat(code).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(said.toString())
        .startsWith("lapidary: out of memory: Java heap space (the heap may take ")
        .endsWith("or ask for less at a time" + System.lineSeparator());
  }
}
