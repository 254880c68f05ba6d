package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import lapidary.cli.console.ExitCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is verified as strictly as it was exported, unless something else is asked for. */
final class VerifyToleranceTest {
  @TempDir
  static Path folder;

  private static Path run;
  private static Path half;

  @BeforeAll
  static void exportInSixteenBits() {
    run = folder.resolve("run");
    half = folder.resolve("half.onnx");
    Cli.json(
        "train",
        "mnist-nn",
        "--data",
        "fashion-mnist-sample",
        "--epochs",
        1,
        "--seed",
        1,
        "--out",
        run);
    Cli.json("export", run, "-o", half, "--precision", "fp16");
  }

  @Test
  void aFileOfSixteenBitsHoldsWithoutATolerance() {
    JsonNode found = Cli.json("verify", half, "--run", run);
    assertThat(found.get("tolerance").asDouble()).isEqualTo(1e-2);
    assertThat(found.at("/outputs/0/relative").asDouble()).isGreaterThan(1e-5);
    assertThat(Cli.run("verify", half, "--run", run, "--tolerance", "1e-6").code())
        .isEqualTo(ExitCode.BREACH);
  }

  @Test
  void theTolerancesOfExportAndVerifyAreOne() {
    Path strict = folder.resolve("strict.onnx");
    Cli.json("export", run, "-o", strict, "--tolerance", "1e-5");
    assertThat(Cli.json("verify", strict, "--run", run).get("tolerance").asDouble())
        .isEqualTo(1e-5);
  }

  @Test
  void bothPrintUlpsRowsAndSizes() {
    Cli.Run exported = Cli.run("export", run, "-o", folder.resolve("printed.onnx"));
    Cli.Run verified = Cli.run("verify", folder.resolve("printed.onnx"), "--run", run);
    for (String printed : new String[] {exported.out(), verified.out()}) {
      assertThat(printed)
          .contains("parity on validation rows, batches [1, 3, 8, 37]: worst relative difference")
          .containsPattern("\n  logits +absolute \\S+, relative \\S+; ulps .*; same top answer in"
              + " 49 of 49 rows\n")
          .containsPattern("\n  ONNX Runtime \\S+ against PyTorch \\S+\n")
          .contains("\n  pixels [28, 28, 1] in batches [1, 3, 8, 37]\n");
    }
  }
}
