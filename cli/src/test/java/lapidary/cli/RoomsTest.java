package lapidary.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import lapidary.cli.fixture.Trespasser;
import org.junit.jupiter.api.Test;

/** The walls between packages, each with the proof that it would stand in the way of a trespasser. */
final class RoomsTest {
  private static final JavaClasses HOUSE = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("lapidary");
  private static final JavaClasses TRESPASSER =
      new ClassFileImporter().importClasses(Trespasser.class);

  private static final JavaClasses EXPORTER = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("lapidary.exporter");
  private static final JavaClasses CIRCLE =
      new ClassFileImporter().importPackages("lapidary.cli.fixture.circle");

  // A slice for each package, the root package too.
  private static final ArchRule NO_CIRCLES = SlicesRuleDefinition.slices()
      .matching("lapidary.(**)")
      .should()
      .beFreeOfCycles()
      .as("the packages of a room have no circles");

  private static final ArchRule ONE_ENVIRONMENT = classes()
      .that()
      .haveNameNotMatching("lapidary\\.runtime\\.Ort(\\$.*)?")
      .should()
      .onlyDependOnClassesThat()
      .doNotHaveFullyQualifiedName("ai.onnxruntime.OrtEnvironment")
      .as("only lapidary.runtime.Ort touches the process-wide OrtEnvironment");

  private static final ArchRule ONE_EXIT = noClasses()
      .that()
      .doNotHaveFullyQualifiedName("lapidary.cli.Main")
      .should()
      .callMethod(System.class, "exit", int.class)
      .as("only Main ends the process");

  private static final ArchRule NO_UNSEEDED_RANDOM = noClasses()
      .should()
      .callConstructor(java.util.Random.class)
      .orShould()
      .callMethod(Math.class, "random")
      .as("random numbers come from a seed that was given");

  @Test
  void roomsSeeOnlyTheRoomsBelowThem() {
    wall(
            "lapidary.models..",
            "lapidary.trainer..",
            "lapidary.exporter..",
            "lapidary.runtime..",
            "lapidary.search..",
            "lapidary.cli..",
            "ai..")
        .check(HOUSE);
    wall(
            "lapidary.trainer..",
            "lapidary.exporter..",
            "lapidary.runtime..",
            "lapidary.search..",
            "lapidary.cli..",
            "ai.onnxruntime..")
        .check(HOUSE);
    wall(
            "lapidary.runtime..",
            "lapidary.trainer..",
            "lapidary.exporter..",
            "lapidary.search..",
            "lapidary.cli..",
            "ai.djl..")
        .check(HOUSE);
    wall(
            "lapidary.exporter..",
            "lapidary.trainer..",
            "lapidary.search..",
            "lapidary.cli..",
            "ai.djl.pytorch..",
            "ai.onnxruntime..")
        .check(HOUSE);
    wall("lapidary.search..", "lapidary.trainer..", "lapidary.exporter..", "lapidary.cli..", "ai..")
        .check(HOUSE);
  }

  @Test
  void theRoomsWallWouldStopATrespasser() {
    assertStops(wall("lapidary.cli.fixture..", "lapidary.trainer.."));
  }

  @Test
  void theRoomsOfTheExporterSeeOnlyThoseBelowThem() {
    NO_CIRCLES.check(EXPORTER);
    wall("lapidary.exporter.graph..", "lapidary.exporter", "lapidary.exporter.trace..")
        .check(EXPORTER);
    wall("lapidary.exporter.trace", "lapidary.exporter", "lapidary.exporter.trace.operators..")
        .check(EXPORTER);
    wall("lapidary.exporter.trace.operators..", "lapidary.exporter").check(EXPORTER);
  }

  @Test
  void aCircleOfPackagesWouldBeFound() {
    assertThatThrownBy(() -> NO_CIRCLES.check(CIRCLE))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Cycle detected")
        .hasMessageContaining("Upstairs");
  }

  @Test
  void processSingletonsBelongToOneClassEach() {
    ONE_ENVIRONMENT.check(HOUSE);
    ONE_EXIT.check(HOUSE);
    NO_UNSEEDED_RANDOM.check(HOUSE);
    assertStops(ONE_ENVIRONMENT);
    assertStops(ONE_EXIT);
    assertStops(NO_UNSEEDED_RANDOM);
  }

  @Test
  void generatedProtobufTypesStayOutOfPublicSignatures() {
    assertThat(HOUSE.stream()
            .filter(type -> type.getPackageName().equals("lapidary.exporter")
                && type.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(method -> method.getAllInvolvedRawTypes().stream())
            .map(type -> type.getPackageName()))
        .isNotEmpty()
        .noneMatch(name ->
            name.startsWith("lapidary.exporter.onnx") || name.startsWith("com.google.protobuf"));
  }

  private static ArchRule wall(String room, String... never) {
    return noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(never);
  }

  private static void assertStops(ArchRule rule) {
    assertThatThrownBy(() -> rule.check(TRESPASSER))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Trespasser");
  }
}
