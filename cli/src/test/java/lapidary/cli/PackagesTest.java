package lapidary.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rooms inside rooms: arrows between packages point downward, and each package is small and says where to begin. */
final class PackagesTest {
  private static final int MOST_FILES = 45;

  /** Sealed types and their permits belong together, so this package is as large as what it describes. */
  private static final String ONE_PACKAGE = "lapidary/models";

  // A slice for each package, root packages too.
  private static final ArchRule NO_CYCLES = slices()
      .matching("lapidary.(**)")
      .should()
      .beFreeOfCycles()
      .as("no package needs itself through others");

  /** Wherever a line ends within it. */
  private static final Pattern BEGIN =
      Pattern.compile("(?i)begin[\\s*]+reading[\\s*]+at[\\s*]+\\{@link ");

  @TempDir
  Path folder;

  @Test
  void noPackageNeedsItselfThroughOthers() {
    NO_CYCLES.check(House.MAIN);
    House.assertStops(NO_CYCLES);
  }

  @Test
  void everyPackageIsSmallAndSaysWhereToBegin() throws IOException {
    for (Path module : House.folders()) {
      assertThat(faults(module.resolve("src/main/java"))).isEmpty();
    }
  }

  @Test
  void aLargePackageAndASilentOneAreFound() throws IOException {
    Path large = Files.createDirectories(folder.resolve("lapidary/large"));
    for (int i = 0; i <= MOST_FILES; i++) {
      Files.createFile(large.resolve("Type" + i + ".java"));
    }
    Files.writeString(large.resolve("package-info.java"), "/** Begin reading at {@link Type1}. */");
    Path silent = Files.createDirectories(folder.resolve("lapidary/silent"));
    Files.createFile(silent.resolve("Type.java"));
    Files.writeString(silent.resolve("package-info.java"), "/** Says nothing. */");
    assertThat(faults(folder))
        .containsExactlyInAnyOrder(
            "lapidary/large has 46 files, more than 45",
            "lapidary/silent does not say \"Begin reading at\" in its package-info.java");
  }

  private static List<String> faults(Path sources) throws IOException {
    try (Stream<Path> folders = Files.walk(sources)) {
      return folders
          .filter(Files::isDirectory)
          .flatMap(each -> faults(sources.relativize(each).toString(), each))
          .toList();
    }
  }

  private static Stream<String> faults(String name, Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      long count = files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".java") && !file.equals("package-info.java"))
          .count();
      if (count == 0) {
        return Stream.of();
      }
      Stream.Builder<String> faults = Stream.builder();
      if (count > MOST_FILES && !name.equals(ONE_PACKAGE)) {
        faults.add(name + " has " + count + " files, more than " + MOST_FILES);
      }
      Path info = folder.resolve("package-info.java");
      if (!Files.exists(info) || !BEGIN.matcher(Files.readString(info)).find()) {
        faults.add(name + " does not say \"Begin reading at\" in its package-info.java");
      }
      return faults.build();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
