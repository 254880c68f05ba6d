package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lapidary.examples.ClassifyPicture;
import lapidary.examples.FindSimilar;
import lapidary.examples.OwnPhotos;
import lapidary.examples.PredictRows;
import lapidary.examples.RecommendMovies;
import lapidary.examples.RunService;
import lapidary.examples.ServeCallers;
import lapidary.search.embed.ImageFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs of {@code lapidary.examples} do what the README promises of them. */
@Timeout(120)
final class ExamplesTest {
  private static final Path EXAMPLES = Path.of("src/test/java/lapidary/examples");
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

  @Test
  void classifyPictureGivesTheAnswersOfPredict() throws Exception {
    Path picture = picture();
    JsonNode answers = Cli.json("predict", shop.model(), picture, "--top", 3);
    assertThat(Programs.printed(ClassifyPicture::main, shop.model(), picture).lines())
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
    Programs.with(new PipedInputStream(callers), out, () -> {
      Thread server = new Thread(() -> Programs.run(ServeCallers::main, model));
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

  @Test
  void runServiceAnswersUntilItsInputEnds() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PipedOutputStream end = new PipedOutputStream();
    Programs.with(new PipedInputStream(end), out, () -> {
      Thread service =
          new Thread(() -> Programs.run(RunService::main, shop.model(), shop.clothes()));
      service.start();
      await(out, "HTTP at [0-9]+, gRPC at [0-9]+\n", 1);
      String port = out.toString(StandardCharsets.UTF_8).replaceAll("(?s)HTTP at ([0-9]+).*", "$1");
      JsonNode answer = labelled(URI.create("http://localhost:" + port), picture());
      assertThat(answer.findValue("label"))
          .isEqualTo(Cli.json("predict", shop.model(), picture()).findValue("label"));
      end.close();
      service.join();
      return service;
    });
  }

  private static JsonNode labelled(URI service, Path picture) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(service.resolve("/v1/models/model/predict"))
        .header("Content-Type", "image/png")
        .POST(BodyPublishers.ofFile(picture))
        .build();
    return new ObjectMapper()
        .readTree(HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.ofString())
            .body());
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
    assertThat(Programs.printed(OwnPhotos::main, photos, report, model)).isEmpty();
    assertThat(report)
        .content()
        .contains("own network on photos", "Most confused", "skipped", "damaged.jpg");
    assertThat(Cli.json("inspect", model).findValue("labels"))
        .extracting(JsonNode::asText)
        .isEqualTo(PhotoFixture.CLASSES);
    assertThat(Programs.printed(ClassifyPicture::main, model, photos.resolve("valid/red/7.png"))
            .lines())
        .hasSize(3);
  }

  @Test
  void recommendMoviesLeavesOutWhatWasSeen() throws Exception {
    List<String> first = Programs.printed(RecommendMovies::main, shop.ratings(), shop.items(), "1")
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
    List<String> second = Programs.printed(
            RecommendMovies::main, shop.ratings(), shop.items(), "1", id)
        .lines()
        .toList();
    assertThat(second.subList(0, 4)).isEqualTo(first.subList(1, 5));
  }

  @Test
  void predictRowsGivesTheAnswersOfPredict() throws Exception {
    List<String> lines = Files.readAllLines(shop.rows()).subList(0, 3);
    Path few = Files.write(folder.resolve("few.csv"), lines);
    List<String> answers = Cli.run("predict", shop.table(), few).out().lines().toList();
    assertThat(Programs.printed(PredictRows::main, shop.table(), row(lines, 1), row(lines, 2))
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
    List<String> found = Programs.printed(FindSimilar::main, shop.model(), photos, place, picture)
        .lines()
        .toList();
    assertThat(found).hasSize(5).first().asString().endsWith(" " + picture.getFileName());
    JsonNode hits = Cli.json("search", place, "--image", picture, "-k", 5).get("hits");
    assertThat(hits.findValuesAsText("id"))
        .isEqualTo(
            found.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList());
  }

  @Test
  void theReadmeShowsThesePrograms() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    List<String> blocks = Programs.blocks(readme);
    List<String> programs = programs();
    assertThat(blocks).hasSizeGreaterThan(2).allSatisfy(block -> {
      assertThat(block.lines().count()).isLessThanOrEqualTo(MOST_LINES);
      assertThat(programs)
          .as("a program that has these lines:\n" + block)
          .anyMatch(program -> Programs.shows(program, block));
    });
    assertThat(Programs.shows("class A {\n  int a;\n}\n", "int b;\n"))
        .as("lines that are nowhere")
        .isFalse();
    assertThat(Pattern.compile("examples/(\\w+\\.java)")
            .matcher(readme)
            .results()
            .map((MatchResult link) -> link.group(1)))
        .as("links to all programs")
        .contains(names().toArray(String[]::new));
  }

  @Test
  void thePageOnObservingShowsTheService() throws IOException {
    String program = Files.readString(EXAMPLES.resolve("RunService.java"));
    assertThat(Programs.blocks(Files.readString(Path.of("../docs/observing.md"))))
        .singleElement()
        .satisfies(block -> assertThat(Programs.shows(program, block)).as(block).isTrue());
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
}
