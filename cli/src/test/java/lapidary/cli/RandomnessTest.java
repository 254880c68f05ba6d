package lapidary.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static lapidary.cli.House.assertStops;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import lapidary.trainer.engine.Engines;
import org.junit.jupiter.api.Test;

/** Random numbers come from a seed that was given: in what is shipped, and in tests, which would fail by chance. */
final class RandomnessTest {
  private static final ArchRule NO_UNSEEDED_GENERATOR = noClasses()
      .should()
      .callConstructor(Random.class)
      .orShould()
      .callConstructor(SplittableRandom.class)
      .orShould()
      .callConstructor(SecureRandom.class)
      .orShould()
      .callMethod(ThreadLocalRandom.class, "current")
      .orShould()
      .callMethod(Math.class, "random")
      .orShould()
      .callMethod(StrictMath.class, "random")
      .orShould()
      .callMethod(UUID.class, "randomUUID")
      .orShould()
      .callMethod(Collections.class, "shuffle", List.class)
      .orShould()
      .callMethod(RandomGenerator.class, "getDefault")
      .orShould()
      .callMethod(RandomGenerator.class, "of", String.class)
      .orShould()
      .callMethod(RandomGeneratorFactory.class, "create")
      .as("random numbers come from a seed that was given");

  /** DJL's arrays are drawn from a state of the whole process, which is anybody's unless the class sets it. */
  private static final ArchRule NO_DRAW_OF_AN_ENGINE_NOT_SEEDED = ArchRuleDefinition.noClasses()
      .that(doNotSeedTheEngine())
      .and()
      // Its network draws so that the export is refused.
      .doNotHaveFullyQualifiedName("lapidary.exporter.RefusalTest")
      .should()
      .callMethodWhere(drawsFromTheEngine())
      .as("who draws from DJL's engine sets its seed");

  @Test
  void nothingShippedDrawsWithoutASeed() {
    NO_UNSEEDED_GENERATOR.check(House.MAIN);
    NO_DRAW_OF_AN_ENGINE_NOT_SEEDED.check(House.MAIN);
  }

  @Test
  void noTestDrawsWithoutASeed() {
    NO_UNSEEDED_GENERATOR.check(House.TESTS);
    NO_DRAW_OF_AN_ENGINE_NOT_SEEDED.check(House.TESTS);
  }

  @Test
  void whoDrawsWithoutASeedIsStopped() {
    assertStops(NO_UNSEEDED_GENERATOR);
    assertStops(NO_DRAW_OF_AN_ENGINE_NOT_SEEDED);
  }

  private static DescribedPredicate<JavaCall<?>> drawsFromTheEngine() {
    return DescribedPredicate.describe(
        "a random array of DJL",
        call -> call.getTargetOwner().getPackageName().startsWith("ai.djl.ndarray")
            && call.getName().matches("random.*|sample.*|truncatedNormal"));
  }

  private static DescribedPredicate<JavaClass> doNotSeedTheEngine() {
    return DescribedPredicate.describe(
        "do not seed the engine",
        type -> type.getMethodCallsFromSelf().stream()
            .noneMatch(call -> call.getName().equals("setRandomSeed")
                || (call.getTargetOwner().isEquivalentTo(Engines.class)
                    && call.getName().equals("seed"))));
  }
}
