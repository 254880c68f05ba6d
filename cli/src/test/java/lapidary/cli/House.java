package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The compiled modules, for rules about them, and the trespasser that has to break each rule. */
final class House {
  /** Every class that is shipped. */
  static final JavaClasses MAIN = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("lapidary");

  /** Every class of every module's tests, but for those that break rules on purpose. */
  static final JavaClasses TESTS = new ClassFileImporter()
      .withImportOption(location -> !location.contains("/lapidary/cli/fixture/"))
      .importPaths(testClasses());

  /** Breaks every rule. */
  static final JavaClasses TRESPASSERS =
      new ClassFileImporter().importPackages("lapidary.cli.fixture");

  private House() {}

  /** The modules of the build, each a folder. */
  static List<Path> folders() {
    return Stream.concat(modules().stream(), Stream.of(root().resolve("benchmarks")))
        .toList();
  }

  /** Those that are compiled before this one. */
  private static List<Path> modules() {
    return Stream.of("models", "trainer", "runtime", "exporter", "embeddings-search", "cli")
        .map(root()::resolve)
        .toList();
  }

  private static Path root() {
    return Path.of("").toAbsolutePath().getParent();
  }

  private static List<Path> testClasses() {
    List<Path> folders =
        modules().stream().map(module -> module.resolve("target/test-classes")).toList();
    assertThat(folders).as("compile the tests of all modules first").allMatch(Files::isDirectory);
    return folders;
  }

  /** The negative control of a rule. */
  static void assertStops(ArchRule rule) {
    assertThatThrownBy(() -> rule.check(TRESPASSERS))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("lapidary.cli.fixture");
  }
}
