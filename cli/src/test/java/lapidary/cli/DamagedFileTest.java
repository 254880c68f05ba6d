package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import lapidary.exporter.OnnxExporter;
import lapidary.models.Architecture;
import lapidary.models.ModelDescription;
import lapidary.trainer.Checkpoint;
import lapidary.trainer.TrainedModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose weights a disk or a copy has changed: the structure is whole, the answers are not. */
final class DamagedFileTest {
  @TempDir
  static Path folder;

  private static Workshop shop;

  @BeforeAll
  static void make() {
    shop = Workshop.copiedTo(folder.resolve("shop"));
  }

  @Test
  void weightsThatWereChangedAreFoundByEveryCommandThatOpensThem() throws IOException {
    // Small changes: the answers are numbers, and wrong.
    Path model = damaged(shop.model(), "02lin2/weight", 0.25f);
    Path ratings = damaged(shop.ratings(), "02i_weight/weight", 0.25f);
    Path table = damaged(shop.table(), "01embeds.0/weight", 0.25f);
    for (Object[] line : List.of(
        new Object[] {"predict", model, shop.pictures()},
        new Object[] {"evaluate", model, "--data", Workshop.DATA},
        new Object[] {"embed", model, shop.pictures(), "--out", folder.resolve("never.csv")},
        new Object[] {"pca", model, "--data", Workshop.DATA},
        new Object[] {
          "index", "create", folder.resolve("never"), "--model", model, "--images", shop.pictures()
        },
        new Object[] {"predict", ratings, "42,50"},
        new Object[] {"evaluate", ratings, "--data", "ratings-sample"},
        new Object[] {
          "movies",
          "recommend",
          ratings,
          "--items",
          shop.items(),
          "--user",
          42,
          "--data",
          "ratings-sample"
        },
        new Object[] {"predict", table, shop.rows()},
        new Object[] {"evaluate", table, "--data", shop.rows()})) {
      refused("its weights have sha256", line);
    }
  }

  @Test
  void wholeFilesOfEveryFormAreOpened() {
    Path half = folder.resolve("half.onnx");
    Cli.json("export", shop.run(), "-o", half, "--precision", "fp16");
    Path fixed = folder.resolve("fixed.onnx");
    Cli.json("export", shop.run(), "-o", fixed, "--batch", 2);
    Path baked = folder.resolve("baked.onnx");
    Cli.json("pca", shop.model(), "--data", Workshop.DATA, "--components", 4, "--bake", baked);
    for (Path file : List.of(half, fixed, baked)) {
      assertThat(Cli.json("predict", file, shop.pictures()).get("results")).hasSize(3);
    }
  }

  @Test
  void answersThatAreNotNumbersAreRefusedWhereNoDigestTells() throws IOException {
    Path items = damaged(shop.items(), "01i_weight/weight", Float.NaN);
    refused("output embedding, which is not a finite number", "movies", "best", items);
    refused("not a finite number", "movies", "similar", items, "1");
    refused("not a finite number", "pca", items);
    // Times a black corner, which is below the mean: a hidden value without end.
    Path model = damaged(uncertified(), "01lin1/weight", Float.NEGATIVE_INFINITY);
    refused("not a finite number", "predict", model, shop.pictures());
    refused("not a finite number", "evaluate", model, "--data", Workshop.DATA);
    refused("not a finite number", "embed", model, shop.pictures(), "-o", folder.resolve("n.csv"));
    refused("\"NaN\" is not a decimal number", "search", shop.clothes(), "--vector", "NaN,1");
  }

  /** The same network as one of the user's own, whose weights have no names that are known. */
  private static Path uncertified() {
    Path file = folder.resolve("own.onnx");
    try (TrainedModel trained = Checkpoint.load(shop.run())) {
      ModelDescription known = trained.description();
      OnnxExporter.export(
          trained.network().block(),
          new ModelDescription(
              new Architecture.Custom("own"),
              known.task(),
              known.labels(),
              known.signature(),
              known.provenance(),
              known.evidence()),
          file);
    }
    return file;
  }

  /** A copy with another sixth value of a weight: the bytes of a tensor follow its name. */
  private static Path damaged(Path file, String weight, float value) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] name = weight.getBytes(StandardCharsets.US_ASCII);
    int place = bytes.length - name.length;
    while (!Arrays.equals(bytes, place, place + name.length, name, 0, name.length)) {
      place--;
    }
    // Behind the name: a tag, a length in base 128, then the values, of which the sixth is changed.
    int length = place + name.length + 1;
    while (bytes[length] < 0) {
      length++;
    }
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(length + 1 + 5 * Float.BYTES, value);
    return Files.write(folder.resolve("damaged-" + file.getFileName()), bytes);
  }

  private static void refused(String reason, Object... line) {
    Cli.Run run = Cli.run(line);
    assertThat(run.code()).as(Arrays.toString(line) + run.out() + run.err()).isEqualTo(2);
    assertThat(run.err()).contains(reason);
  }
}
