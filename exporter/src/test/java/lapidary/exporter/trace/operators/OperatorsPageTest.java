package lapidary.exporter.trace.operators;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs a case of every function of arrays and of every block against DJL, and holds docs/operators.md against what came out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OperatorsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "operators.md");

  private final NDManager manager = NDManager.newBaseManager();
  private final Map<String, Outcome> functions = new TreeMap<>();
  private final Map<String, Outcome> blocks = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  @BeforeAll
  void run(@TempDir Path folder) {
    manager.getEngine().setRandomSeed(5);
    CaseRun run = new CaseRun(manager, folder);
    BlockCases.all(manager)
        .forEach((key, example) -> of(
                key, () -> run.of(example.block(), example.inputs(), example.batch(), ""))
            .ifPresent(outcome -> blocks.put(key, outcome)));
    CaseList.all()
        .forEach((key, example) ->
            of(key, () -> run.of(example)).ifPresent(outcome -> functions.put(key, outcome)));
  }

  private Optional<Outcome> of(String key, Supplier<Outcome> run) {
    try {
      return Optional.of(run.get());
    } catch (RuntimeException e) {
      failures.add(key + ": " + e);
      return Optional.empty();
    }
  }

  @AfterAll
  void close() {
    manager.close();
  }

  @Test
  void everyCaseAgreesWithDjlOrIsRefused() {
    assertThat(failures).isEmpty();
  }

  @Test
  void everyFunctionIsRun() {
    assertThat(functions.keySet()).isEqualTo(ArrayFunctions.all().keySet());
  }

  @Test
  void everyBlockIsRun() throws IOException {
    assertThat(blocks.keySet()).isEqualTo(BlockClasses.all());
  }

  @Test
  void everyRowOfTheTableIsCovered() {
    Set<String> covered = functions.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof Outcome.Covered)
        .map(entry -> entry.getKey().substring(entry.getKey().indexOf('.') + 1))
        .collect(Collectors.toSet());
    assertThat(covered).containsAll(new OperatorTable().keys());
  }

  @Test
  void nearlyAllFunctionsOfTheEngineAreCovered() {
    long covered =
        functions.values().stream().filter(Outcome.Covered.class::isInstance).count();
    long refused =
        functions.values().stream().filter(Outcome.Refused.class::isInstance).count();
    assertThat((double) covered / (covered + refused)).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void pageSaysWhatWasRun() throws IOException {
    String committed = Files.exists(PAGE) ? Files.readString(PAGE) : "";
    boolean write = Boolean.getBoolean("lapidary.write");
    String page = new OperatorsPage(write ? "" : committed).text(functions, blocks);
    if (write) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/operators.md is out of date: its head says how to write it anew")
        .isEqualTo(page);
  }
}
