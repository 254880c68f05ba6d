package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lapidary.cli.console.ExitCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes and sentences where a run folder is damaged, of an earlier version, or in use. */
final class RunStateTest {
  @TempDir
  private Path folder;

  private Path run;

  @BeforeEach
  void train() {
    run = folder.resolve("run");
    assertThat(train("--overwrite").code()).isZero();
  }

  private Cli.Run train(String option) {
    return Cli.run(
        "train", "mnist-nn", "--data", "fashion-mnist-sample", "--epochs", 2, option, "--out", run);
  }

  private Cli.Run export() {
    return Cli.run("export", run, "--overwrite", "-o", folder.resolve("nn.onnx"));
  }

  @Test
  void aFlippedBitEndsWithTwoAndNamesTheFile() throws IOException {
    flip("optimiser.safetensors");
    assertRefused(train("--resume"), "optimiser.safetensors has sha256");
    assertThat(export().code()).isZero();
    flip("optimiser.safetensors");
    flip("weights.safetensors");
    assertRefused(train("--resume"), "weights.safetensors has sha256");
    assertRefused(export(), "weights.safetensors has sha256");
    assertRefused(
        Cli.run("verify", folder.resolve("nn.onnx"), "--run", run),
        "weights.safetensors has sha256");
    assertThat(Cli.run("export", run, "--best", "--overwrite", "-o", folder.resolve("nn.onnx"))
            .code())
        .isZero();
  }

  @Test
  void aRunOfAnEarlierVersionIsSaidToBeUnchecked() throws IOException {
    Files.delete(run.resolve("checkpoint/SHA256SUMS"));
    assertThat(export().err()).contains("lapidary: ", "has no SHA256SUMS");
    assertThat(export().code()).isZero();
    Cli.Run resumed = train("--resume");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out() + resumed.err()).contains("has no SHA256SUMS");
    assertThat(export().err()).doesNotContain("SHA256SUMS");
  }

  @Test
  void anImpossiblePositionEndsWithTwo() throws IOException {
    Files.deleteIfExists(run.resolve("checkpoint/SHA256SUMS"));
    Path state = run.resolve("checkpoint/state.json");
    Files.writeString(state, Files.readString(state).replace("\"batch\" : 0", "\"batch\" : -1"));
    assertRefused(train("--resume"), "state.json is damaged: it stands after batch -1");
  }

  private static void assertRefused(Cli.Run ran, String sentence) {
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(ran.err()).contains(sentence, "--overwrite");
  }

  private void flip(String name) throws IOException {
    Path file = run.resolve("checkpoint").resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }
}
