package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lapidary.cli.console.ExitCode;
import lapidary.search.Collection;
import lapidary.search.store.Item;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command that writes, on a disk that is full: exit 3, one sentence, and what was there stays. Where no disk can be mounted
 * only the faulty one of {@code AtomicFileTest} is left, through which all of them write.
 */
final class FullDiskTest {
  private static final String DATA = Workshop.DATA;

  @TempDir
  static Path folder;

  private static Path run;
  private static Path model;
  private static Path films;
  private static Path items;
  private static Path rows;
  private static Path sales;
  private static Path table;
  private static Path pictures;
  private static Path clothes;

  @TempDir
  Path mounts;

  private FullDisk disk;

  @BeforeAll
  static void enterTheWorkshop() {
    Workshop shop = Workshop.copiedTo(folder);
    run = shop.run();
    model = shop.model();
    films = shop.films();
    items = shop.items();
    rows = shop.rows();
    sales = shop.sales();
    table = shop.table();
    pictures = shop.pictures();
    clothes = shop.clothes();
  }

  @BeforeEach
  void mount() throws IOException {
    disk = FullDisk.mount(mounts.resolve("disk"), 2048);
    assumeTrue(disk != null, "only root may mount a disk here, and only on Linux");
  }

  @AfterEach
  void unmount() {
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void nothingAtAllCanBeWritten() throws IOException {
    disk.fill();
    assertFull("train", "mnist-logistic", "--data", DATA, "--epochs", 1, "--out", on("run"));
    assertFull("train", "collab", "--data", "ratings-sample", "--epochs", 1, "--out", on("films"));
    assertFull(
        "train",
        "tabular",
        "--data",
        rows,
        "--target",
        "price",
        "--epochs",
        1,
        "--out",
        on("sales"));
    assertFull("export", run, "-o", on("nn.onnx"));
    assertFull("predict", table, rows, "--out", on("answers.csv"));
    assertFull("predict", table, rows, "--json", "--out", on("answers.json"));
    assertFull("embed", model, pictures, "--out", on("f.csv"));
    assertFull("embed", model, pictures, "--out", on("f.safetensors"));
    assertFull("pca", model, "--data", DATA, "--components", 4, "--bake", on("search.onnx"));
    assertFull("pca", model, "--data", DATA, "--components", 4, "--plot", on("nn.html"));
    assertFull("pca", items, "--plot", on("films.html"));
    assertFull("index", "create", on("clothes"), "--model", model, "--data", DATA);
    assertFull("data", "images", "--data", DATA, "--out", on("pictures"));
    assertFull("demo", "--out", on("demo"));
    assertFull("lr-find", "mnist-logistic", "--data", DATA, "--out", on("lr.svg"));
    assertFull("embeddings", sales, "--column", "colour", "--plot", on("colours.html"));
    // A run folder's lock is taken before anything is written, and its empty file stays for the
    // next training.
    assertThat(disk.content().keySet()).allMatch(file -> file.endsWith("/.lapidary.lock"));
  }

  @Test
  void theDiskFillsUpHalfWay() throws IOException {
    disk.fillExcept(24);
    assertFull(
        "train", "mnist-nn", "--data", DATA, "--epochs", 1, "--tensorboard", "--out", on("run"));
    assertFull("export", run, "-o", on("nn.onnx"));
    assertFull("export", films, "-o", on("ratings.onnx"), "--items", on("items.onnx"));
    assertFull("predict", table, rows, "--out", on("answers.csv"));
    assertFull("embed", model, "--data", DATA, "--out", on("f.csv"));
    assertFull("index", "create", on("clothes"), "--model", model, "--data", DATA);
    assertThat(disk.content().keySet())
        .allMatch(name -> name.startsWith("run/"), "only what training leaves to be resumed");
  }

  @Test
  void whatWasThereStays() throws IOException {
    disk.copyIn(clothes);
    disk.copyIn(run);
    disk.copyIn(model);
    disk.fill();
    Map<String, String> before = disk.content();
    assertFull("index", "add", on("clothes"), pictures);
    assertFull("index", "remove", on("clothes"), "--id", "test-00000");
    assertFull("index", "create", on("clothes"), "--model", model, "--data", DATA, "--overwrite");
    assertFull("export", run, "-o", on("nn.onnx"), "--overwrite");
    assertThat(disk.content()).isEqualTo(before);
    assertFull(
        "train", "mnist-nn", "--data", DATA, "--epochs", 1, "--out", on("nn"), "--overwrite");
    assertThat(Cli.run("export", on("nn"), "-o", folder.resolve("again.onnx")).code())
        .isZero();
    assertThat(Cli.json("index", "info", on("clothes")).get("count").asInt()).isEqualTo(1000);
  }

  @Test
  void whatAServerCouldNotWriteIsNeverServedAndItWritesAgainOnceThereIsRoom() throws Exception {
    disk.copyIn(clothes);
    try (Served server = Served.start(on("clothes"))) {
      assertThat(server.put("before")).isEqualTo(200);
      disk.fill();
      for (int i = 0; i < 40; i++) {
        assertThat(server.put("lost-" + i)).isEqualTo(503);
        assertThat(server.count()).isEqualTo(1001);
      }
      assertThat(server.similar("before")).doesNotContain("lost-");
      disk.empty();
      assertThat(server.put("after")).isEqualTo(200);
      assertThat(server.count()).isEqualTo(1002);
      assertThat(server.similar("before")).contains("after").doesNotContain("lost-");
    }
    try (Collection collection = Collection.open(on("clothes"))) {
      assertThat(collection.items(1000, 10))
          .extracting(Item::id)
          .containsExactly("before", "after");
    }
    assertThat(Collection.damages(on("clothes"))).isEmpty();
  }

  @Test
  void noMoreFilesMayBeMade() throws IOException {
    disk.copyIn(clothes);
    Files.delete(on("clothes").resolve("write.lock"));
    Files.createDirectories(on("made"));
    disk.takeEveryFile();
    Map<String, String> before = disk.content();
    for (String run : List.of("run", "made")) {
      assertFull("train", "mnist-logistic", "--data", DATA, "--epochs", 1, "--out", on(run));
      assertFull(
          "train",
          "mnist-logistic",
          "--data",
          DATA,
          "--epochs",
          1,
          "--tensorboard",
          "--out",
          on(run));
    }
    assertFull("export", run, "-o", on("nn.onnx"));
    assertFull("export", run, "-o", on("deep/nn.onnx"));
    assertFull("predict", table, rows, "--out", on("answers.csv"));
    assertFull("index", "create", on("more"), "--model", model, "--data", DATA);
    assertFull("index", "create", on("deep/clothes"), "--model", model, "--data", DATA);
    assertFull("index", "remove", on("clothes"), "--id", "test-00000");
    assertThat(disk.content()).isEqualTo(before);
  }

  @Test
  void theDiskIsReadOnly() throws IOException {
    disk.copyIn(clothes);
    disk.copyIn(run);
    disk.copyIn(model);
    disk.readOnly();
    String words = ": Read-only file system; choose a folder on a disk that can be written to";
    assertRefused(words, "index", "add", on("clothes"), pictures);
    assertRefused(words, "index", "remove", on("clothes"), "--id", "test-00000");
    assertRefused(
        words, "index", "create", on("clothes"), "--model", model, "--data", DATA, "--overwrite");
    assertRefused(words, "export", run, "-o", on("nn.onnx"), "--overwrite");
    assertRefused(
        words,
        "train",
        "mnist-nn",
        "--data",
        DATA,
        "--epochs",
        1,
        "--out",
        on("nn"),
        "--overwrite");
    assertRefused(words, "train", "mnist-nn", "--data", DATA, "--epochs", 1, "--out", on("new"));
    assertRefused(
        words,
        "train",
        "mnist-nn",
        "--data",
        DATA,
        "--epochs",
        1,
        "--tensorboard",
        "--out",
        on("new"));
    assertRefused(words, "predict", table, rows, "--out", on("answers.csv"));
    assertThat(Cli.run("predict", on("nn.onnx"), pictures).code()).isZero();
    assertThat(Cli.run("search", on("clothes"), "--id", "test-00000").code()).isZero();
    assertThat(Cli.run("export", on("nn"), "-o", folder.resolve("other.onnx")).code())
        .isZero();
  }

  private Path on(String name) {
    return disk.place().resolve(name);
  }

  private static void assertFull(Object... command) {
    assertRefused(": No space left on device; make room on that disk or choose another", command);
  }

  private static void assertRefused(String words, Object... command) {
    Cli.Run refused = Cli.run(command);
    assertThat(refused.code()).as(refused.err()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(refused.err().lines().filter(line -> line.startsWith("lapidary: cannot ")))
        .as(refused.err())
        .hasSize(1)
        .allMatch(line -> line.endsWith(words));
    assertThat(refused.err()).doesNotContain("\tat ", "Exception");
  }
}
