package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be looked for in a collection of the embedded sample, and how it is found damaged. */
final class SearchTest {
  @TempDir
  static Path shopFolder;

  private static Workshop shop;
  private static Path clothes;

  @TempDir
  Path folder;

  @BeforeAll
  static void enterTheWorkshop() {
    shop = Workshop.copiedTo(shopFolder);
    clothes = shop.clothes();
  }

  private static List<String> found(String field, Object... options) {
    Object[] command = new Object[options.length + 2];
    command[0] = "search";
    command[1] = clothes;
    System.arraycopy(options, 0, command, 2, options.length);
    return Cli.json(command).get("hits").findValuesAsText(field);
  }

  @Test
  void wordsFindLabelsAndGoTogetherWithAnItem() {
    assertThat(found("label", "--text", "ANKLE boots", "-k", 30))
        .hasSize(30)
        .containsOnly("Ankle boot");
    assertThat(found("id", "--text", "nothing like it")).isEmpty();
    String coat = found("id", "--text", "coat", "-k", 1).get(0);
    List<String> both = found("id", "--text", "coat", "--id", coat, "-k", 5);
    assertThat(both).hasSize(5).doesNotContain(coat);
    assertThat(Cli.run("search", clothes, "--text", "zebra").out()).isEqualTo("nothing found\n");
  }

  @Test
  void likesAreLeftOutAndFiltersAndScoresNarrow() {
    List<String> near = found("id", "--id", "test-00000", "-k", 3);
    assertThat(found("id", "--like", "test-00000", "-k", 3)).isEqualTo(near);
    assertThat(found("id", "--like", "test-00000", near.get(0), "--unlike", near.get(1)))
        .doesNotContain("test-00000", near.get(0), near.get(1));
    String label = found("label", "--id", "test-00000", "-k", 1).get(0);
    assertThat(found("label", "--id", "test-00000", "--filter", "label!=" + label))
        .hasSize(10)
        .doesNotContain(label);
    List<String> scores = found("score", "--id", "test-00000", "-k", 3);
    assertThat(found("id", "--id", "test-00000", "--min-score", scores.get(1), "-k", 3))
        .isEqualTo(near.subList(0, 2));
    assertThat(found("id", "--id", "test-00000", "-k", 3, "--exact")).isEqualTo(near);
  }

  @Test
  void badQueriesAreRefusedWithASentence() {
    refused("nothing to look for, or too much");
    refused("nothing to look for, or too much", "--text", "x", "--duplicates", 0.9);
    refused("--image and --id; give one of them", "--image", shop.pictures(), "--id", "test-00000");
    refused("has no item \"nobody\"", "--like", "nobody");
    refused("has no graph to search by", "--id", "test-00000", "--approximate");
    refused("\"label\" is not a condition", "--id", "test-00000", "--filter", "label");
  }

  private static void refused(String sentence, Object... options) {
    Object[] command = new Object[options.length + 2];
    command[0] = "search";
    command[1] = clothes;
    System.arraycopy(options, 0, command, 2, options.length);
    Cli.Run run = Cli.run(command);
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(sentence).doesNotContain("Exception");
  }

  @Test
  void pagesShowThePicturesFound() throws IOException {
    Path page = folder.resolve("found.html");
    found("id", "--id", "test-00000", "-k", 7, "--html", page);
    // The picture asked for and those found, in the file itself.
    assertThat(Files.readString(page).split("data:image/png;base64,", -1)).hasSize(1 + 1 + 7);
    JsonNode groups =
        Cli.json("search", clothes, "--duplicates", 0.97, "--html", page).get("groups");
    assertThat(groups).isNotEmpty().allSatisfy(group -> assertThat(group.size()).isGreaterThan(1));
    assertThat(Files.readString(page)).contains("Group 1", groups.get(0).get(0).asText());
  }

  @Test
  void theCheckNamesWhatIsDamaged() throws IOException {
    Path copy = folder.resolve("clothes");
    Files.createDirectory(copy);
    Path largest = null;
    try (var files = Files.list(clothes)) {
      for (Path file : files.sorted().toList()) {
        Path to = Files.copy(file, copy.resolve(file.getFileName().toString()));
        largest = largest == null || Files.size(to) > Files.size(largest) ? to : largest;
      }
    }
    assertThat(Cli.json("index", "check", copy).get("whole").asBoolean()).isTrue();
    byte[] bytes = Files.readAllBytes(largest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(largest, bytes);
    Cli.Run run = Cli.run("index", "check", copy, "--json");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).contains(largest.getFileName().toString(), "\"whole\" : false");
  }

  @Test
  void aGraphIsBuiltWhenItIsAskedForAndItsRecallIsShown() {
    Path graph = folder.resolve("graph");
    Cli.json(
        "index",
        "create",
        graph,
        "--model",
        shop.model(),
        "--data",
        Workshop.DATA,
        "--approximate");
    JsonNode recall = Cli.json("index", "info", graph).get("recall");
    assertThat(recall.get("at10").asDouble()).isBetween(.98, 1.);
    assertThat(Cli.run("index", "info", graph).out()).contains("searched by a graph: recall@10");
    assertThat(Cli.json("search", graph, "--id", "test-00000", "--approximate").get("hits"))
        .hasSize(10);
  }
}
