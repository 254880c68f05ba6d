package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import lapidary.cli.console.ExitCode;
import lapidary.models.Architecture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gets a sentence and exit 2, and leaves nothing half-written. */
final class BadInputTest {
  private static final String DATA = "fashion-mnist-sample";

  @TempDir
  static Path folder;

  private static Path run;
  private static Path model;

  @BeforeAll
  static void trainAndExportOnce() {
    run = folder.resolve("run");
    model = folder.resolve("model.onnx");
    Cli.json("train", "mnist-logistic", "--data", DATA, "--epochs", 1, "--out", run);
    Cli.json("export", run, "-o", model);
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearestOne() throws IOException {
    refuses(
        "unknown model \"mnist-mn\"; did you mean \"mnist-nn\"?",
        "train",
        "mnist-mn",
        "--data",
        DATA,
        "--out",
        folder.resolve("x"));
    refuses(
        "did you mean \"fashion-mnist\"?",
        "train",
        "mnist-nn",
        "--data",
        "fashion-minst",
        "--out",
        folder.resolve("x"));
    refuses("did you mean", "evaluate", model, "--data", "fashion-mnist-smaple");
  }

  @Test
  void anUnknownCommandOrOptionIsAnsweredWithASuggestion() {
    Cli.Run command = Cli.run("trian");
    assertThat(command.code()).isEqualTo(2);
    assertThat(command.err()).contains("train");
    Cli.Run option =
        Cli.run("train", "mnist-nn", "--data", DATA, "--out", folder.resolve("x"), "--epoch", "3");
    assertThat(option.code()).isEqualTo(2);
    assertThat(option.err()).contains("--epochs");
    assertThat(Cli.run("train").code()).isEqualTo(2);
    assertThat(Cli.run().code()).isEqualTo(2);
  }

  @Test
  void aModelIsNamedBeforeItsOptions() throws IOException {
    refuses("which model? Name it before its options: mnist-logistic, mnist-nn", "train", "--seed");
    refuses("unknown command \"creat\"; did you mean \"create\"?", "index", "creat");
    for (String group : List.of("train", "lr-find")) {
      Cli.Run alone = Cli.run(group);
      assertThat(alone.code()).isEqualTo(2);
      assertThat(alone.err()).contains(Architecture.DOCUMENTED);
    }
  }

  @Test
  void aModelsHelpHasItsOwnOptionsWithTheirDefaultsAndNoOthers() {
    for (String model : Architecture.DOCUMENTED) {
      for (String group : List.of("train", "lr-find")) {
        Cli.Run help = Cli.run(group, model, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Usage: lapidary " + group + " " + model, "./lapidary");
        assertThat(help.out()).doesNotContain("resnet*", "tabular:", "collab:");
        assertThat(help.out().contains("--epochs")).isEqualTo(group.equals("train"));
      }
    }
    String collab = Cli.run("train", "collab", "--help").out();
    assertThat(collab.lines().filter(line -> line.matches(" {2,6}(-\\w, *)?--[\\w\\[-].*")))
        .hasSizeLessThanOrEqualTo(33);
    assertThat(collab)
        .contains("Length of an embedding; default 40.")
        .doesNotContain("--size", "--layers", "--hidden", "--one-cycle");
    assertThat(Cli.run("train", "mnist-nn", "--help").out())
        .contains("Width of the hidden layer; default 50.")
        .doesNotContain("--factors", "--preset");
    assertThat(Cli.run("train", "resnet18", "--help").out())
        .contains("default 2 with")
        .contains("--freeze-epochs");
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    for (String command : List.of(
        "demo",
        "data",
        "data list",
        "data images",
        "train",
        "import",
        "lr-find",
        "export",
        "inspect",
        "verify",
        "predict",
        "evaluate",
        "movies",
        "movies best",
        "movies worst",
        "movies similar",
        "movies recommend",
        "pca",
        "embed",
        "embeddings",
        "index",
        "index create",
        "index add",
        "index remove",
        "index info",
        "index check",
        "search",
        "serve",
        "devices")) {
      Cli.Run help = Cli.run(
          Stream.concat(Stream.of(command.split(" ", -1)), Stream.of("--help")).toArray());
      assertThat(help.code()).as(command).isZero();
      assertThat(help.out())
          .as(command)
          .contains("Example", "./lapidary " + command.split(" ", -1)[0]);
    }
  }

  @Test
  void damagedIdxFilesAreRefusedByName() throws IOException {
    byte[] images = gzip(idx(2051, 6, 2, 3), new byte[36]);
    byte[] labels = gzip(idx(2049, 6), new byte[] {0, 1, 0, 1, 0, 1});
    refusesData("train-images-idx3-ubyte.gz", Arrays.copyOf(images, images.length - 9), labels);
    refusesData("magic", gzip(idx(2049, 6, 2, 3), new byte[36]), labels);
    refusesData("6", images, gzip(idx(2049, 5), new byte[5]));
    refusesData("", gzip(idx(2051, 6, 2, 3), new byte[30]), labels);
    refusesData("", gzip(idx(2051, Integer.MAX_VALUE, 28, 28), new byte[36]), labels);
    refusesData("", new byte[0], labels);
  }

  @Test
  void aHalfOrForeignOnnxFileIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(model);
    Path half = Files.write(folder.resolve("half.onnx"), Arrays.copyOf(whole, whole.length / 2));
    Path text = Files.writeString(folder.resolve("text.onnx"), "hello, this is not a model\n");
    Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
    for (Path bad : List.of(half, text, empty, folder, folder.resolve("nowhere.onnx"))) {
      refuses(bad.getFileName().toString(), "inspect", bad);
      refuses(bad.getFileName().toString(), "evaluate", bad, "--data", DATA);
    }
  }

  /** Native code may do worse with a stranger's file than refuse it: whoever looks into one does not run it. */
  @Test
  void aFileIsInspectedWithoutASession() throws IOException {
    String bytes = Files.readString(model, StandardCharsets.ISO_8859_1);
    Path strange = folder.resolve("strange.onnx");
    Files.writeString(strange, bytes.replace("\"\4Gemm", "\"\4Germ"), StandardCharsets.ISO_8859_1);
    refuses("Germ", "evaluate", strange, "--data", DATA);
    JsonNode inspected = Cli.json("inspect", strange);
    for (String same : List.of("inputs", "outputs", "description")) {
      assertThat(inspected.get(same)).isEqualTo(Cli.json("inspect", model).get(same));
    }
  }

  @Test
  void anImageThatIsNoImageIsRefused() throws IOException {
    Path picture = Files.writeString(folder.resolve("picture.png"), "not a picture");
    refuses("picture.png is not an image", "predict", model, picture);
    refuses("nowhere.png", "predict", model, folder.resolve("nowhere.png"));
  }

  @Test
  void aRunFolderWithAMissingWeightOrNoneIsRefused() throws IOException {
    Path broken = folder.resolve("broken");
    copy(run, broken);
    Path weights = broken.resolve("checkpoint/weights.safetensors");
    lapidary.trainer.store.Safetensors.Contents contents =
        lapidary.trainer.store.Safetensors.read(weights);
    String dropped = contents.tensors().get(0).name();
    lapidary.trainer.store.Safetensors.write(
        weights, contents.tensors().subList(1, contents.tensors().size()), contents.metadata());
    refuses("has sha256", "export", broken, "-o", folder.resolve("never.onnx"));
    Files.delete(broken.resolve("checkpoint/SHA256SUMS"));
    refuses(dropped, "export", broken, "-o", folder.resolve("never.onnx"));
    Files.delete(weights);
    refuses("weights.safetensors", "export", broken, "-o", folder.resolve("never.onnx"));
    refuses("nowhere", "export", folder.resolve("nowhere"), "-o", folder.resolve("never.onnx"));
    assertThat(folder.resolve("never.onnx")).doesNotExist();
  }

  @Test
  void anOutputThatCannotBeWrittenIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("a-file"), "x");
    refuses("a-file", "train", "mnist-logistic", "--data", DATA, "--epochs", 1, "--out", file);
    refuses("a-file", "export", run, "-o", file.resolve("model.onnx"));
    refuses(
        "a-file",
        "index",
        "create",
        file,
        "--model",
        model,
        "--data",
        DATA,
        "--output",
        "probabilities");
    refuses(
        "neither .csv nor .safetensors",
        "embed",
        "embeddings",
        model,
        "--data",
        DATA,
        "--output",
        "probabilities",
        "--out",
        folder.resolve("x.txt"));
    assertThat(file).hasContent("x");
  }

  @Test
  void anExistingRunIsNotLostByAccident() throws IOException {
    byte[] before = Files.readAllBytes(run.resolve("checkpoint/weights.safetensors"));
    refuses("--overwrite", "train", "mnist-nn", "--data", DATA, "--epochs", 1, "--out", run);
    assertThat(Files.readAllBytes(run.resolve("checkpoint/weights.safetensors")))
        .isEqualTo(before);
  }

  @Test
  void impossibleValuesAreRefused() throws IOException {
    Path out = folder.resolve("impossible");
    refuses("epochs", "train", "mnist-nn", "--data", DATA, "--epochs", 0, "--out", out);
    refuses("batch", "train", "mnist-nn", "--data", DATA, "--batch", 0, "--out", out);
    refuses("learning rate", "train", "mnist-nn", "--data", DATA, "--lr", "-1", "--out", out);
    refuses("opset", "export", run, "-o", out, "--opset", 3);
    refuses("gpu", "evaluate", model, "--data", DATA, "--device", "gpu");
    refuses("--top 0", "predict", model, folder, "--top", 0);
    assertThat(out).doesNotExist();
  }

  /** The command fails with 2, in one or two lines that contain {@code words}, and changes no file. */
  private static void refuses(String words, Object... command) throws IOException {
    Set<String> before = files();
    Cli.Run refused = Cli.run(command);
    assertThat(refused.code())
        .as(Arrays.toString(command) + refused.err())
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err()).startsWith("lapidary: ").contains(words).doesNotContain("Exception");
    assertThat(refused.err().strip().lines().count()).isLessThanOrEqualTo(2);
    assertThat(refused.out()).isEmpty();
    assertThat(files()).as("files after %s", Arrays.toString(command)).isEqualTo(before);
  }

  private static void refusesData(String words, byte[] images, byte[] labels) throws IOException {
    Path set = Files.createDirectories(folder.resolve("set"));
    for (String part : List.of("train", "t10k")) {
      Files.write(set.resolve(part + "-images-idx3-ubyte.gz"), images);
      Files.write(set.resolve(part + "-labels-idx1-ubyte.gz"), labels);
    }
    refuses(words, "train", "mnist-logistic", "--data", set, "--out", folder.resolve("never"));
  }

  private static Set<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return new TreeSet<>(all.map(Path::toString).toList());
    }
  }

  private static byte[] idx(int... header) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * header.length);
    Arrays.stream(header).forEach(bytes::putInt);
    return bytes.array();
  }

  private static byte[] gzip(byte[] header, byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(header);
      out.write(body);
    }
    return bytes.toByteArray();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(from, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        Path target = to.resolve(from.relativize(file).toString());
        Path parent = target.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.copy(file, target);
        return FileVisitResult.CONTINUE;
      }
    });
  }
}
