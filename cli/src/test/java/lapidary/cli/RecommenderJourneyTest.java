package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ratings through every room, on the embedded sample and on a CSV file, by the commands a user types. */
final class RecommenderJourneyTest {
  private static final String DATA = "ratings-sample";

  @TempDir
  static Path folder;

  private static Path run;
  private static Path ratings;
  private static Path items;
  private static JsonNode trained;
  private static JsonNode exported;

  @BeforeAll
  static void trainAndExportOnce() {
    run = folder.resolve("run");
    ratings = folder.resolve("ratings.onnx");
    items = folder.resolve("items.onnx");
    trained = Cli.json(
        "train",
        "collab",
        "--data",
        DATA,
        "--factors",
        8,
        "--epochs",
        6,
        "--lr",
        "2e-2",
        "--out",
        run);
    exported = Cli.json("export", run, "-o", ratings, "--items", items);
  }

  @Test
  void trainingReportsTheErrorOfRatings() {
    JsonNode epochs = trained.get("epochs");
    assertThat(epochs).hasSize(6);
    double last = epochs.get(5).get("rmse").asDouble();
    assertThat(last).isLessThan(epochs.get(0).get("rmse").asDouble());
    assertThat(epochs.get(5).get("mse").asDouble()).isEqualTo(last * last, within(1e-6));
    assertThat(trained.get("best").get("rmse").asDouble()).isLessThanOrEqualTo(last);
    assertThat(epochs.get(5).has("accuracy")).isFalse();
  }

  @Test
  void bothFilesAreCheckedOnRealPairs() {
    for (JsonNode report : List.of(exported, exported.get("items"))) {
      JsonNode parity = report.get("parity");
      assertThat(parity.get("rows").asText()).isEqualTo("validation");
      assertThat(parity.get("outputs"))
          .isNotEmpty()
          .allSatisfy(d -> assertThat(d.get("absolute").asDouble()).isLessThan(1e-5));
    }
    assertThat(Cli.run("verify", ratings, "--run", run).code()).isZero();
    assertThat(Cli.run("verify", items, "--run", run).code()).isZero();
  }

  @Test
  void evaluatingOnTheRatingsSetAsideGivesTheTrainersScore() {
    JsonNode last = trained.get("epochs").get(5);
    JsonNode found = Cli.json("evaluate", ratings, "--data", DATA, "--split", "random");
    for (String metric : List.of("mse", "rmse", "mae")) {
      assertThat(found.get("score").get(metric).asDouble())
          .isEqualTo(last.get(metric).asDouble(), within(1e-5));
    }
    assertThat(found.get("split").asText()).isEqualTo("random 0.2, seed 42");
    assertThat(Cli.run("evaluate", ratings, "--data", DATA, "--at-most", "0.01").code())
        .isEqualTo(1);
    assertThat(Cli.run("evaluate", ratings, "--data", DATA, "--at-least", "0.5").err())
        .contains("has no accuracy");
  }

  @Test
  void bestAndWorstAreTheTwoEndsOfOneRanking() {
    JsonNode best = Cli.json("movies", "best", items, "--top", 160).get("items");
    JsonNode worst = Cli.json("movies", "worst", items, "--top", 160).get("items");
    assertThat(best).hasSize(160).hasSameSizeAs(worst);
    List<String> reversed = ids(worst);
    java.util.Collections.reverse(reversed);
    assertThat(ids(best)).isEqualTo(reversed);
    assertThat(spearman(best)).isGreaterThan(0.8);
    int enough = best.get(0).get("ratings").asInt();
    assertThat(Cli.json("movies", "best", items, "--min-ratings", enough).get("items"))
        .isNotEmpty()
        .allSatisfy(item -> assertThat(item.get("ratings").asInt()).isGreaterThanOrEqualTo(enough));
  }

  @Test
  void anItemIsFoundByItsTitleAndByItsId() {
    JsonNode item = Cli.json("movies", "best", items, "--top", 1).get("items").get(0);
    String title = item.get("title").asText();
    JsonNode byTitle =
        Cli.json("movies", "similar", items, title.toUpperCase(java.util.Locale.ROOT), "--top", 5);
    JsonNode byId = Cli.json("movies", "similar", items, item.get("id").asText(), "--top", 5);
    assertThat(byTitle).isEqualTo(byId);
    assertThat(ids(byId.get("items"))).hasSize(5).doesNotContain(item.get("id").asText());
    assertThat(byId.get("items").get(0).get("score").asDouble()).isBetween(0.3, 1.0);
  }

  @Test
  void recommendationsAreTheHighestPredictionsOfWhatWasNotRated() {
    JsonNode recommended = Cli.json(
            "movies",
            "recommend",
            ratings,
            "--items",
            items,
            "--user",
            7,
            "--data",
            DATA,
            "--top",
            160)
        .get("items");
    assertThat(recommended.size()).isBetween(80, 150);
    Object[] pairs = ids(recommended).stream().map(id -> "7," + id).toArray();
    List<Object> command = new java.util.ArrayList<>(List.of("predict", ratings));
    command.addAll(Arrays.asList(pairs));
    JsonNode predicted = Cli.json(command.toArray()).get("results");
    for (int i = 0; i < recommended.size(); i++) {
      assertThat(recommended.get(i).get("score").floatValue())
          .isEqualTo(predicted.get(i).get("rating").floatValue(), within(1e-5f));
    }
    assertThat(scores(recommended)).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(ids(Cli.json("movies", "recommend", "--items", items, "--new").get("items")))
        .isEqualTo(ids(Cli.json("movies", "best", items).get("items")));
  }

  @Test
  void unknownIdsAreAnsweredAsAverageOnes() {
    JsonNode results =
        Cli.json("predict", ratings, "7,9", "nobody,9", "7,nothing", "0,999999").get("results");
    assertThat(results)
        .extracting(result -> result.get("known_user").asBoolean())
        .containsExactly(true, false, true, false);
    assertThat(results)
        .extracting(result -> result.get("known_item").asBoolean())
        .containsExactly(true, true, false, false);
    assertThat(results)
        .allSatisfy(result -> assertThat(result.get("rating").asDouble()).isBetween(1.0, 5.5));
    assertThat(Cli.json(
                "movies",
                "recommend",
                ratings,
                "--items",
                items,
                "--user",
                "nobody",
                "--data",
                DATA)
            .get("items"))
        .hasSize(10);
  }

  @Test
  void pcaSaysWhatItKeepsAndDrawsAPage() throws IOException {
    Path page = folder.resolve("plot.html");
    JsonNode pca = Cli.json("pca", items, "--components", 3, "--plot", page);
    assertThat(pca.get("explained_variance")).hasSize(3);
    assertThat(pca.get("neighbours").get("among").asInt()).isEqualTo(160);
    assertThat(Files.readString(page)).contains("Items by their principal components");
    double all =
        Cli.json("pca", items, "--components", 8).get("neighbours").get("kept").asDouble();
    assertThat(all).isGreaterThan(pca.get("neighbours").get("kept").asDouble());
  }

  @Test
  void ratingsOfACsvFileWithTextIdsAndOtherColumnsAreLearned() throws IOException {
    Path csv = folder.resolve("books.csv");
    Files.writeString(
        csv,
        IntStream.range(0, 200)
            .mapToObj(i -> "x,reader" + i % 20 + ",b" + i / 20 + "," + (1 + (i / 20 + i % 3) % 5)
                + ",Book " + i / 20)
            .collect(Collectors.joining("\n", "note,who,what,stars,name\n", "\n")));
    List<Object> columns = List.of(
        "--user-column",
        "who",
        "--item-column",
        "what",
        "--rating-column",
        "stars",
        "--title-column",
        "name");
    Path out = folder.resolve("books");
    Cli.json(with(
        columns, "train", "collab", "--data", csv, "--factors", 2, "--epochs", 1, "--out", out));
    Path first = folder.resolve("books-ratings.onnx");
    Path second = folder.resolve("books-items.onnx");
    Cli.json("export", out, "-o", first, "--items", second);
    assertThat(ids(Cli.json("movies", "similar", second, "book 3", "--top", 9).get("items")))
        .hasSize(9)
        .doesNotContain("b3");
    JsonNode unrated = Cli.json(with(
        columns,
        "movies",
        "recommend",
        first,
        "--items",
        second,
        "--user",
        "reader3",
        "--data",
        csv));
    assertThat(unrated.get("items")).isEmpty();
  }

  @Test
  void anOptionChangesThatSettingOfAPresetAlone() {
    Path out = folder.resolve("preset");
    Cli.json(
        "train",
        "collab",
        "--data",
        DATA,
        "--preset",
        "best",
        "--epochs",
        1,
        "--wd",
        "0.2",
        "--out",
        out);
    Path file = folder.resolve("preset.onnx");
    Cli.json("export", out, "-o", file);
    JsonNode options =
        Cli.json("inspect", file).get("description").get("provenance").get("hyper_parameters");
    assertThat(options.get("epochs").asText()).isEqualTo("1");
    assertThat(options.get("factors").asText()).isEqualTo("60");
    assertThat(options.get("wd").asText()).isEqualTo("0.2");
    assertThat(options.get("wd-bias").asText()).isEqualTo("0.05");
    assertThat(options.get("beta2").asText()).isEqualTo("0.99");
  }

  @Test
  void dataListNamesRatingsToo() {
    assertThat(Cli.json("data", "list"))
        .extracting(row -> row.get("name").asText())
        .contains("fashion-mnist", "movielens-100k", DATA);
  }

  private static Object[] with(List<Object> more, Object... command) {
    List<Object> all = new java.util.ArrayList<>(Arrays.asList(command));
    all.addAll(more);
    return all.toArray();
  }

  private static List<String> ids(JsonNode rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row -> row.get("id").asText())
        .collect(Collectors.toCollection(java.util.ArrayList::new));
  }

  private static List<Double> scores(JsonNode rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row -> row.get("score").asDouble())
        .toList();
  }

  /** Spearman's rank correlation of a ranking with the items' mean ratings, without ties. */
  private static double spearman(JsonNode ranking) {
    int n = ranking.size();
    List<Integer> byMean = IntStream.range(0, n)
        .boxed()
        .sorted(
            Comparator.comparingDouble(i -> -ranking.get(i).get("mean_rating").asDouble()))
        .toList();
    Map<Integer, Integer> rank =
        IntStream.range(0, n).boxed().collect(Collectors.toMap(byMean::get, i -> i));
    double squares = IntStream.range(0, n)
        .mapToDouble(i -> Math.pow((double) i - rank.get(i), 2))
        .sum();
    return 1 - 6 * squares / ((double) n * ((double) n * n - 1));
  }
}
