package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders and archives of image files through pca, bake, embed, index and search, by the commands a user types. */
final class PhotoSearchTest {
  private static final String DATA = "fashion-mnist-sample";
  private static final int COUNT = 30;

  @TempDir
  static Path folder;

  private static Path model;
  private static Path photos;
  private static Path bad;

  @BeforeAll
  static void trainAndDrawOnce() throws IOException {
    Path run = folder.resolve("run");
    model = folder.resolve("nn.onnx");
    Cli.json("train", "mnist-nn", "--data", DATA, "--epochs", 1, "--seed", 3, "--out", run);
    Cli.json("export", run, "-o", model);
    Path drawn = folder.resolve("drawn");
    Cli.json("data", "images", "--data", DATA, "--count", COUNT, "--out", drawn);
    photos = folder.resolve("photos");
    List<Path> files;
    try (Stream<Path> all = Files.walk(drawn)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (int i = 0; i < files.size(); i++) {
      Path label = Files.createDirectories(photos.resolve(i % 2 == 0 ? "even" : "odd"));
      Files.copy(files.get(i), label.resolve("photo-" + i + ".png"));
    }
    bad = Files.writeString(photos.resolve("odd").resolve("bad.png"), "no picture");
  }

  private static void refuses(String sentence, Object... command) {
    Cli.Run run = Cli.run(command);
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(sentence).doesNotContain("Exception");
  }

  @Test
  void aCorruptFileIsNamedAndSkippedOrEndsTheCommand() {
    Path collection = folder.resolve("skipping");
    Cli.Run run =
        Cli.run("index", "create", collection, "--model", model, "--images", photos, "--json");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("skipped: ").contains(bad.toString());
    assertThat(run.json().get("skipped").asInt()).isEqualTo(1);
    assertThat(run.json().get("info").get("count").asInt()).isEqualTo(COUNT);
    Path strict = folder.resolve("strict");
    refuses(
        "bad.png is not an image",
        "index",
        "create",
        strict,
        "--model",
        model,
        "--images",
        photos,
        "--strict");
    assertThat(strict).doesNotExist();
    refuses("none of 1 files", "embed", model, bad, "--out", folder.resolve("none.csv"));
    refuses("nowhere.png", "embed", model, folder.resolve("nowhere.png"), "--out", "x.csv");
  }

  @Test
  void whatWasEmbeddedByARunThatFailedIsNotEmbeddedAgain() {
    Path collection = folder.resolve("resumed");
    Path straight = folder.resolve("straight");
    Object[] command = {"index", "create", collection, "--model", model, "--images", photos};
    Cli.Run failed = Cli.run(with(command, "--components", 51));
    assertThat(failed.code()).isEqualTo(2);
    Path kept = folder.resolve(".resumed.embedding");
    assertThat(failed.err()).contains("31 of 31 pictures are embedded and kept in " + kept);
    Cli.Run resumed = Cli.run(with(command, "--components", 8, "--json"));
    assertThat(resumed.err()).contains("goes on at 31 of 31 pictures").contains("skipped: " + bad);
    assertThat(resumed.json().get("skipped").asInt()).isEqualTo(1);
    assertThat(kept).doesNotExist();
    Cli.json("index", "create", straight, "--model", model, "--images", photos, "--components", 8);
    Path picture = photos.resolve("even").resolve("photo-0.png");
    assertThat(Cli.json("search", collection, "--image", picture).get("hits"))
        .isEqualTo(Cli.json("search", straight, "--image", picture).get("hits"));
    Object[] ofData = {"index", "create", collection, "--model", model, "--data", DATA};
    assertThat(Cli.run(with(ofData, "--overwrite", "--components", 51)).err())
        .contains("1,000 of 1,000 pictures are embedded and kept");
    assertThat(Cli.run(with(command, "--overwrite")).err())
        .contains("starts anew")
        .contains("not the same labels, pictures");
    assertThat(kept).doesNotExist();
  }

  private static Object[] with(Object[] command, Object... more) {
    return Stream.concat(Arrays.stream(command), Arrays.stream(more)).toArray();
  }

  @Test
  void itemsAreAddedReplacedAndRemoved() throws IOException {
    Path collection = folder.resolve("changing");
    Path file = photos.resolve("even").resolve("photo-0.png");
    String first = "even/photo-0.png";
    Path other = folder.resolve("elsewhere");
    Files.createDirectories(other.resolve("even"));
    Files.copy(file, other.resolve(first));
    Cli.json("index", "create", collection, "--model", model, "--images", other);
    JsonNode added = Cli.json("index", "add", collection, "--images", photos);
    assertThat(added.get("added").asInt()).isEqualTo(COUNT - 1);
    assertThat(added.get("replaced").asInt()).isEqualTo(1);
    assertThat(added.get("skipped").asInt()).isEqualTo(1);
    JsonNode again = Cli.json("index", "add", collection, "--images", photos);
    assertThat(again.get("replaced").asInt()).isEqualTo(COUNT);
    refuses("nothing was removed", "index", "remove", collection, "--id", first, "nobody");
    assertThat(Cli.json("index", "info", collection).get("count").asInt()).isEqualTo(COUNT);
    JsonNode removed = Cli.json("index", "remove", collection, "--id", first);
    assertThat(removed.get("removed").asInt()).isEqualTo(1);
    JsonNode hit =
        Cli.json("search", collection, "--image", file, "-k", 1).get("hits").get(0);
    assertThat(hit.get("id").asText()).isNotEqualTo(first).startsWith("even/");
  }

  @Test
  void predictAnswersForTheOthersAndTakesArchives() throws IOException {
    Path mixed = Files.createDirectories(folder.resolve("mixed"));
    byte[] picture = Files.readAllBytes(photos.resolve("even").resolve("photo-0.png"));
    Files.write(mixed.resolve("a.png"), picture);
    Files.writeString(mixed.resolve("b.png"), "no picture");
    Files.write(mixed.resolve("c.png"), picture);
    Path zip = folder.resolve("mixed.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of("a.png", "b.png", "c.png")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(Files.readAllBytes(mixed.resolve(name)));
      }
    }
    for (Path input : List.of(mixed, zip)) {
      Cli.Run run = Cli.run("predict", model, input);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out().lines())
          .hasSize(3)
          .satisfies(lines -> assertThat(lines.get(0)).startsWith(input + "/a.png: "))
          .satisfies(lines -> assertThat(lines.get(1)).startsWith(input + "/c.png: "))
          .last()
          .isEqualTo("1 skipped");
      assertThat(run.err()).contains("skipped: " + input + "/b.png is not an image");
      assertThat(Cli.json("predict", model, input).get("skipped").asInt()).isEqualTo(1);
      refuses("b.png is not an image", "predict", model, input, "--strict");
    }
    refuses("none of 1 files", "predict", model, mixed.resolve("b.png"));
  }

  @Test
  void anArchiveIsAFolderUnlessItLeadsOutOfItself() throws IOException {
    Path zip = folder.resolve("photos.zip");
    byte[] picture = Files.readAllBytes(photos.resolve("even").resolve("photo-0.png"));
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of("train/cat/a.png", "valid/dog/b.png", "notes.txt")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(picture);
      }
    }
    Path csv = folder.resolve("zip.csv");
    JsonNode embedded = Cli.json("embed", model, zip, "--out", csv);
    assertThat(embedded.get("count").asInt()).isEqualTo(2);
    assertThat(Files.readAllLines(csv).get(1)).startsWith(zip + "/valid/dog/b.png,dog,");
    Path evil = folder.resolve("evil.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(evil))) {
      out.putNextEntry(new ZipEntry("../../out.png"));
      out.write(picture);
    }
    Path none = folder.resolve("none.csv");
    refuses("leads out of it", "embed", model, evil, "--out", none);
    Path text = Files.writeString(folder.resolve("text.zip"), "no archive");
    refuses("text.zip is not a zip archive", "embed", model, text, "--out", none);
  }

  @Test
  void aBakedFileGivesTheVectorsOfTheReducedCollection() throws IOException {
    Path baked = folder.resolve("baked.onnx");
    Path page = folder.resolve("plot.html");
    JsonNode pca = Cli.json(
        "pca", model, photos, "--components", 4, "--bake", baked, "--plot", page, "--measure");
    assertThat(pca.get("rows").asInt()).isEqualTo(COUNT);
    assertThat(pca.get("skipped").asInt()).isEqualTo(1);
    assertThat(pca.get("fit").get("explained_variance")).hasSize(4);
    assertThat(pca.get("bytes").get("times").asDouble()).isEqualTo(12.5);
    assertThat(pca.get("precision").get("raw").asDouble()).isBetween(0., 1.);
    assertThat(pca.get("baked").get("worst_difference").asDouble()).isLessThan(1e-5);
    assertThat(page)
        .content()
        .contains("\"value\":\"even\"", "\"value\":\"odd\"", "\"uri\":\"data:image/jpeg;base64,");
    Path csv = folder.resolve("baked.csv");
    assertThat(Cli.json("embed", baked, photos, "--out", csv).get("output").asText())
        .isEqualTo("embedding");
    for (String line : Files.readAllLines(csv)) {
      double[] vector = Arrays.stream(line.split(",", -1))
          .skip(2)
          .mapToDouble(Double::parseDouble)
          .toArray();
      assertThat(vector).hasSize(4);
      assertThat(Arrays.stream(vector).map(v -> v * v).sum()).isEqualTo(1, within(1e-5));
    }
    assertSameHits(baked);
    assertThat(Cli.run("inspect", baked).out()).contains("Made of: features, 50 values, by 4");
    refuses(
        "has an output embedding already",
        "pca",
        baked,
        photos,
        "--output",
        "features",
        "--components",
        2,
        "--bake",
        folder.resolve("twice.onnx"));
  }

  @Test
  void precisionOfOneLabelIsRefused() {
    refuses(
        "pictures of one label only",
        "pca",
        model,
        photos.resolve("even"),
        "--components",
        2,
        "--measure");
  }

  /** A collection over the baked file answers as one that reduces by itself does. */
  private static void assertSameHits(Path baked) {
    Path own = folder.resolve("own");
    Path other = folder.resolve("other");
    Cli.json("index", "create", own, "--model", model, "--images", photos, "--pca", 4);
    Cli.json("index", "create", other, "--model", baked, "--images", photos);
    Path query = photos.resolve("odd").resolve("photo-7.png");
    JsonNode wanted = Cli.json("search", own, "--image", query, "-k", 5).get("hits");
    JsonNode given = Cli.json("search", other, "--image", query, "-k", 5).get("hits");
    assertThat(given.get(0).get("id").asText()).isEqualTo("odd/photo-7.png");
    for (int i = 0; i < 5; i++) {
      assertThat(given.get(i).get("id")).isEqualTo(wanted.get(i).get("id"));
      assertThat(given.get(i).get("score").asDouble())
          .isEqualTo(wanted.get(i).get("score").asDouble(), within(1e-5));
    }
  }

  @Test
  void optionsThatContradictEachOtherAreRefused() {
    refuses("give one of them", "pca", model, photos, "--components", 3, "--variance", .9);
    refuses("no images, or too many", "pca", model);
    refuses("no images, or too many", "pca", model, photos, "--data", DATA);
    refuses("are for a recommender's items", "pca", model, photos, "--points", 3);
    refuses("needs 3 components", "pca", model, photos, "--components", 2, "--plot", "x.html");
    refuses("--ratings recommends", "serve", "--collection", folder, "--ratings", model);
  }
}
