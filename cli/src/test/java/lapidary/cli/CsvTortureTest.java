package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One table, written in the ways in which people write tables. However it is written, the same weights are learnt, the export's
 * parity holds, and rows are answered alike to the last digit.
 */
final class CsvTortureTest {
  private static final List<String> KINDS =
      List.of("red", "a, b; c | d", "two\nlines", "say \"hi\"", "größe", "😀", "");
  private static final List<String> HEADER = List.of("😀 kind", "Größe", "sold", "price");
  private static final int ROWS = 60;

  @TempDir
  static Path folder;

  private static String weights;
  private static String answers;

  /** How a table is written; a cell's text is asked for by its column and row. */
  private record Style(
      char separator,
      boolean decimalComma,
      String dates,
      List<String> missing,
      String lineEnd,
      UnaryOperator<String> file) {
    static final Style PLAIN = new Style(',', false, "yyyy-MM-dd", List.of(""), "\n", text -> text);

    Style separatedBy(char changed) {
      return new Style(changed, decimalComma, dates, missing, lineEnd, file);
    }

    Style withDecimalCommas() {
      return new Style(separator, true, dates, missing, lineEnd, file);
    }

    Style dated(String pattern) {
      return new Style(separator, decimalComma, pattern, missing, lineEnd, file);
    }

    Style missing(String... spellings) {
      return new Style(separator, decimalComma, dates, List.of(spellings), lineEnd, file);
    }

    Style ended(String changed) {
      return new Style(separator, decimalComma, dates, missing, changed, file);
    }

    Style as(UnaryOperator<String> changed) {
      return new Style(separator, decimalComma, dates, missing, lineEnd, changed);
    }

    private String number(double value) {
      return decimalComma
          ? String.format(Locale.GERMANY, "%,.2f", value)
          : String.format(Locale.ROOT, "%.2f", value);
    }

    private String missing(int row) {
      return missing.get(row % missing.size());
    }

    private String cell(String text) {
      boolean bare = text.chars().noneMatch(c -> c == separator || c == '"' || c == '\n');
      return bare ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private String line(List<String> cells) {
      return cells.stream().map(this::cell).collect(Collectors.joining(String.valueOf(separator)));
    }

    private List<String> row(int i) {
      Random random = new Random(i);
      int kind = i % KINDS.size();
      boolean sized = i % 5 > 0;
      double size = 900 + 400 * random.nextDouble();
      LocalDate sold = LocalDate.of(2024, 1, 1).plusDays(i * 6L);
      return List.of(
          KINDS.get(kind).isEmpty() ? missing(i) : KINDS.get(kind),
          sized ? number(size) : missing(i),
          i % 11 == 0 ? missing(i) : sold.format(DateTimeFormatter.ofPattern(dates, Locale.ROOT)),
          number(1000 * (kind + 1) + size));
    }

    Path write(String name) throws IOException {
      String text = Stream.concat(Stream.of(HEADER), IntStream.range(0, ROWS).mapToObj(this::row))
          .map(this::line)
          .collect(Collectors.joining(lineEnd, "", lineEnd));
      return Files.writeString(folder.resolve(name), file.apply(text));
    }
  }

  /** What became of a table. */
  private record Outcome(String weights, String answers, String said) {}

  @BeforeAll
  static void writtenPlainly() throws IOException {
    Outcome plain = journey("plain.csv", Style.PLAIN);
    weights = plain.weights();
    answers = plain.answers();
    assertThat(answers.lines()).hasSize(ROWS + 1);
    assertThat(plain.said())
        .contains("separated by ,")
        .contains("categorical  😀 kind (6 texts)")
        .contains("task         regression of price")
        .contains("recipe       batches of 64, 2 epochs");
  }

  private static Outcome journey(String name, Style style, Object... options) throws IOException {
    Path data = style.write(name);
    Path run = folder.resolve(name + ".run");
    Path model = folder.resolve(name + ".onnx");
    List<Object> train = new ArrayList<>(List.of(
        "train", "tabular", "--data", data, "--target", "price", "--layers", 4, "--epochs", 2));
    train.addAll(List.of("--lr", "1e-2", "--seed", 3, "--out", run));
    train.addAll(Arrays.asList(options));
    Cli.Run trained = Cli.run(train.toArray());
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(Cli.json("export", run, "-o", model, "--data", data)
            .at("/parity/worstRelative")
            .asDouble())
        .isLessThan(1e-5);
    Cli.Run predicted = Cli.run("predict", model, data);
    assertThat(predicted.code()).as(predicted.err()).isZero();
    assertThat(Cli.json("evaluate", model, "--data", data).at("/score/count").asInt())
        .isEqualTo(ROWS / 5);
    String digest = Files.readString(run.resolve("checkpoint/SHA256SUMS"))
        .lines()
        .filter(line -> line.contains("weights"))
        .collect(Collectors.joining());
    return new Outcome(digest, predicted.out(), trained.err());
  }

  private static String readsTheSame(String name, Style style, Object... options)
      throws IOException {
    Outcome outcome = journey(name, style, options);
    assertThat(outcome.weights()).isEqualTo(weights);
    assertThat(outcome.answers()).isEqualTo(answers);
    return outcome.said();
  }

  @Test
  void semicolonsDecimalCommasAndDaysFirst() throws IOException {
    Style german = Style.PLAIN.separatedBy(';').withDecimalCommas().dated("dd.MM.yyyy");
    assertThat(readsTheSame("german.csv", german, "--decimal", ","))
        .contains("separated by ;, numbers with decimal commas")
        .contains("sold (every value is a date like 31/07/2015)");
  }

  @Test
  void commasBetweenCellsAndInNumbers() throws IOException {
    readsTheSame("commas.csv", Style.PLAIN.withDecimalCommas(), "--decimal", ",");
  }

  @Test
  void tabsMonthsFirstAndTimes() throws IOException {
    Style american = Style.PLAIN.separatedBy('\t').dated("M/d/yyyy '1:05 PM'");
    assertThat(readsTheSame("american.txt", american)).contains("separated by tabs");
  }

  @Test
  void barsAndTimesOfTheStandard() throws IOException {
    assertThat(
            readsTheSame("bars.csv", Style.PLAIN.separatedBy('|').dated("yyyy-MM-dd'T23:59:59Z'")))
        .contains("separated by |");
  }

  @Test
  void everySpellingOfAMissingValueAndEmptyLines() throws IOException {
    readsTheSame(
        "usual.csv", Style.PLAIN.missing("NA", "n/a", "NaN", "null", "-", "", "?", "#N/A"));
    readsTheSame(
        "own.csv",
        Style.PLAIN.missing("-999", "keine Angabe").ended("\n\n"),
        "--missing",
        "-999,keine Angabe");
  }

  @Test
  void marksOfEncodingLineEndsOfWindowsAndNoLastLineEnd() throws IOException {
    readsTheSame(
        "windows.csv",
        Style.PLAIN.ended("\r\n").as(text -> "\ufeff" + text.substring(0, text.length() - 2)));
  }

  @Test
  void oneRowIsRefusedAndThreeAreEnough() throws IOException {
    Path one = Files.writeString(folder.resolve("one.csv"), "a;y\n1,5;2\n");
    Cli.Run refused =
        Cli.run("train", "tabular", "--data", one, "--target", "y", "--out", folder.resolve("one"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).startsWith("lapidary: ").doesNotContain("Exception");
    Path three = Files.writeString(folder.resolve("three.csv"), "a;y\n1,5;2,5\n2,5;3\n4;5,5");
    Path run = folder.resolve("three");
    Path model = folder.resolve("three.onnx");
    List<Object> train = List.of("train", "tabular", "--data", three, "--target", "y");
    List<Object> options = List.of("--decimal", ",", "--epochs", 1, "--layers", 2, "--out", run);
    Cli.json(Stream.of(train, options).flatMap(List::stream).toArray());
    Cli.json("export", run, "-o", model, "--data", three);
    assertThat(Cli.run("predict", model, three).out().lines()).hasSize(4);
  }

  @Test
  void aHundredThousandRowsAreLearnedExportedAndAnswered() throws IOException {
    Path data = folder.resolve("large.csv");
    try (Writer out = Files.newBufferedWriter(data, StandardCharsets.UTF_8)) {
      out.write("n;c;y\n");
      for (int i = 0; i < 100_000; i++) {
        out.write(i % 1000 + ",5;" + (i % 7 == 0 ? "NA" : "c" + i % 7) + ";" + i % 2 + "\n");
      }
    }
    Path run = folder.resolve("large");
    Path model = folder.resolve("large.onnx");
    List<Object> train = List.of("train", "tabular", "--data", data, "--target", "y");
    List<Object> options = List.of("--decimal", ",", "--epochs", 1, "--batch", 16_384);
    List<Object> size = List.of("--layers", 2, "--out", run);
    Cli.json(Stream.of(train, options, size).flatMap(List::stream).toArray());
    Cli.json("export", run, "-o", model, "--data", data);
    Path answers = folder.resolve("answers.csv");
    assertThat(Cli.run("predict", model, data, "--out", answers).code()).isZero();
    try (Stream<String> lines = Files.lines(answers)) {
      assertThat(lines.count()).isEqualTo(100_001);
    }
  }

  @Test
  void bytesThatAreNotTextAndQuotesThatAreNotClosedAreToldInASentence() throws IOException {
    refuses(
        "is not UTF-8 text; convert it",
        "a;y\n\u00e9;1\n2;0\n".getBytes(StandardCharsets.ISO_8859_1));
    refuses(
        "a quote is opened and never closed", "a;y\n1;2\n\"3;4\n".getBytes(StandardCharsets.UTF_8));
    refuses(
        "line 3: 2 cells for 3 columns", "a;b;y\n1;2;3\n1;2\n".getBytes(StandardCharsets.UTF_8));
    refuses("first line names the columns", new byte[0]);
  }

  private static void refuses(String sentence, byte[] text) throws IOException {
    Path data = Files.write(folder.resolve("damaged.csv"), text);
    Cli.Run run = Cli.run(
        "train", "tabular", "--data", data, "--target", "y", "--out", folder.resolve("damaged"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("lapidary: ").contains(sentence).doesNotContain("Exception");
  }

  @Test
  void theOptionsOfCellsAreChecked() throws IOException {
    Path data = Style.PLAIN.write("options.csv");
    List<String> wrong = List.of("--decimal", ";", "--date-order", "year");
    for (int i = 0; i < wrong.size(); i += 2) {
      Cli.Run run = Cli.run(
          "train",
          "tabular",
          "--data",
          data,
          "--target",
          "price",
          wrong.get(i),
          wrong.get(i + 1),
          "--out",
          folder.resolve("options"));
      assertThat(run.code()).isEqualTo(2);
    }
    Cli.Run known = Cli.run(
        "train",
        "tabular",
        "--data",
        "adult",
        "--missing",
        "?",
        "--out",
        folder.resolve("options"));
    assertThat(known.err()).contains("brings its own columns");
  }
}
