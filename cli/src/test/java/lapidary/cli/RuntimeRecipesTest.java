package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import lapidary.examples.RuntimeRecipes;
import lapidary.models.Output;
import lapidary.models.Pixels;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import lapidary.runtime.serving.BatchLimits;
import lapidary.runtime.serving.Batcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of docs/runtime.md, done with the answers of {@code predict} as what is right. */
@Timeout(120)
final class RuntimeRecipesTest {
  @TempDir
  static Path shopFolder;

  private static Workshop shop;
  private static ImageClassifier classifier;
  private static List<Path> pictures;
  private static List<String> labels;

  @TempDir
  Path folder;

  @BeforeAll
  static void enterTheWorkshop() throws IOException {
    shop = Workshop.copiedTo(shopFolder);
    classifier = ImageClassifier.open(shop.model(), Device.cpu(1));
    try (Stream<Path> files = Files.list(shop.pictures())) {
      pictures = files.sorted().limit(3).toList();
    }
    labels = pictures.stream()
        .map(picture ->
            Cli.json("predict", shop.model(), picture).findValue("label").asText())
        .toList();
  }

  @AfterAll
  static void close() {
    classifier.close();
  }

  @Test
  void onePicture() throws Exception {
    assertThat(printed(() -> RuntimeRecipes.classify(shop.model(), pictures.get(0))))
        .startsWith(labels.get(0) + " 0.");
  }

  @Test
  void manyAtOnce() throws Exception {
    List<Pixels> decoded = pictures.stream().map(RuntimeRecipesTest::decoded).toList();

    assertThat(printed(() -> RuntimeRecipes.many(classifier, decoded)).lines())
        .containsExactlyElementsOf(labels);
  }

  @Test
  void callersInBatches() throws Exception {
    String printed = printed(
        () -> RuntimeRecipes.batch(shop.model(), pictures, Executors.newFixedThreadPool(3)));

    assertThat(printed.lines()).hasSize(3);
    assertThat(printed).contains(labels);
  }

  @Test
  void aRowWithoutWaiting() throws Exception {
    try (Model model = Model.open(shop.model(), Device.cpu(1));
        Batcher batcher = new Batcher(model, List.of(Output.PROBABILITIES), BatchLimits.DEFAULT)) {
      Map<String, Tensor> row = Map.of("pixels", Tensor.pixels(decoded(pictures.get(0))));

      assertThat(printed(() -> RuntimeRecipes.submit(batcher, row))).startsWith("float32 [1, 10]");
    }
  }

  @Test
  void aFileThatIsFollowed() throws Exception {
    assertThat(printed(() -> RuntimeRecipes.follow(shop.model(), pictures.get(0))))
        .contains(labels.get(0));
  }

  @Test
  void aRegistryAndItsStatistics() throws Exception {
    Path version = Files.createDirectories(folder.resolve("clothes/3"));
    Files.copy(shop.model(), version.resolve("model.onnx"));

    assertThat(printed(() -> RuntimeRecipes.registry(folder, pictures.get(0))).lines())
        .anyMatch(line -> line.startsWith("3 [Prediction") && line.contains(labels.get(0)))
        .anyMatch(line -> line.startsWith("clothes/3 READY calls 1 failed 0 rejected 0"));
  }

  @Test
  void memoryBeforeTraffic() throws Exception {
    assertThat(printed(() -> RuntimeRecipes.memory(shop.model()))).matches("\\d*\\s*");
  }

  @Test
  void aStrangersFile() throws Exception {
    Path damaged = folder.resolve("damaged.onnx");
    byte[] bytes = Files.readAllBytes(shop.model());
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length - 1));

    assertThat(printed(() -> RuntimeRecipes.stranger(shop.model())))
        .contains("name=pixels", "name=probabilities");
    assertThat(catchThrowable(() -> RuntimeRecipes.stranger(damaged)))
        .hasMessageContaining("damaged.onnx");
  }

  @Test
  void tensorsWithoutACopy() throws Exception {
    byte[][] images =
        pictures.stream().map(picture -> decoded(picture).bytes()).toArray(byte[][]::new);
    try (Model model = Model.open(shop.model(), Device.cpu(1))) {
      List<String> first = pictures.stream()
          .map(picture -> Float.toString(classifier.probabilities(decoded(picture))[0][0]))
          .toList();

      assertThat(printed(() -> RuntimeRecipes.bind(model, images)).lines())
          .containsExactlyElementsOf(first);
    }
  }

  @Test
  void theDocumentShowsThisProgram() throws IOException {
    String program =
        Files.readString(Path.of("src/test/java/lapidary/examples/RuntimeRecipes.java"));

    assertThat(Programs.blocks(Files.readString(Path.of("../docs/runtime.md"))))
        .hasSizeGreaterThan(9)
        .allMatch(block -> Programs.shows(program, block));
  }

  private static Pixels decoded(Path picture) {
    try {
      return classifier.input().decode(Files.readAllBytes(picture), picture.toString());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a recipe may throw. */
  private interface Recipe {
    void run() throws Exception;
  }

  private static String printed(Recipe recipe) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Callable<?> work = () -> {
      recipe.run();
      return out;
    };
    Programs.with(InputStream.nullInputStream(), out, work);
    return out.toString(StandardCharsets.UTF_8);
  }
}
