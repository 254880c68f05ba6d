package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import lapidary.cli.console.ExitCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A collection of which a disk or a copy has changed one byte: the check names the file, and whoever reads it answers right or refuses
 * it with one sentence. More places with {@code -Dlapidary.flips=1000}.
 */
final class DamagedCollectionTest {
  private static final int FLIPS = Integer.getInteger("lapidary.flips", 5);

  @TempDir
  static Path folder;

  private static Path clothes;
  private static List<List<Object>> readings;

  @BeforeAll
  static void make() throws IOException {
    Workshop shop = Workshop.copiedTo(folder.resolve("shop"));
    clothes = folder.resolve("clothes");
    Cli.json(
        "index", "create", clothes, "--model", shop.model(), "--data", Workshop.DATA, "--pca", 8);
    // A second segment, and a file that says what was removed of the first.
    Cli.json("index", "remove", clothes, "--id", "test-00007");
    Cli.json("index", "add", clothes, shop.pictures());
    readings = List.of(
        List.of("index", "info", clothes),
        List.of("search", clothes, "--id", "test-00003", "-k", 4),
        List.of("search", clothes, "--text", "coat", "-k", 4),
        List.of("search", clothes, "--id", "test-00003", "--filter", "label=Coat", "-k", 4));
  }

  @Test
  void oneChangedByteIsFoundAndNamedAndNeverAnsweredFrom() throws IOException {
    Map<List<Object>, Cli.Run> right = new TreeMap<>((a, b) -> a.toString().compareTo(b + ""));
    readings.forEach(reading -> right.put(reading, Cli.run(reading.toArray())));
    assertThat(right.values()).allMatch(run -> run.code() == 0);
    String picture = pageOf().out();
    for (Path file : files()) {
      byte[] whole = Files.readAllBytes(file);
      int step = 1 + whole.length / FLIPS;
      for (int at = 0; at < whole.length; at += step) {
        for (int flip : new int[] {0x80, 0xff}) {
          byte[] flipped = whole.clone();
          flipped[at] ^= (byte) flip;
          Files.write(file, flipped);
          String where = file.getFileName() + " at " + at + " of " + whole.length;
          isNamed(where, file);
          right.forEach((reading, answer) -> isRightOrRefused(where, reading, answer));
          pageIsRightOrRefused(where, picture);
        }
      }
      Files.write(file, whole);
    }
    assertThat(Cli.run("index", "check", clothes).code()).isZero();
  }

  private static void isNamed(String where, Path file) {
    Cli.Run check = Cli.run("index", "check", clothes);
    assertThat(check.code()).as(where + check.err()).isEqualTo(ExitCode.BREACH);
    assertThat(check.out()).as(where).contains(file.getFileName().toString());
    assertThat(check.err()).as(where).isEmpty();
    Cli.Run json = Cli.run("index", "check", clothes, "--json");
    assertThat(json.code()).as(where).isEqualTo(ExitCode.BREACH);
    try {
      assertThat(new ObjectMapper().readTree(json.out()).get("damages").toString())
          .as(where)
          .contains(file.getFileName().toString());
    } catch (JsonProcessingException e) {
      throw new AssertionError(where + json.out(), e);
    }
  }

  private static void isRightOrRefused(String where, List<Object> reading, Cli.Run right) {
    Cli.Run run = Cli.run(reading.toArray());
    if (run.code() == 0) {
      assertThat(run.out()).as(where).isEqualTo(right.out());
    } else {
      isRefused(where + reading, run);
    }
  }

  private static void isRefused(String where, Cli.Run run) {
    assertThat(run.code()).as(where + run.err()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err().lines().toList()).as(where).hasSize(1);
    assertThat(run.err())
        .as(where)
        .matches("(?s)lapidary: .*(damaged|format|not one of a collection).*; .*")
        .doesNotContain("\tat ", "Error", "null");
  }

  private static void pageIsRightOrRefused(String where, String right) {
    Cli.Run page = pageOf();
    if (page.code() == 0) {
      assertThat(page.out()).as(where).isEqualTo(right);
    } else {
      isRefused(where + " as a page", page);
      assertThat(folder.resolve("page.html")).doesNotExist();
    }
  }

  /** The page of a search with its pictures, as what was printed. */
  private static Cli.Run pageOf() {
    Path page = folder.resolve("page.html");
    Cli.Run run = Cli.run("search", clothes, "--id", "test-00003", "-k", 100, "--html", page);
    try {
      String content = run.code() == 0 ? Files.readString(page) : "";
      Files.deleteIfExists(page);
      return new Cli.Run(run.code(), content, run.err());
    } catch (IOException e) {
      throw new AssertionError("the page cannot be read", e);
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(clothes)) {
      return files.filter(file -> !file.endsWith("write.lock")).sorted().toList();
    }
  }
}
