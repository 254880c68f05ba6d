package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A run of every case of the page. */
final class PageRun {
  private final Map<String, Outcome> functions = new TreeMap<>();
  private final Map<String, Outcome> blocks = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  private PageRun() {}

  /** Runs all cases; every file that agrees is shown before the next one takes its place. */
  static PageRun of(NDManager manager, Path folder, Consumer<Exported> files) {
    manager.getEngine().setRandomSeed(5);
    PageRun page = new PageRun();
    CaseRun run = new CaseRun(manager, folder, files);
    BlockCases.all(manager)
        .forEach((key, example) -> page.put(page.blocks, key, () -> run.of(key, example)));
    CaseList.all()
        .forEach((key, example) -> page.put(page.functions, key, () -> run.of(key, example)));
    return page;
  }

  private void put(Map<String, Outcome> outcomes, String key, Supplier<Outcome> run) {
    outcome(key, run).ifPresent(outcome -> outcomes.put(key, outcome));
  }

  private Optional<Outcome> outcome(String key, Supplier<Outcome> run) {
    try {
      return Optional.of(run.get());
    } catch (RuntimeException e) {
      failures.add(key + ": " + e);
      return Optional.empty();
    }
  }

  Map<String, Outcome> functions() {
    return Collections.unmodifiableMap(functions);
  }

  Map<String, Outcome> blocks() {
    return Collections.unmodifiableMap(blocks);
  }

  /** Cases that neither agree nor are refused. */
  List<String> failures() {
    return List.copyOf(failures);
  }
}
