package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.search.Collection;
import lapidary.search.CollectionSpec;
import lapidary.search.IndexedModel;
import lapidary.search.store.Item;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries and collections as nobody expects them, on the command line. */
final class StrangeSearchTest {
  @TempDir
  Path folder;

  private Path strange;
  private Path empty;
  private Path thin;

  @BeforeEach
  void make() {
    empty = folder.resolve("empty");
    make(empty, 2, List.of());
    thin = folder.resolve("thin");
    make(thin, 1, List.of(Item.of("only")));
    strange = folder.resolve("strange");
    make(
        strange,
        2,
        List.of(
            Item.ofTexts("a/b%20c", "a=b", Map.of("n!", "v", "empty", "", "line\nbreak", "x=y")),
            Item.of("--id", "-k"),
            Item.of("😀", "Coat")));
  }

  private static void make(Path folder, int width, List<Item> items) {
    IndexedModel model =
        new IndexedModel("0123456789abcdef".repeat(4), Optional.empty(), "features", width);
    String name = folder.getFileName().toString();
    try (Collection collection =
        Collection.create(folder, new CollectionSpec(name, model, Optional.empty()))) {
      for (int i = 0; i < items.size(); i++) {
        float[] vector = new float[width];
        vector[0] = i + 1;
        vector[width - 1] = 1;
        collection.add(items.get(i), vector);
      }
      collection.commit();
    }
  }

  private static void refused(String reason, Object... line) {
    Cli.Run run = Cli.run(line);
    assertThat(run.code()).as(Arrays.toString(line) + run.out() + run.err()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(reason).doesNotContain("\tat ", "Exception");
  }

  private static void finds(int count, Object... line) {
    assertThat(Cli.json(line).get("hits")).as(Arrays.toString(line)).hasSize(count);
  }

  @Test
  void itemsOfAnyIdAreFoundAndRemoved() {
    finds(2, "search", strange, "--id", "a/b%20c");
    finds(2, "search", strange, "--like", "😀");
    refused("no item \"missing\"", "search", strange, "--like", "missing");
    refused("no item \"missing\"", "search", strange, "--id", "missing");
    refused("no item \"missing\"", "index", "remove", strange, "--id", "😀", "missing");
    assertThat(Cli.json("index", "remove", strange, "--id", "😀", "😀")
            .get("removed")
            .asInt())
        .isEqualTo(1);
    finds(1, "search", strange, "--id", "a/b%20c");
  }

  @Test
  void filtersOfOddSyntaxAreUnderstoodOrRefused() {
    for (String filter :
        List.of("label=a=b", "empty=", "line\nbreak=x=y", "label!=Coat", "missing!=")) {
      assertThat(
              Cli.json("search", strange, "--vector", "1,1", "--filter", filter).get("hits"))
          .as(filter)
          .isNotEmpty();
    }
    finds(0, "search", strange, "--vector", "1,1", "--filter", "missing=");
    for (String filter : List.of("label", "=Coat", "", "!=", "label==", "!")) {
      Cli.Run run = Cli.run("search", strange, "--vector", "1,1", "--filter", filter);
      assertThat(run.code()).as(filter + run.err()).isIn(0, 2);
      assertThat(run.err()).as(filter).doesNotContain("\tat ");
    }
    refused("is not a condition", "search", strange, "--vector", "1,1", "--filter", "label");
    refused("is not a condition", "search", strange, "--vector", "1,1", "--filter", "=Coat");
  }

  @Test
  void numbersBeyondTheirRangeAreRefusedAndManyHitsAreAllThereAre() {
    refused("", "search", strange, "--vector", "1,1", "-k", 0);
    refused("", "search", strange, "--vector", "1,1", "-k", -1);
    refused("", "search", strange, "--vector", "1,1", "--min-score", "NaN");
    refused("", "search", strange, "--vector", "1,1", "--diverse", "NaN");
    refused("", "search", strange, "--vector", "1,1", "--diverse", "1.5");
    refused("", "search", strange, "--duplicates", "NaN");
    refused("--text is empty", "search", strange, "--text", "");
    refused("", "search", strange, "--vector", "1,1,1");
    refused("", "search", strange, "--vector", "");
    finds(3, "search", strange, "--vector", "1,1", "-k", Integer.MAX_VALUE);
    finds(0, "search", strange, "--vector", "1,1", "--min-score", 7);
    finds(3, "search", strange, "--vector", "0,0");
    finds(0, "search", strange, "--text", "!?");
  }

  @Test
  void collectionsOfNothingAndOfOneValueAnswer() {
    finds(0, "search", empty, "--vector", "1,1");
    finds(0, "search", empty, "--text", "coat");
    finds(1, "search", thin, "--vector", "-2");
    finds(0, "search", thin, "--id", "only");
    for (Path collection : List.of(empty, thin)) {
      assertThat(Cli.run("index", "info", collection).code()).isZero();
      assertThat(Cli.run("index", "check", collection).code()).isZero();
      assertThat(Cli.json("search", collection, "--duplicates", .9).get("groups"))
          .isEmpty();
    }
    Cli.json("index", "remove", thin, "--id", "only");
    finds(0, "search", thin, "--vector", "1");
  }

  @Test
  void aPageThatCannotBeWrittenIsNotHalfWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "somebody's");
    for (Path page : List.of(file.resolve("page.html"), folder, strange)) {
      Cli.Run run = Cli.run("search", strange, "--vector", "1,1", "--html", page);
      assertThat(run.code()).as(page + run.err()).isIn(2, 3);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).doesNotContain("\tat ").startsWith("lapidary: ");
    }
    Path deep = folder.resolve("not").resolve("there").resolve("page.html");
    Cli.Run made = Cli.run("search", strange, "--vector", "1,1", "--html", deep);
    assertThat(Files.exists(deep)).isEqualTo(made.code() == 0);
    assertThat(file).hasContent("somebody's");
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left).noneMatch(each -> each.toString().endsWith(".tmp"));
    }
  }
}
