package lapidary.exporter.trace.operators;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of NaN, infinities and zeros with a sign, as DJL has them. */
final class EdgeCasesTest {
  @TempDir
  private Path folder;

  @TestFactory
  Stream<DynamicTest> answersAreThoseOfDjl() {
    return EdgeCases.all().entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
          try (NDManager manager = NDManager.newBaseManager()) {
            CaseRun run = new CaseRun(manager, folder, file -> {});
            assertThat(run.alone(each.getKey(), each.getValue()))
                .isInstanceOf(Outcome.Covered.class);
          }
        }));
  }
}
