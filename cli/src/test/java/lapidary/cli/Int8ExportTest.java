package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import lapidary.cli.console.ExitCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run exported in 8 bits, judged by evaluate. */
final class Int8ExportTest {
  private static final String DATA = "fashion-mnist-sample";

  @TempDir
  static Path folder;

  private static Path run;

  @BeforeAll
  static void train() {
    run = folder.resolve("run");
    Cli.json("train", "mnist-nn", "--data", DATA, "--epochs", 1, "--seed", 1, "--out", run);
  }

  @Test
  void whatTheDropIsEvaluateSaysToo() {
    Path whole = folder.resolve("whole.onnx");
    Path small = folder.resolve("small.onnx");
    Cli.json("export", run, "-o", whole);
    JsonNode report = Cli.json("export", run, "-o", small, "--precision", "int8");
    double before =
        Cli.json("evaluate", whole, "--data", DATA).at("/score/accuracy").asDouble();
    double after =
        Cli.json("evaluate", small, "--data", DATA).at("/score/accuracy").asDouble();
    assertThat(before).isGreaterThan(0.5);
    assertThat(report.at("/origin/before").asDouble()).isEqualTo(before);
    assertThat(report.at("/origin/after").asDouble()).isEqualTo(after);
    assertThat(report.at("/origin/layers").asInt()).isEqualTo(2);
    assertThat(report.get("bytes").asLong() * 3)
        .isLessThan(report.get("base_bytes").asLong());
    assertThat(Cli.run("verify", small, "--run", run).code()).isEqualTo(ExitCode.DONE);
    assertThat(Cli.run("inspect", small).out()).contains("int8");
  }

  @Test
  void optionsForEightBitsAreRefusedWithoutThem() {
    Cli.Run refused = Cli.run("export", run, "-o", folder.resolve("x.onnx"), "--calibrate", DATA);
    assertThat(refused.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err()).contains("--precision int8");
  }
}
