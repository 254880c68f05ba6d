package lapidary.search.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The style sheets of the page, which are all there at the same time. */
final class StyleSheetsTest {
  private static final Path PAGE = Path.of("src/main/resources/lapidary/search/http/page");
  /** A class alone, as what a rule is for or one of several. */
  private static final Pattern CLASS =
      Pattern.compile("(?:^|[},])\\s*\\.([a-z][a-z0-9-]*)\\s*(?=[,{])", Pattern.MULTILINE);

  @Test
  void aClassIsStyledByOneOfThem() throws IOException {
    Map<String, Set<String>> files = new TreeMap<>();
    for (Path sheet : sheets()) {
      CLASS
          .matcher(Files.readString(sheet))
          .results()
          .forEach(found -> files
              .computeIfAbsent(found.group(1), name -> new TreeSet<>())
              .add(PAGE.relativize(sheet).toString()));
    }
    assertThat(files).hasSizeGreaterThan(50).containsKeys("strip", "space-strip");
    assertThat(files).allSatisfy((name, of) -> assertThat(of).as("." + name).hasSize(1));
  }

  private static List<Path> sheets() throws IOException {
    try (Stream<Path> all = Files.walk(PAGE)) {
      return all.filter(file -> file.toString().endsWith(".css")).sorted().toList();
    }
  }
}
