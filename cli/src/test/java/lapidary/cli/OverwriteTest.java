package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One rule for every file that a command writes: what is there is replaced only when that is said. */
final class OverwriteTest {
  private static final String MARK = "somebody's work";

  @TempDir
  static Path folder;

  private static Workshop shop;

  @BeforeAll
  static void make() {
    shop = Workshop.copiedTo(folder.resolve("shop"));
  }

  /** Commands without the file that each writes, whose name follows the last argument. */
  private static Stream<List<Object>> commands() {
    Object model = shop.model();
    return Stream.of(
        List.of("x.onnx", "export", shop.run(), "-o"),
        List.of("y.onnx", "export", shop.films(), "-o", folder.resolve("free.onnx"), "--items"),
        List.of("x.csv", "embed", model, shop.pictures(), "--out"),
        List.of("x.safetensors", "embed", model, shop.pictures(), "--out"),
        List.of("x.csv", "predict", shop.table(), shop.rows(), "--out"),
        List.of("b.onnx", "pca", model, "--data", Workshop.DATA, "--components", 4, "--bake"),
        List.of("x.html", "pca", model, "--data", Workshop.DATA, "--components", 4, "--plot"),
        List.of("x.html", "pca", shop.items(), "--plot"),
        List.of("x.svg", "lr-find", "mnist-nn", "--data", Workshop.DATA, "--out"),
        List.of("x.html", "embeddings", shop.sales(), "--column", "colour", "--plot"));
  }

  @Test
  void whatIsThereIsKeptUnlessItIsSaid() throws IOException {
    for (List<Object> command : commands().toList()) {
      Path target = Files.writeString(folder.resolve(command.get(0).toString()), MARK);
      List<Object> line = new ArrayList<>(command.subList(1, command.size()));
      line.add(target);
      Cli.Run refused = Cli.run(line.toArray());
      assertThat(refused.code()).as(line + refused.err()).isEqualTo(2);
      assertThat(refused.err()).contains(target + " exists", "--overwrite");
      assertThat(target).hasContent(MARK);
      line.add("--overwrite");
      Cli.Run replaced = Cli.run(line.toArray());
      assertThat(replaced.code()).as(line + replaced.err()).isZero();
      assertThat(Files.readAllBytes(target)).isNotEqualTo(MARK.getBytes(StandardCharsets.UTF_8));
      Files.deleteIfExists(folder.resolve("free.onnx"));
    }
  }

  @Test
  void aRunIsGoneOnWithOnlyWhereThereIsOne() {
    List<Object> train = List.of("train", "mnist-nn", "--data", Workshop.DATA, "--epochs", 1);
    Path nothing = folder.resolve("nosuchrun");
    Cli.Run refused = with(train, "--resume", "--out", nothing);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(nothing + " holds no run", "omit --resume");
    assertThat(nothing).doesNotExist();
    Cli.Run both = with(train, "--resume", "--overwrite", "--out", shop.run());
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("give one of them");
    assertThat(with(train, "--resume", "--out", shop.run()).code()).isZero();
  }

  private static Cli.Run with(List<Object> line, Object... more) {
    return Cli.run(Stream.concat(line.stream(), Stream.of(more)).toArray());
  }

  @Test
  void picturesAreKeptUnlessItIsSaid() throws IOException {
    Path pictures = folder.resolve("pictures");
    Path one = Files.createDirectories(pictures).resolve("test-00001.png");
    Files.writeString(one, MARK);
    Object[] line = {"data", "images", "--data", Workshop.DATA, "--count", 3, "--out", pictures};
    assertThat(Cli.run(line).err()).contains(one + " exists");
    assertThat(pictures.resolve("test-00000.png")).doesNotExist();
    Object[] said = Arrays.copyOf(line, line.length + 1);
    said[line.length] = "--overwrite";
    assertThat(Cli.run(said).code()).isZero();
    assertThat(Files.size(one)).isGreaterThan(MARK.length());
  }

  @Test
  void whatACommandReadsIsNeverReplaced() throws IOException {
    Path model = Files.copy(shop.model(), folder.resolve("own.onnx"));
    Path link = Files.createSymbolicLink(folder.resolve("link.onnx"), model);
    byte[] before = Files.readAllBytes(model);
    byte[] rows = Files.readAllBytes(shop.rows());
    for (Object[] line : List.of(
        new Object[] {"pca", model, "--data", Workshop.DATA, "--bake", model, "--overwrite"},
        new Object[] {"pca", model, "--data", Workshop.DATA, "--bake", link, "--overwrite"},
        new Object[] {"pca", model, "--data", Workshop.DATA, "--plot", model, "--overwrite"},
        new Object[] {"predict", shop.table(), shop.rows(), "-o", shop.rows(), "--overwrite"})) {
      Cli.Run refused = Cli.run(line);
      assertThat(refused.code()).as(Arrays.toString(line) + refused.err()).isEqualTo(2);
      assertThat(refused.err()).contains("is what this command reads");
    }
    assertThat(model).hasBinaryContent(before);
    assertThat(shop.rows()).hasBinaryContent(rows);
  }

  @Test
  void theDemoWorksTwice() {
    Path demo = folder.resolve("demo");
    assertThat(Cli.run("demo", "--out", demo).code()).isZero();
    Cli.Run again = Cli.run("demo", "--out", demo);
    assertThat(again.code()).as(again.err()).isZero();
  }
}
