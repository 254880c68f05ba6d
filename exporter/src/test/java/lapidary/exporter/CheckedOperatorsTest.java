package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lapidary.runtime.operators.CheckedList;
import org.junit.jupiter.api.Test;

/** Whatever this module writes the runtime has to take from a file that nobody vouches for. */
final class CheckedOperatorsTest {
  private static final Path SOURCES = Path.of("src", "main", "java");

  /** A text that begins with a capital and is one word: an operator, or one of the few below. */
  private static final Pattern WORD = Pattern.compile("\"([A-Z][A-Za-z0-9]+)\"");

  private static final Set<String> OTHERS =
      Set.of("List", "NDManager", "NullAway", "PtNDArray", "Reduce");

  @Test
  void everyOperatorThatIsWrittenIsInTheListOfTheRuntime() throws IOException {
    Set<String> listed = CheckedList.operators().stream()
        .map(kind -> kind.substring(kind.lastIndexOf('.') + 1))
        .collect(Collectors.toSet());
    Set<String> unknown = written();
    assertThat(unknown).hasSizeGreaterThan(80).contains("Conv", "LabelEncoder", "TopK");
    unknown.removeAll(listed);
    unknown.removeAll(OTHERS);
    assertThat(unknown)
        .as(
            "give each a row in lapidary.runtime.operators.OperatorTable, or say here that it is no operator")
        .isEmpty();
  }

  private static Set<String> written() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(CheckedOperatorsTest::text)
          .flatMap(text -> WORD.matcher(text).results().map(found -> found.group(1)))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
