package lapidary.exporter.trace.operators;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs a case of every function of arrays and of every block against DJL, and holds docs/operators.md against what came out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OperatorsPageTest {
  static final Path PAGE = Path.of("..", "docs", "operators.md");

  private final NDManager manager = NDManager.newBaseManager();
  private @Nullable PageRun run;

  @BeforeAll
  void run(@TempDir Path folder) {
    run = PageRun.of(manager, folder, file -> {});
  }

  private PageRun page() {
    return Objects.requireNonNull(run);
  }

  @AfterAll
  void close() {
    manager.close();
  }

  @Test
  void everyCaseAgreesWithDjlOrIsRefused() {
    assertThat(page().failures()).isEmpty();
  }

  @Test
  void everyFunctionIsRun() {
    assertThat(page().functions().keySet()).isEqualTo(ArrayFunctions.all().keySet());
  }

  @Test
  void everyBlockIsRun() throws IOException {
    assertThat(page().blocks().keySet()).isEqualTo(BlockClasses.all());
  }

  @Test
  void everyRowOfTheTableIsCovered() {
    Set<String> covered = page().functions().entrySet().stream()
        .filter(entry -> entry.getValue() instanceof Outcome.Covered)
        .map(entry -> entry.getKey().substring(entry.getKey().indexOf('.') + 1))
        .collect(Collectors.toSet());
    assertThat(covered).containsAll(new OperatorTable().keys());
  }

  @Test
  void nearlyAllFunctionsOfTheEngineAreCovered() {
    long covered = page().functions().values().stream()
        .filter(Outcome.Covered.class::isInstance)
        .count();
    long refused = page().functions().values().stream()
        .filter(Outcome.Refused.class::isInstance)
        .count();
    assertThat((double) covered / (covered + refused)).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void pageSaysWhatWasRun() throws IOException {
    String committed = Files.exists(PAGE) ? Files.readString(PAGE) : "";
    boolean write = Boolean.getBoolean("lapidary.write");
    OperatorsPage before = write ? OperatorsPage.anew(committed) : OperatorsPage.after(committed);
    String page = before.text(page().functions(), page().blocks());
    if (write) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/operators.md is out of date: its head says how to write it anew")
        .isEqualTo(page);
  }
}
