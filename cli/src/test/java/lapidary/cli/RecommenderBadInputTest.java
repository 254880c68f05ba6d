package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lapidary.cli.console.ExitCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ratings, titles and files that do not fit get a sentence and exit 2. */
final class RecommenderBadInputTest {
  private static final String DATA = "ratings-sample";

  @TempDir
  static Path folder;

  private static Path run;
  private static Path ratings;
  private static Path items;

  @BeforeAll
  static void trainAndExportOnce() {
    run = folder.resolve("run");
    ratings = folder.resolve("ratings.onnx");
    items = folder.resolve("items.onnx");
    Cli.json("train", "collab", "--data", DATA, "--factors", 4, "--epochs", 1, "--out", run);
    Cli.json("export", run, "-o", ratings, "--items", items);
  }

  @Test
  void aWrongColumnIsAnsweredWithTheNearestOne() throws IOException {
    Path csv = csv("user,item,stars", "1,2,3", "2,2,4", "2,1,4");
    refusesToTrain("no column \"rating\"", csv);
    refusesToTrain("did you mean \"stars\"?", csv, "--rating-column", "starz");
    refusesToTrain(
        "no column \"title\"", csv, "--rating-column", "stars", "--title-column", "title");
    refusesToTrain("column options are for CSV files", DATA, "--user-column", "who");
  }

  @Test
  void aRowThatDoesNotParseIsNamedByItsLine() throws IOException {
    refusesToTrain("line 3", csv("user,item,rating", "1,2,3", "1,3,four"));
    refusesToTrain("line 2", csv("user,item,rating", "1,2", "1,3,4"));
    refusesToTrain("line 4", csv("user,item,rating", "1,2,3", "1,3,4", ",3,4"));
    refusesToTrain("line 2", csv("user,item,rating", "1,2,NaN"));
  }

  @Test
  void emptyFilesAreRefused() throws IOException {
    refusesToTrain("", csv("user,item,rating"));
    Path empty = Files.writeString(folder.resolve("empty.csv"), "");
    refusesToTrain("empty.csv", empty);
  }

  @Test
  void ratingsOutOfTheRangeAreRefused() throws IOException {
    Path csv = csv("user,item,rating", "1,2,3", "1,3,9", "2,2,9", "2,3,9", "3,3,9");
    refusesToTrain("outside the model's range of 0.0 to 5.5", csv, "--valid", "0.4");
    refusesToTrain("is not a range", csv, "--y-range", "1");
    refusesToTrain("a range that rises", csv, "--y-range", "5,1");
  }

  @Test
  void optionsThatContradictEachOtherAreRefused() {
    refusesToTrain("contradict each other", DATA, "--split", "u1", "--valid", "0.2");
    refusesToTrain(
        "unknown collab preset \"bset\"; did you mean \"best\"?", DATA, "--preset", "bset");
    refusesToTrain("has no published split", DATA, "--split", "u1");
    refusesToTrain("between 0 and 1", DATA, "--valid", "1.5");
    refusesToTrain("--hidden is an option of mnist-nn, not of collab", DATA, "--hidden", "5");
    refuses(
        "--factors is an option of collab, not of mnist-nn",
        "train",
        "mnist-nn",
        "--data",
        "fashion-mnist-sample",
        "--factors",
        4,
        "--out",
        folder.resolve("never"));
    refuses(
        "did you mean \"ratings-sample\"?",
        "train",
        "collab",
        "--data",
        "rating-sample",
        "--out",
        folder.resolve("never"));
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @Test
  void theWrongOneOfTwoFilesIsRefused() {
    refuses("give the item file", "movies", "best", ratings);
    refuses("give the item file", "pca", ratings);
    refuses(
        "give the rating file",
        "movies",
        "recommend",
        items,
        "--items",
        items,
        "--user",
        7,
        "--data",
        DATA);
    refuses("items.onnx", "predict", items, "7,9");
    refuses("\"picture.png\" is not a pair", "predict", ratings, "picture.png");
    refuses("another name", "export", run, "-o", items, "--items", items);
  }

  @Test
  void aPairWhoseSecondFileCannotBeWrittenLeavesNeither() throws IOException {
    Path first = folder.resolve("pair/ratings.onnx");
    Path blocked = Files.writeString(folder.resolve("a-file"), "").resolve("items.onnx");
    refuses("a-file", "export", run, "-o", first, "--items", blocked);
    assertThat(first.getParent()).isEmptyDirectory();
  }

  @Test
  void twoFilesOfDifferentModelsAreRefused() throws IOException {
    Path csv = csv("user,item,rating", "1,2,3", "1,3,4", "2,2,5", "2,3,1");
    Path other = folder.resolve("other");
    Cli.json("train", "collab", "--data", csv, "--factors", 2, "--epochs", 1, "--out", other);
    Path foreign = folder.resolve("foreign.onnx");
    Cli.json("export", other, "-o", foreign);
    refuses(
        "give two files of one export",
        "movies",
        "recommend",
        foreign,
        "--items",
        items,
        "--user",
        7,
        "--data",
        DATA);
  }

  @Test
  void questionsThatCannotBeAnsweredAreRefused() {
    refuses("no item is called", "movies", "similar", items, "no such film at all");
    refuses("items fit", "movies", "similar", items, "harbour");
    refuses("--top 0", "movies", "best", items, "--top", 0);
    refuses("the most rated has", "movies", "best", items, "--min-ratings", 100000);
    refuses("keep at most 4", "movies", "similar", items, "1", "--components", 5);
    refuses(
        "needs 3 components", "pca", items, "--components", 2, "--plot", folder.resolve("x.html"));
    refuses("--points 0", "pca", items, "--points", 0);
    refuses("not a pair of a user and an item", "predict", ratings, "7");
    refuses("--top shows classes", "predict", ratings, "7,9", "--top", 3);
    refuses("--user needs --data", "movies", "recommend", ratings, "--items", items, "--user", 7);
    refuses(
        "needs the rating file",
        "movies",
        "recommend",
        "--items",
        items,
        "--user",
        7,
        "--data",
        DATA);
    refuses("omit the rating file", "movies", "recommend", ratings, "--items", items, "--new");
    assertThat(Cli.run("movies", "recommend", ratings, "--items", items).code()).isEqualTo(2);
    assertThat(Cli.run("movies").code()).isEqualTo(2);
  }

  @Test
  void ratingsThatAreNotOnThisMachineAreSaidToBeSo() {
    Cli.Run missing = Cli.run(
        Map.of("HOME", folder.toString()),
        "train",
        "collab",
        "--data",
        "movielens-100k",
        "--out",
        folder.resolve("never"));
    assertThat(missing.code()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(missing.err()).contains("LAPIDARY_DATA");
  }

  private static Path csv(String... lines) throws IOException {
    return Files.write(folder.resolve("ratings.csv"), List.of(lines));
  }

  private static void refusesToTrain(String words, Object data, Object... options) {
    List<Object> command = new java.util.ArrayList<>(
        List.of("train", "collab", "--data", data, "--out", folder.resolve("never")));
    command.addAll(Arrays.asList(options));
    refuses(words, command.toArray());
    assertThat(folder.resolve("never")).doesNotExist();
  }

  private static void refuses(String words, Object... command) {
    Cli.Run refused = Cli.run(command);
    assertThat(refused.code())
        .as(Arrays.toString(command) + refused.err())
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(refused.err()).startsWith("lapidary: ").contains(words).doesNotContain("Exception");
    assertThat(refused.err().strip().lines().count()).isLessThanOrEqualTo(2);
    assertThat(refused.out()).isEmpty();
  }
}
