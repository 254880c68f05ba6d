package lapidary.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static lapidary.cli.House.assertStops;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import lapidary.runtime.ModelFile;
import org.junit.jupiter.api.Test;

/** The walls between packages, each with the proof that it would stand in the way of a trespasser. */
final class RoomsTest {
  private static final ArchRule ONE_ENVIRONMENT = classes()
      .that()
      .haveNameNotMatching("lapidary\\.runtime\\.device\\.Ort(\\$.*)?")
      .should()
      .onlyDependOnClassesThat()
      .doNotHaveFullyQualifiedName("ai.onnxruntime.OrtEnvironment")
      .as("only lapidary.runtime.device.Ort touches the process-wide OrtEnvironment");

  private static final ArchRule ONE_EXIT = noClasses()
      .that()
      .doNotHaveFullyQualifiedName("lapidary.cli.Main")
      .should()
      .callMethod(System.class, "exit", int.class)
      .as("only Main ends the process");

  /** Files are opened by ModelFiles, which checks their weights, and not by the front doors themselves. */
  private static final ArchRule ONE_OPENING = noClasses()
      .that()
      .resideInAPackage("lapidary.cli..")
      .and()
      .doNotHaveFullyQualifiedName("lapidary.cli.option.ModelFiles")
      .should()
      .callMethodWhere(
          target(owner(resideInAnyPackage("lapidary.runtime", "lapidary.search.movies")))
              .and(target(nameMatching("open|read")))
              .and(target(owner(not(assignableTo(ModelFile.class))))))
      .as("only ModelFiles opens models for commands");

  private static final ArchRule ONE_ENGINE = noClasses()
      .that()
      .resideOutsideOfPackage("lapidary.trainer.engine")
      .and()
      .doNotHaveFullyQualifiedName("lapidary.exporter.BlockEngine")
      .should()
      .dependOnClassesThat()
      .haveFullyQualifiedName("ai.djl.engine.Engine")
      .as(
          "only lapidary.trainer.engine touches DJL's process-wide Engine, but for the name of a block's");

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
        .check(House.MAIN);
    wall(
            "lapidary.trainer..",
            "lapidary.exporter..",
            "lapidary.runtime..",
            "lapidary.search..",
            "lapidary.cli..",
            "ai.onnxruntime..")
        .check(House.MAIN);
    wall(
            "lapidary.runtime..",
            "lapidary.trainer..",
            "lapidary.exporter..",
            "lapidary.search..",
            "lapidary.cli..",
            "ai.djl..")
        .check(House.MAIN);
    wall(
            "lapidary.exporter..",
            "lapidary.trainer..",
            "lapidary.search..",
            "lapidary.cli..",
            "ai.djl.pytorch..",
            "ai.onnxruntime..")
        .check(House.MAIN);
    wall("lapidary.search..", "lapidary.trainer..", "lapidary.exporter..", "lapidary.cli..", "ai..")
        .check(House.MAIN);
    // What the protocol is does not depend on what carries it.
    wall(
            "lapidary.search.inference..",
            "lapidary.search.http..",
            "lapidary.search.grpc..",
            "io.javalin..",
            "io.grpc..",
            "com.google.protobuf..")
        .check(House.MAIN);
  }

  @Test
  void theRoomsWallWouldStopATrespasser() {
    assertStops(wall("lapidary.cli.fixture..", "lapidary.trainer.."));
  }

  @Test
  void processSingletonsBelongToOneClassEach() {
    ONE_ENVIRONMENT.check(House.MAIN);
    ONE_EXIT.check(House.MAIN);
    ONE_ENGINE.check(House.MAIN);
    ONE_OPENING.check(House.MAIN);
    assertStops(ONE_ENVIRONMENT);
    assertStops(ONE_EXIT);
    assertStops(ONE_ENGINE);
    assertStops(ONE_OPENING);
  }

  @Test
  void generatedProtobufTypesStayOutOfPublicSignatures() {
    assertThat(House.MAIN.stream()
            .filter(type ->
                Set.of("lapidary.exporter", "lapidary.search.grpc").contains(type.getPackageName())
                    && type.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(method -> method.getAllInvolvedRawTypes().stream())
            .map(type -> type.getPackageName()))
        .isNotEmpty()
        .noneMatch(name -> name.startsWith("lapidary.exporter.onnx")
            || name.startsWith("lapidary.search.grpc.protocol")
            || name.startsWith("io.grpc")
            || name.startsWith("com.google.protobuf"));
  }

  private static ArchRule wall(String room, String... never) {
    return noClasses()
        .that()
        .resideInAPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(never);
  }
}
