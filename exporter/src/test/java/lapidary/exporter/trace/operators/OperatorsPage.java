package lapidary.exporter.trace.operators;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page of what is covered. Bounds of differences that the page had stay while they hold, so that it is alike on all processors. */
final class OperatorsPage {
  /** Operators that move, compare or round: every processor gives the same. */
  private static final Set<String> EXACT = Set.of(
      "Abs",
      "And",
      "ArgMax",
      "ArgMin",
      "Cast",
      "Ceil",
      "Concat",
      "Equal",
      "Expand",
      "Flatten",
      "Floor",
      "Gather",
      "GatherElements",
      "GatherND",
      "Greater",
      "GreaterOrEqual",
      "Identity",
      "IsInf",
      "IsNaN",
      "Less",
      "LessOrEqual",
      "Max",
      "Min",
      "Neg",
      "Not",
      "OneHot",
      "Or",
      "Pad",
      "Reshape",
      "Round",
      "ScatterElements",
      "Sign",
      "Slice",
      "Split",
      "Squeeze",
      "Tile",
      "TopK",
      "Transpose",
      "Unsqueeze",
      "Where",
      "Xor");

  private static final int ROOM = 4;
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| .* \\| (≤ 1e-\\d+|0) \\|");

  private final Map<String, String> bounds = new HashMap<>();

  private final String older;

  private OperatorsPage(String older) {
    this.older = older;
  }

  /** Takes over the bounds of a page, and what it says of older runtimes. */
  static OperatorsPage after(String before) {
    OperatorsPage page = anew(before);
    before.lines().forEach(line -> {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        page.bounds.put(row.group(1), row.group(2));
      }
    });
    return page;
  }

  /** Takes over what a page says of older runtimes alone. */
  static OperatorsPage anew(String before) {
    return new OperatorsPage(OlderRuntimesSection.of(before));
  }

  String text(Map<String, Outcome> functions, Map<String, Outcome> blocks) {
    List<String> lines = new ArrayList<>(List.of(head(functions)));
    section(lines, "Functions", "function", functions);
    section(lines, "Blocks of `ai.djl.nn`", "block", blocks);
    lines.add(older);
    return String.join("\n", lines);
  }

  private static String head(Map<String, Outcome> functions) {
    long covered = count(functions, Outcome.Covered.class);
    long refused = count(functions, Outcome.Refused.class);
    return """
        # What the exporter covers

        Generated: every function and block below was run in DJL's PyTorch engine, exported with an open batch at opsets 17 and 21 (reductions at 18 as well),
        and run in ONNX Runtime on batches of 1, 3, 8 and 37 rows. `mvn test -pl exporter -am -Dtest=OperatorsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dlapidary.write=true`
        writes this page anew; without the last option the test fails where the page is out of date. A function is a method of `NDArray`, `NDArrayEx` or `NDArrays` that answers with arrays, or writes into one;
        gradients, devices and bytes are none. *Types* are those that a function was run with beside single precision (f64, f16, i64, i32, bool), three rows at opset 21: one that is missing the engine
        itself does not run, or the export is refused. *Difference* is the worst one found, relative to the largest number of the output, as a bound that holds on all processors.

        [What older runtimes get wrong](#what-older-runtimes-get-wrong) is at the end.

        **%d of the %d functions that the engine implements are covered (%s %%)**; each of the other %d is refused with a sentence.
        """.formatted(covered, covered + refused, percent(covered, covered + refused), refused);
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f", 100.0 * part / whole);
  }

  private static long count(Map<String, Outcome> outcomes, Class<? extends Outcome> kind) {
    return outcomes.values().stream().filter(kind::isInstance).count();
  }

  private void section(
      List<String> lines, String title, String what, Map<String, Outcome> outcomes) {
    lines.add("## " + title);
    lines.add("");
    lines.add("### Covered");
    lines.add("");
    lines.add("| " + what + " | ONNX operators | types | difference |");
    lines.add("| --- | --- | --- | --- |");
    each(outcomes, Outcome.Covered.class)
        .forEach((key, covered) ->
            lines.add("| `" + key + "` | " + String.join(", ", covered.operators()) + fixed(covered)
                + " | " + types(covered) + " | " + bound(key, covered) + " |"));
    lines.add("");
    lines.add("### Refused");
    lines.add("");
    Map<String, Outcome.Refused> refusals = each(outcomes, Outcome.Refused.class);
    if (refusals.isEmpty()) {
      lines.add("None.");
    } else {
      lines.add("| " + what + " | the sentence |");
      lines.add("| --- | --- |");
    }
    refusals.forEach((key, refused) ->
        lines.add("| `" + key + "` | " + withoutPlace(refused.sentence()) + " |"));
    lines.add("");
    lines.add("### Not implemented by the engine");
    lines.add("");
    lines.add(each(outcomes, Outcome.NotInEngine.class).keySet().stream()
        .collect(Collectors.joining("`, `", "`", "`.")));
    lines.add("");
  }

  private static String types(Outcome.Covered covered) {
    return covered.types().stream().map(CaseType::toString).collect(Collectors.joining(" "));
  }

  private static String fixed(Outcome.Covered covered) {
    return covered.batch().isPresent()
        ? " (at a fixed batch of " + covered.batch().getAsLong()
            + ": it does not run at every one in DJL)"
        : "";
  }

  private static <T extends Outcome> Map<String, T> each(
      Map<String, Outcome> outcomes, Class<T> kind) {
    Map<String, T> found = new TreeMap<>();
    outcomes.forEach((key, outcome) -> {
      if (kind.isInstance(outcome)) {
        found.put(key, kind.cast(outcome));
      }
    });
    return Collections.unmodifiableMap(found);
  }

  /** Lines of tests are of no use to a reader. */
  private static String withoutPlace(String sentence) {
    return sentence.replaceAll(" in (\\S+|the block itself) \\([^)]*\\)", "").replace("|", "\\|");
  }

  private String bound(String key, Outcome.Covered covered) {
    String known = bounds.getOrDefault(key, "");
    return !known.isEmpty() && covered.worst() <= number(known) ? known : fresh(covered);
  }

  private static double number(String bound) {
    return bound.equals("0") ? 0 : Double.parseDouble(bound.substring(2));
  }

  private static String fresh(Outcome.Covered covered) {
    if (covered.worst() == 0 && EXACT.containsAll(covered.operators())) {
      return "0";
    }
    return covered.worst() * ROOM <= 1e-6 ? "≤ 1e-6" : "≤ 1e-5";
  }
}
