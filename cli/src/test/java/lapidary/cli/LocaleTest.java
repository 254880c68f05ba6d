package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import lapidary.cli.console.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs read what commands print: the user's language changes no digit, point or letter of it. */
final class LocaleTest {
  private static final String DATA = "fashion-mnist-sample";

  private final Locale before = Locale.getDefault();

  @TempDir
  static Path folder;

  private static String expected;

  @BeforeAll
  static void doItOnceInEnglish() throws IOException {
    expected = journey(Files.createDirectories(folder.resolve("en")));
  }

  @AfterEach
  void putTheLocaleBack() {
    Locale.setDefault(before);
  }

  /** Turkish has a comma in numbers and a dotless i, German a comma, Egyptian Arabic digits of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "de-DE", "ar-EG"})
  void everyCommandPrintsTheSame(String language) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(language));
    assertThat(String.format(Locale.getDefault(), "%.1f", 0.5)).isNotEqualTo("0.5");
    assertThat(journey(Files.createDirectories(folder.resolve(language)))).isEqualTo(expected);
  }

  @Test
  void aMaskedTimeIsStillReadAsANumber() {
    assertThat(masked("in 1.25 s; 1,234 examples/s")).isEqualTo("in # s; # examples/s");
    assertThat(masked("in 1,25 s")).isNotEqualTo("in # s");
  }

  private static String journey(Path place) throws IOException {
    StringBuilder said = new StringBuilder();
    Path model = place.resolve("nn.onnx");
    Path run = place.resolve("nn");
    Path clothes = place.resolve("clothes");
    Path pictures = place.resolve("pictures");
    say(said, "train", "mnist-nn", "--data", DATA, "--epochs", 2, "--out", run);
    say(said, "export", run, "-o", model);
    say(said, "inspect", model);
    say(said, "verify", model, "--run", run);
    say(said, "evaluate", model, "--data", DATA, "--at-least", "0.999");
    say(said, "data", "images", "--data", DATA, "--count", 3, "--out", pictures);
    say(said, "predict", model, pictures, "--top", 3);
    say(said, "embed", model, pictures, "--out", place.resolve("f.csv"));
    say(said, "pca", model, pictures, "--components", 2);
    say(said, "lr-find", "mnist-nn", "--data", DATA, "--out", place.resolve("lr.svg"));
    say(
        said,
        "index",
        "create",
        clothes,
        "--model",
        model,
        "--data",
        DATA,
        "--pca",
        8,
        "--measure");
    say(said, "index", "add", clothes, pictures);
    say(said, "index", "remove", clothes, "--id", "test-00003");
    say(said, "index", "info", clothes);
    say(said, "search", clothes, "--id", "test-00000", "-k", 5);
    say(said, "data", "list");
    recommender(said, place);
    table(said, place);
    said.append(Files.readString(place.resolve("f.csv")))
        .append(Files.readString(place.resolve("lr.svg")));
    return masked(said.toString().replace(place.toString(), "PLACE"));
  }

  private static void recommender(StringBuilder said, Path place) {
    Path run = place.resolve("films");
    Path ratings = place.resolve("ratings.onnx");
    Path items = place.resolve("items.onnx");
    say(
        said,
        "train",
        "collab",
        "--data",
        "ratings-sample",
        "--factors",
        4,
        "--epochs",
        1,
        "--out",
        run);
    say(said, "export", run, "-o", ratings, "--items", items);
    say(said, "evaluate", ratings, "--data", "ratings-sample");
    say(said, "predict", ratings, "42,50");
    say(said, "movies", "best", items);
    say(said, "pca", items);
  }

  private static void table(StringBuilder said, Path place) throws IOException {
    Path rows = Sales.write(place.resolve("sales.csv"), 300);
    Path run = place.resolve("sales");
    Path model = place.resolve("sales.onnx");
    say(
        said,
        "train",
        "tabular",
        "--data",
        rows,
        "--target",
        "price",
        "--ignore",
        "id",
        "--epochs",
        1,
        "--out",
        run);
    say(said, "export", run, "-o", model, "--data", rows);
    say(said, "evaluate", model, "--data", rows);
    say(said, "predict", model, rows);
    say(said, "embeddings", run);
    say(said, "embeddings", run, "--column", "colour", "--similar", "red");
  }

  private static void say(StringBuilder said, Object... command) {
    Cli.Run run = Cli.run(command);
    assertThat(run.code()).as(run.err()).isIn(ExitCode.DONE, ExitCode.BREACH);
    said.append(run.out()).append(run.err());
  }

  /** Times differ from run to run: the last column of the table of epochs, and numbers with the units s and examples/s. */
  private static String masked(String text) {
    return text.replaceAll(
            "(?<![\\d.,])(\\d{1,3}(,\\d{3})*|\\d+)(\\.\\d+)?(?= (CPU )?s\\b| examples/s)", "#")
        .replaceAll("(?m)\\s+\\d+\\.\\d\\d$", " #")
        .replaceAll("sha256 [0-9a-f]+", "sha256 #");
  }
}
