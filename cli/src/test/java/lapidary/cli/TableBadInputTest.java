package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that do not fit get a sentence and exit 2, or a warning where they can still be used. */
final class TableBadInputTest {
  @TempDir
  static Path folder;

  private static Path data;
  private static Path run;
  private static Path model;

  @BeforeAll
  static void trainAndExportOnce() throws IOException {
    data = Sales.write(folder.resolve("sales.csv"), 120);
    run = folder.resolve("run");
    model = folder.resolve("sales.onnx");
    Cli.json(
        "train",
        "tabular",
        "--data",
        data,
        "--target",
        "price",
        "--ignore",
        "dear",
        "--layers",
        4,
        "--epochs",
        1,
        "--out",
        run);
    Cli.json("export", run, "-o", model, "--data", data);
  }

  @Test
  void columnsThatAreNotThereAreAnsweredWithTheNearest() {
    refusesToTrain("did you mean \"price\"?", data, "--target", "prise");
    refusesToTrain("did you mean \"colour\"?", data, "--target", "price", "--categorical", "color");
    refusesToTrain("did you mean \"size\"?", data, "--target", "price", "--continuous", "sizes");
    refusesToTrain("no target named", data);
  }

  @Test
  void rolesThatContradictEachOtherAreRefused() {
    refusesToTrain(
        "is the target and continuous too", data, "--target", "price", "--continuous", "price");
    refusesToTrain(
        "give it one role",
        data,
        "--target",
        "price",
        "--continuous",
        "size",
        "--categorical",
        "size");
    refusesToTrain("unknown task \"regresion\"", data, "--target", "price", "--task", "regresion");
    refusesToTrain(
        "contradict each other",
        data,
        "--target",
        "price",
        "--valid",
        "0.1",
        "--valid-days",
        3,
        "--dates",
        "sold");
    refusesToTrain("name it with --dates", data, "--target", "price", "--valid-days", 3);
    refusesToTrain(
        "classes have neither",
        data,
        "--target",
        "dear",
        "--task",
        "classification",
        "--log-target");
  }

  @Test
  void cellsThatDoNotParseAreNamedByLineAndColumn() throws IOException {
    Path csv = csv("a,b,y", "1,x,1.5", "two,x,2.5", "3,z,3.5", "4,z,4.5", "5,z,5.5");
    refusesToTrain(
        "line 3, column a: \"two\" is not a number",
        csv,
        "--target",
        "y",
        "--continuous",
        "a",
        "--valid",
        "0.2");
    refusesToTrain("is not a date", csv, "--target", "y", "--dates", "a", "--valid-days", 1);
    refusesToTrain("line 3: 2 cells for 3 columns", csv("a,b,y", "1,2,3", "1,2"), "--target", "y");
    refusesToTrain(
        "the target is missing", csv("a,y", "1,?", "2,1", "3,2", "4,1"), "--target", "y");
  }

  @Test
  void nothingToLearnFromIsRefused() throws IOException {
    refusesToTrain(
        "needs two classes", csv("a,y", "1,no", "2,no", "3,no", "4,no"), "--target", "y");
    refusesToTrain("is empty", Files.writeString(folder.resolve("empty.csv"), ""), "--target", "y");
    refusesToTrain("no rows", csv("a,y"), "--target", "y");
    refusesToTrain("two columns are named \"a\"", csv("a,a,y", "1,2,3"), "--target", "y");
    refusesToTrain(
        "no column is left",
        csv("a,y", "1,no", "1,yes", "1,no", "1,yes", "1,yes"),
        "--target",
        "y");
    refusesToTrain("path of a CSV file that exists", folder.resolve("valid"), "--target", "price");
  }

  @Test
  void columnsThatSayNothingAreIgnoredWithAWarning() throws IOException {
    Path csv = csv("a,same,none,y", "1,k,,1", "2,k,,2", "1,k,?,1", "2,k,,2", "2,k,,1", "1,k,,1");
    Cli.Run trained = train(csv, "--target", "y", "--epochs", 1, "--layers", 2);
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err())
        .contains("warning: column same is ignored: the same value, k, in every training row")
        .contains("warning: column none is ignored: no value in the training rows");
  }

  @Test
  void rowsToPredictFromAreCheckedColumnByColumn() throws IOException {
    refuses(
        "no column \"colour\"; did you mean \"color\"?",
        "predict",
        model,
        csv("color,size,sold", "red,1,2024-01-01"));
    refuses(
        "line 3, column size: \"big\" is not a number",
        "predict",
        model,
        csv("colour,size,sold", "red,1,2024-01-01", "red,big,2024-01-01"));
    refuses(
        "column sold: \"May 5th\" is not a date",
        "predict",
        model,
        csv("colour,size,sold", "red,1,May 5th"));
    refuses("no rows", "predict", model, csv("colour,size,sold"));
    refuses("it does not exist", "predict", model, folder.resolve("nowhere.csv"));
    refuses("one CSV file at a time", "predict", model, data, data);
    refuses("--top shows classes", "predict", model, data, "--top", 2);
    refuses(
        "no column \"price\"; did you mean \"prices\"?",
        "evaluate",
        model,
        "--data",
        csv("colour,size,sold,prices", "red,1,2024-01-01,3"));
  }

  @Test
  void optionsOfOtherModelsAreRefused() {
    refuses(
        "--layers is an option of tabular, not of mnist-nn",
        "train",
        "mnist-nn",
        "--data",
        "fashion-mnist-sample",
        "--layers",
        5,
        "--out",
        folder.resolve("nn"));
    refusesToTrain(
        "--factors is an option of collab, not of tabular",
        data,
        "--target",
        "price",
        "--factors",
        3);
    refuses("unknown column \"hue\"", "embeddings", run, "--column", "hue");
    refuses(
        "unknown colour \"rad\"; did you mean \"red\"?",
        "embeddings",
        run,
        "--column",
        "colour",
        "--similar",
        "rad");
    refuses("name it with --column", "embeddings", run, "--similar", "red");
  }

  @Test
  void optionsThatOnlyJavaCallsNumbersAreRefused() {
    refusesToTrain("\"1f\" is not a decimal number", data, "--target", "price", "--wd", "1f");
    refusesToTrain("give a number such as 1e-3", data, "--target", "price", "--lr", "NaN");
    refusesToTrain("is not a range", data, "--target", "price", "--y-range", "0,9D");
    refuses(
        "\"NaN\" is not a decimal number", "evaluate", model, "--data", data, "--at-most", "NaN");
  }

  @Test
  void rowsWithoutATargetAreNotScored() throws IOException {
    refuses(
        "line 3, column price: the target is missing; leave such rows out",
        "evaluate",
        model,
        "--data",
        csv("colour,size,sold,price", "red,1,2024-01-01,3", "red,1,2024-01-01,?"),
        "--at-most",
        "1e9");
  }

  @Test
  void optionsThatWouldDoNothingAreRefused() {
    refuses("unknown part of tables", "evaluate", model, "--data", data, "--split", "u1");
    refuses("takes rows of a table", "evaluate", model, "--data", data, "--user-column", "u");
    refusesToTrain("brings its own columns", "adult", "--target", "income");
  }

  private static Path csv(String... lines) throws IOException {
    return Files.write(Files.createTempFile(folder, "rows", ".csv"), List.of(lines));
  }

  private static Cli.Run train(Object data, Object... more) {
    List<Object> command = new ArrayList<>(List.of(
        "train", "tabular", "--data", data, "--overwrite", "--out", folder.resolve("other")));
    command.addAll(Arrays.asList(more));
    return Cli.run(command.toArray());
  }

  private static void refusesToTrain(String message, Object data, Object... more) {
    check(message, train(data, more));
  }

  private static void refuses(String message, Object... command) {
    check(message, Cli.run(command));
  }

  private static void check(String message, Cli.Run run) {
    assertThat(run.err().lines().filter(line -> line.startsWith("lapidary: ")).toList())
        .as(run.err())
        .anySatisfy(line -> assertThat(line).contains(message).doesNotContain("Exception"));
    assertThat(run.code()).as(run.err()).isEqualTo(2);
  }
}
