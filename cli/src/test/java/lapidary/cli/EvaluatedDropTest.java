package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import lapidary.cli.console.Console;
import lapidary.cli.console.Output;
import lapidary.cli.predict.EvaluatedDrop;
import lapidary.exporter.quantize.Judge;
import lapidary.runtime.Model;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search for a file in 8 bits asks its judge many times. */
final class EvaluatedDropTest {
  @TempDir
  Path folder;

  @Test
  void photosAreJudgedAgainAsTheyWereAtFirstAndAFileIn8BitsIsOpened() {
    Path photos = PhotoFixture.photos(folder.resolve("photos"));
    Path run = folder.resolve("run");
    Cli.json("train", "resnet18", "--data", photos, "--size", 32, "--epochs", 1, "--out", run);
    Path whole = folder.resolve("whole.onnx");
    Path half = folder.resolve("half.onnx");
    Cli.json("export", run, "-o", whole);
    Cli.json("export", run, "-o", half, "--precision", "fp16");
    Console console = new Console(
        Output.to(new PrintWriter(new StringWriter())),
        new PrintWriter(new StringWriter()),
        System.getenv());
    Judge judge = new EvaluatedDrop(photos.toString(), console);
    try (Model before = Model.open(whole, Device.cpu(1));
        Model after = Model.open(half, Device.cpu(1))) {
      Judge.Verdict first = judge.judge(before, after);
      assertThat(first.metric()).isEqualTo("accuracy");
      assertThat(judge.judge(before, after)).isEqualTo(first);
      assertThat(judge.judge(before, before).drop()).isZero();
    }
    Path small = folder.resolve("small.onnx");
    Cli.json(
        "export", run, "-o", small, "--precision", "int8", "--calibrate", photos, "--max-drop", 1);
    double accuracy =
        Cli.json("evaluate", small, "--data", photos).at("/score/accuracy").asDouble();
    assertThat(accuracy).isBetween(0.0, 1.0);
    assertThat(Cli.run("verify", small, "--run", run).code()).isZero();
  }
}
