package lapidary.exporter.trace.operators;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The end of the page: what runtimes of several ages make of its files. */
final class OlderRuntimesSection {
  /**
   * What one runtime made of all files.
   *
   * @param verdicts by the names of the files
   */
  record Ran(String version, Map<String, OlderRuntime.Verdict> verdicts) {
    Ran {
      verdicts = Map.copyOf(verdicts);
    }
  }

  private static final String TITLE = "## What older runtimes get wrong";

  private final List<Ran> runs;

  OlderRuntimesSection(List<Ran> runs) {
    this.runs = List.copyOf(runs);
  }

  /** That of a page, which has it at its end; nothing if it has none. */
  static String of(String page) {
    int start = page.indexOf(TITLE);
    return start < 0 ? "" : page.substring(start);
  }

  /** The page with this section instead of its own. */
  String in(String page, Map<String, KeptFiles.Kept> files, Map<String, AvoidedForm> avoided) {
    String before = page.substring(0, page.length() - of(page).length());
    return before + text(files, avoided);
  }

  private String text(Map<String, KeptFiles.Kept> files, Map<String, AvoidedForm> avoided) {
    List<String> lines = new ArrayList<>(List.of(head(files.size())));
    runs.forEach(run -> lines.add(counts(run, files.keySet())));
    lines.add("");
    Map<String, Set<String>> wrong = wrong(files);
    if (wrong.isEmpty()) {
      lines.add("No function, block or network is in the last two columns.");
    } else {
      lines.addAll(List.of("| what | types or opsets | what happens |", "| --- | --- | --- |"));
      wrong.forEach((what, variants) ->
          lines.add("| " + what.replace("\t", " | " + String.join(", ", variants) + " | ") + " |"));
    }
    lines.add("");
    lines.addAll(avoided(avoided));
    return String.join("\n", lines) + "\n";
  }

  private String head(int files) {
    String versions = runs.stream().map(Ran::version).collect(Collectors.joining(", "));
    return TITLE + """


        A file goes to runtimes of any age. The %,d files of this page, of what becomes of NaN, infinities and zeros, and of ten networks of papers were run in ONNX Runtime %s, each in a process of its own, and compared with DJL.
        `mvn test -pl exporter -am -Pruntimes -Dtest=OlderRuntimesTest -Dsurefire.failIfNoSpecifiedTests=false` fetches them, runs the files again and fails where this section is out of date;
        with `-Dlapidary.write=true` it writes the section anew.

        | ONNX Runtime | answers as DJL | other answers | not run |
        | --- | --- | --- | --- |""".formatted(files, versions);
  }

  private static String counts(Ran run, Set<String> files) {
    return Stream.of(RuntimeProcess.RIGHT, RuntimeProcess.WRONG, RuntimeProcess.REFUSED)
        .map(kind -> Long.toString(files.stream()
            .filter(file -> run.verdicts().get(file).kind().equals(kind))
            .count()))
        .collect(Collectors.joining(" | ", "| " + run.version() + " | ", " |"));
  }

  /** The variants of each function in which a runtime does something else, which stands behind a tab. */
  private Map<String, Set<String>> wrong(Map<String, KeptFiles.Kept> files) {
    Map<String, Set<String>> wrong = new TreeMap<>();
    for (Ran run : runs) {
      files.forEach((file, kept) -> {
        OlderRuntime.Verdict verdict = run.verdicts().get(file);
        if (!verdict.isRight()) {
          wrong
              .computeIfAbsent(
                  "`" + kept.key() + "`\t" + run.version() + ": " + verdict.sentence(),
                  absent -> new TreeSet<>())
              .add(kept.variant());
        }
      });
    }
    return wrong;
  }

  private List<String> avoided(Map<String, AvoidedForm> forms) {
    List<String> lines = new ArrayList<>(List.of(
        "What a runtime gets wrong is written otherwise, at every opset, so that all of them agree:",
        "",
        "| ONNX operators | what happens | written instead |",
        "| --- | --- | --- |"));
    Map<String, AvoidedForm> sorted = new TreeMap<>(forms);
    sorted.forEach((file, form) ->
        lines.add("| " + form.operators() + " | " + fates(file) + " | " + form.instead() + " |"));
    return lines;
  }

  private String fates(String file) {
    Map<String, List<String>> versions = new LinkedHashMap<>();
    runs.forEach(run -> versions
        .computeIfAbsent(run.verdicts().get(file).sentence(), absent -> new ArrayList<>())
        .add(run.version()));
    return versions.entrySet().stream()
        .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
        .collect(Collectors.joining("; "));
  }
}
