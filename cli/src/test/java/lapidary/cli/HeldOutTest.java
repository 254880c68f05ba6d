package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.exporter.ExportOptions;
import lapidary.exporter.OnnxExporter;
import lapidary.exporter.ParityRows;
import lapidary.models.ModelDescription;
import lapidary.models.Provenance;
import lapidary.trainer.Checkpoint;
import lapidary.trainer.TrainedModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A score on rows that were trained on flatters: what was held out is scored, or a word is said. */
final class HeldOutTest {
  private static final String FLATTERS = "the score flatters";
  private static final Map<String, String> USUAL = Map.of("valid", "0.2", "split-seed", "42");

  @TempDir
  static Path folder;

  private static Workshop shop;

  @BeforeAll
  static void make() {
    shop = Workshop.copiedTo(folder.resolve("shop"));
  }

  @Test
  void whatIsExportedTellsWhichRowsWereHeldOut() {
    assertHeldOut(shop.films(), shop.ratings(), "ratings-sample", "rmse", 1_920);
    assertHeldOut(shop.sales(), shop.table(), shop.rows(), "rmse", 600);
    Path photos = PhotoFixture.flat(folder.resolve("photos"), 4);
    Path run = folder.resolve("photo-run");
    Cli.json(
        "train",
        "resnet18",
        "--data",
        photos,
        "--size",
        32,
        "--epochs",
        1,
        "--valid",
        0.5,
        "--out",
        run);
    Path file = folder.resolve("photos.onnx");
    Cli.json("export", run, "-o", file);
    assertHeldOut(run, file, photos, "accuracy", 6);
  }

  private static void assertHeldOut(Path run, Path file, Object data, String metric, int rows) {
    Cli.Run score = evaluate(file, data);
    assertThat(score.err()).doesNotContain(FLATTERS);
    assertThat(score.json().get("score").get("count").asInt()).isEqualTo(rows);
    assertThat(score.json().get("score").get(metric).asDouble())
        .isCloseTo(trained(run, metric), within(1e-3));
  }

  @Test
  void ratingsThatTheFileSaysWereHeldOutAreScored() {
    Path told = shop.ratings();
    Cli.Run score = evaluate(told, "ratings-sample");
    assertThat(score.err()).doesNotContain(FLATTERS);
    assertThat(score.json().get("split").asText()).isEqualTo("random 0.2, seed 42");
    assertThat(score.json().get("score").get("rmse").asDouble())
        .isCloseTo(trained(shop.films(), "rmse"), within(1e-4));
    Path other = exported(shop.films(), Map.of("valid", "0.5", "split-seed", "7"));
    assertThat(
            evaluate(other, "ratings-sample").json().get("score").get("count").asInt())
        .isEqualTo(4_800);
    assertThat(evaluate(other, "ratings-sample", "--valid", 0.2).err())
        .contains(FLATTERS, "another division");
    assertThat(evaluate(told, "ratings-sample", "--split", "all").err())
        .contains(FLATTERS, "--split valid");
  }

  @Test
  void ratingsWhoseDivisionIsNotSaidAreScoredWithAWord() {
    Path untold = exported(shop.films(), Map.of());
    assertThat(evaluate(untold, "ratings-sample").err())
        .contains(FLATTERS, "does not say how that was divided");
    assertThat(evaluate(untold, "ratings-sample", "--valid", 0.3).err()).doesNotContain(FLATTERS);
  }

  @Test
  void thePublishersDivisionIsFoundByTheRatingsThatWereTrainedOn() throws IOException {
    Path data = Files.createDirectories(folder.resolve("published"));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      lines.add(i % 20 + "\t" + i * 7 % 31 + "\t" + (1 + i % 5) + "\t0");
    }
    Files.write(data.resolve("u.data"), lines);
    for (int part = 1; part <= 2; part++) {
      Files.write(data.resolve("u" + part + ".base"), lines.subList(100 * part, 400));
      Files.write(data.resolve("u" + part + ".test"), lines.subList(0, 100 * part));
    }
    Path run = folder.resolve("u2");
    Cli.json(
        "train",
        "collab",
        "--data",
        data,
        "--split",
        "u2",
        "--factors",
        2,
        "--epochs",
        1,
        "--out",
        run);
    Path file = exported(run, Map.of());
    Cli.Run score = evaluate(file, data);
    assertThat(score.err()).doesNotContain(FLATTERS);
    assertThat(score.json().get("split").asText()).isEqualTo("u2");
    assertThat(score.json().get("score").get("rmse").asDouble())
        .isCloseTo(trained(run, "rmse"), within(1e-4));
    for (String other : List.of("u1", "random")) {
      Cli.Run seen = evaluate(file, data, "--split", other);
      assertThat(seen.json().get("split").asText()).startsWith(other);
      assertThat(seen.err()).contains(FLATTERS, "another part or version");
    }
  }

  @Test
  void rowsOfATableThatWereHeldOutAreScored() throws IOException {
    Path told = exported(shop.sales(), USUAL);
    Cli.Run score = evaluate(told, shop.rows());
    assertThat(score.err()).doesNotContain(FLATTERS);
    assertThat(score.json().get("score").get("count").asInt()).isEqualTo(600);
    assertThat(score.json().get("score").get("rmse").asDouble())
        .isCloseTo(trained(shop.sales(), "rmse"), within(1e-3));
    assertThat(evaluate(told, shop.rows(), "--split", "all")
            .json()
            .get("score")
            .get("count")
            .asInt())
        .isEqualTo(3_000);
    assertThat(evaluate(told, shop.rows(), "--split", "train").err()).contains(FLATTERS);
    assertThat(evaluate(exported(shop.sales(), Map.of()), shop.rows()).err()).contains(FLATTERS);
    Path fresh = folder.resolve("fresh.csv");
    Files.write(fresh, Files.readAllLines(shop.rows()).subList(0, 51));
    Cli.Run all = evaluate(told, fresh);
    assertThat(all.json().get("score").get("count").asInt()).isEqualTo(50);
    assertThat(all.json().get("split").asText()).isEqualTo("all rows");
    assertThat(all.err()).doesNotContain(FLATTERS);
  }

  @Test
  void rowsHeldOutInAnotherFileLeaveNoneInThisOne() {
    Path told = exported(shop.sales(), Map.of("valid-file", "valid.csv"));
    Cli.Run score = evaluate(told, shop.rows());
    assertThat(score.json().get("score").get("count").asInt()).isEqualTo(3_000);
    assertThat(score.err()).contains(FLATTERS, "was trained on rows that are scored here");
  }

  @Test
  void imagesAreScoredByTheirTestPartUnlessTheOtherIsNamed() {
    assertThat(evaluate(shop.model(), Workshop.DATA).err()).doesNotContain(FLATTERS);
    assertThat(evaluate(shop.model(), Workshop.DATA, "--split", "train").err()).contains(FLATTERS);
    List<Object> pca =
        List.of("pca", shop.model(), "--data", Workshop.DATA, "--components", 4, "--measure");
    assertThat(pca(pca, "--split", "train")).contains("the model was trained on");
    assertThat(pca(pca)).contains("precision@10").doesNotContain("trained on");
  }

  @Test
  void aPcaMeasuresPrecisionOnlyWhenAsked() {
    List<Object> pca = List.of("pca", shop.model(), "--data", Workshop.DATA, "--components", 4);
    assertThat(pca(pca)).contains("4 components of").doesNotContain("precision@10");
    assertThat(pca(pca, "--json")).contains("\"precision\" : null");
  }

  private static String pca(List<Object> line, Object... more) {
    List<Object> all = new ArrayList<>(line);
    all.addAll(List.of(more));
    return Cli.run(all.toArray()).out();
  }

  private static Cli.Run evaluate(Path file, Object data, Object... options) {
    List<Object> line = new ArrayList<>(List.of("evaluate", file, "--data", data, "--json"));
    line.addAll(List.of(options));
    return Cli.run(line.toArray());
  }

  private static double trained(Path run, String metric) {
    try (TrainedModel trained = Checkpoint.load(run)) {
      return trained.description().evidence().scores().get(metric);
    }
  }

  /** The run's file, which tells this and nothing else of how its data was divided. */
  private static Path exported(Path run, Map<String, String> told) {
    Path file = folder.resolve(run.getFileName() + "-" + told.hashCode() + ".onnx");
    try (TrainedModel trained = Checkpoint.load(run)) {
      ModelDescription known = trained.description();
      Provenance provenance = known.provenance();
      SortedMap<String, String> options = new TreeMap<>(provenance.hyperParameters());
      options
          .keySet()
          .removeAll(List.of("split", "valid", "split-seed", "valid-days", "dates", "valid-file"));
      options.putAll(told);
      OnnxExporter.export(
          trained.network().block(),
          new ModelDescription(
              known.architecture(),
              known.task(),
              known.labels(),
              known.signature(),
              new Provenance(
                  provenance.data(),
                  provenance.seed(),
                  options,
                  provenance.versions(),
                  provenance.weightsSha256()),
              known.evidence()),
          file,
          ExportOptions.defaults(),
          ParityRows.random(1));
    }
    return file;
  }
}
