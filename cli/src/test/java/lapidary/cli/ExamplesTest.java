package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lapidary.examples.ClassifyPicture;
import lapidary.examples.FindSimilar;
import lapidary.examples.OwnPhotos;
import lapidary.examples.PredictRows;
import lapidary.examples.RecommendMovies;
import lapidary.examples.ServeCallers;
import lapidary.search.embed.ImageFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs of {@code lapidary.examples} do what the README promises of them. */
@Timeout(120)
final class ExamplesTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Path EXAMPLES = Path.of("src/test/java/lapidary/examples");
  private static final int DEEPEST = 12;
  private static final int MOST_LINES = 25;

  @TempDir
  static Path shopFolder;

  private static Workshop shop;

  @TempDir
  Path folder;

  @BeforeAll
  static void enterTheWorkshop() {
    shop = Workshop.copiedTo(shopFolder);
  }

  /** A program's main. */
  private interface Program {
    void run(String... arguments) throws Exception;
  }

  @Test
  void classifyPictureGivesTheAnswersOfPredict() throws Exception {
    Path picture = picture();
    JsonNode answers = Cli.json("predict", shop.model(), picture, "--top", 3);
    assertThat(printed(ClassifyPicture::main, shop.model(), picture).lines())
        .hasSize(3)
        .first()
        .asString()
        .startsWith(answers.findValue("label").asText() + " 0.");
  }

  @Test
  void serveCallersAnswersFromTheFileThatIsThere() throws Exception {
    Path model = Files.copy(shop.model(), folder.resolve("served.onnx"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PipedOutputStream callers = new PipedOutputStream();
    with(new PipedInputStream(callers), out, () -> {
      Thread server = new Thread(() -> run(ServeCallers::main, model));
      server.start();
      ask(callers, 20);
      await(out, "Prediction\\[", 20);
      Cli.json("export", shop.run(), "-o", model, "--precision", "fp16", "--overwrite");
      await(out, "Reload\\[.*problem=Optional.empty", 1);
      ask(callers, 3);
      await(out, "Prediction\\[", 23);
      callers.close();
      server.join();
      return server;
    });
  }

  private static void ask(PipedOutputStream callers, int times) throws IOException {
    callers.write((picture() + "\n").repeat(times).getBytes(StandardCharsets.UTF_8));
    callers.flush();
  }

  private static void await(ByteArrayOutputStream out, String what, int count) throws Exception {
    Pattern pattern = Pattern.compile(what);
    while (pattern.matcher(out.toString(StandardCharsets.UTF_8)).results().count() < count) {
      Thread.sleep(20);
    }
  }

  @Test
  void ownPhotosWritesAReportAndAClassifier() throws Exception {
    Path photos = PhotoFixture.photos(folder.resolve("photos"));
    Path report = folder.resolve("report.html");
    Path model = folder.resolve("own.onnx");
    assertThat(printed(OwnPhotos::main, photos, report, model)).isEmpty();
    assertThat(report)
        .content()
        .contains("own network on photos", "Most confused", "skipped", "damaged.jpg");
    assertThat(Cli.json("inspect", model).findValue("labels"))
        .extracting(JsonNode::asText)
        .isEqualTo(PhotoFixture.CLASSES);
    assertThat(printed(ClassifyPicture::main, model, photos.resolve("valid/red/7.png"))
            .lines())
        .hasSize(3);
  }

  @Test
  void recommendMoviesLeavesOutWhatWasSeen() throws Exception {
    List<String> first = printed(RecommendMovies::main, shop.ratings(), shop.items(), "1")
        .lines()
        .toList();
    assertThat(first).hasSize(5).isSortedAccordingTo(Comparator.reverseOrder());
    String best = first.get(0).substring(first.get(0).indexOf(' ') + 1);
    JsonNode all = Cli.json("movies", "best", shop.items(), "--top", 1000).get("items");
    String id = all.findParents("title").stream()
        .filter(item -> item.get("title").asText().equals(best))
        .map(item -> item.get("id").asText())
        .findFirst()
        .orElseThrow();
    List<String> second = printed(RecommendMovies::main, shop.ratings(), shop.items(), "1", id)
        .lines()
        .toList();
    assertThat(second.subList(0, 4)).isEqualTo(first.subList(1, 5));
  }

  @Test
  void predictRowsGivesTheAnswersOfPredict() throws Exception {
    List<String> lines = Files.readAllLines(shop.rows()).subList(0, 3);
    Path few = Files.write(folder.resolve("few.csv"), lines);
    List<String> answers = Cli.run("predict", shop.table(), few).out().lines().toList();
    assertThat(printed(PredictRows::main, shop.table(), row(lines, 1), row(lines, 2))
            .lines())
        .containsExactly("price " + answers.get(1), "price " + answers.get(2));
  }

  /** A line of a table with the names of its columns. */
  private static String row(List<String> lines, int number) {
    String[] names = lines.get(0).split(",", -1);
    String[] cells = lines.get(number).split(",", -1);
    return IntStream.range(0, names.length)
        .mapToObj(i -> names[i] + "=" + cells[i])
        .reduce((a, b) -> a + "," + b)
        .orElseThrow();
  }

  @Test
  void findSimilarMakesACollectionThatSearchReads() throws Exception {
    Path place = folder.resolve("album");
    Path photos = folder.resolve("photos");
    Cli.json("data", "images", "--data", Workshop.DATA, "--count", 30, "--out", photos);
    Path picture = ImageFiles.expand(List.of(photos)).get(7);
    List<String> found =
        printed(FindSimilar::main, shop.model(), photos, place, picture).lines().toList();
    assertThat(found).hasSize(5).first().asString().endsWith(" " + picture);
    JsonNode hits = Cli.json("search", place, "--image", picture, "-k", 5).get("hits");
    assertThat(hits.findValuesAsText("id"))
        .isEqualTo(
            found.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList());
  }

  @Test
  void theReadmeShowsThesePrograms() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    List<String> blocks =
        JAVA.matcher(readme).results().map(found -> found.group(1)).toList();
    List<String> programs = programs();
    assertThat(blocks).hasSizeGreaterThan(2).allSatisfy(block -> {
      assertThat(block.lines().count()).isLessThanOrEqualTo(MOST_LINES);
      assertThat(programs)
          .as("a program that has these lines:\n" + block)
          .anyMatch(program -> shows(program, block));
    });
    assertThat(shows("class A {\n  int a;\n}\n", "int b;\n"))
        .as("lines that are nowhere")
        .isFalse();
    assertThat(Pattern.compile("examples/(\\w+\\.java)")
            .matcher(readme)
            .results()
            .map((MatchResult link) -> link.group(1)))
        .as("links to all programs")
        .contains(names().toArray(String[]::new));
  }

  /** Whether a program has a block's lines, however deep they stand. */
  private static boolean shows(String program, String block) {
    return IntStream.rangeClosed(0, DEEPEST)
        .anyMatch(depth -> program.contains(indented(block, depth)));
  }

  private static String indented(String block, int depth) {
    return block
        .lines()
        .map(line -> line.isEmpty() ? "\n" : " ".repeat(depth) + line + "\n")
        .reduce("", String::concat);
  }

  private static List<String> programs() throws IOException {
    List<String> programs = new ArrayList<>();
    for (String name : names()) {
      programs.add(Files.readString(EXAMPLES.resolve(name)));
    }
    return programs;
  }

  private static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> !file.equals("package-info.java"))
          .toList();
    }
  }

  private static Path picture() throws IOException {
    try (Stream<Path> pictures = Files.list(shop.pictures())) {
      return pictures.sorted().findFirst().orElseThrow();
    }
  }

  private static String printed(Program program, Object... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    with(InputStream.nullInputStream(), out, () -> {
      run(program, arguments);
      return out;
    });
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void run(Program program, Object... arguments) {
    try {
      program.run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Does something with other streams in place of the process's own. */
  private static void with(InputStream in, ByteArrayOutputStream out, Callable<?> work)
      throws Exception {
    InputStream ownIn = System.in;
    PrintStream ownOut = System.out;
    System.setIn(in);
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      work.call();
    } finally {
      System.setIn(ownIn);
      System.setOut(ownOut);
    }
  }
}
