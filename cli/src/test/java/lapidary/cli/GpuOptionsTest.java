package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import lapidary.cli.console.ExitCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options of GPUs on a machine without one: taken where they can be meant, refused where they cannot. */
final class GpuOptionsTest {
  @TempDir
  static Path folder;

  private static Workshop shop;

  @BeforeAll
  static void enterTheWorkshop() {
    shop = Workshop.copiedTo(folder);
  }

  @Test
  void smallerBatchesGiveTheSameAnswers() {
    assertThat(Cli.json("predict", shop.model(), shop.pictures(), "--batch", 1).get("results"))
        .isEqualTo(Cli.json("predict", shop.model(), shop.pictures()).get("results"));
  }

  @Test
  void batchesAreOfPictures() {
    refuses("--batch is about images", "predict", shop.ratings(), "196,242", "--batch", 2);
    refuses("--batch is about images", "predict", shop.table(), shop.rows(), "--batch", 2);
    refuses("--batch 0 runs nothing", "predict", shop.model(), shop.pictures(), "--batch", 0);
  }

  @Test
  void aCpuTakesNoOptionsOfGpus() {
    String sentence = "takes no options of GPUs; omit them, or use the device cuda";
    refuses(sentence, "predict", shop.model(), shop.pictures(), "--gpu-memory", 100);
    refuses(
        sentence, "evaluate", shop.model(), "--data", Workshop.DATA, "--gpu-precision", "float32");
    refuses(
        "TF32 is arithmetic of NVIDIA GPUs, and the device is cpu",
        "train",
        "mnist-nn",
        "--data",
        Workshop.DATA,
        "--device",
        "cpu",
        "--no-tf32",
        "--out",
        folder.resolve("none"));
  }

  @Test
  void whatADeviceDoesNotDoIsRefusedBeforeItIsLookedFor() {
    refuses(
        "computes in the numbers that the file holds",
        "predict",
        shop.model(),
        shop.pictures(),
        "--device",
        "cuda:3",
        "--gpu-precision",
        "float16");
  }

  private static void refuses(String sentence, Object... command) {
    Cli.Run run = Cli.run(command);
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).contains(sentence);
  }
}
