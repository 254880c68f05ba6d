package lapidary.exporter.quantize;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import lapidary.runtime.Model;

/** Looks for the layers of a file that 8 bits are enough for. Used once. */
public final class QuantizationSearch {
  /** Layers that a refusal names. */
  private static final int NAMED = 3;

  private final Model base;
  private final Judge judge;
  private final double maxDrop;
  private final Consumer<String> told;
  private final Candidates candidates;
  private final Answers wanted;

  /**
   * What was found.
   *
   * @param layers those in 8 bits
   * @param inFloat those left in 32, the ones that cost most first
   * @param rule for the ranges
   * @param verdict on the file
   */
  public record Found(
      Set<String> layers, List<String> inFloat, RangeRule rule, Judge.Verdict verdict) {}

  /**
   * A search among the files that one can become.
   *
   * @param base the file in 32 bits, open
   * @param wanted its answers, to choose the rule for the ranges by, and to tell layers that cost much
   */
  public QuantizationSearch(
      Model base,
      Candidates candidates,
      Answers wanted,
      Judge judge,
      double maxDrop,
      Consumer<String> told) {
    this.base = base;
    this.judge = judge;
    this.maxDrop = maxDrop;
    this.told = told;
    this.candidates = candidates;
    this.wanted = wanted;
  }

  /**
   * Searches with all layers in 8 bits, then with more and more of those that cost most in 32, up to half of them.
   *
   * @throws DropException if no such file answers well enough
   */
  public Found search() throws IOException {
    RangeRule rule = bestRule();
    Set<String> layers = new TreeSet<>(candidates.layers());
    Judge.Verdict verdict = judged(layers, rule);
    List<String> order = verdict.drop() > maxDrop ? order(rule) : List.of();
    int left = 0;
    while (verdict.drop() > maxDrop) {
      int more = left + Math.max(1, left / 3);
      if (2 * more > order.size()) {
        throw refusal(verdict, order, left);
      }
      left = more;
      layers.removeAll(order.subList(0, left));
      verdict = judged(layers, rule);
    }
    return new Found(layers, List.copyOf(order.subList(0, left)), rule, verdict);
  }

  private List<String> order(RangeRule rule) throws IOException {
    told.accept("measuring what each of " + candidates.layers().size() + " layers costs alone");
    return Sensitivity.order(candidates, rule, wanted);
  }

  /** The rule whose answers are nearest to those in 32 bits. */
  private RangeRule bestRule() throws IOException {
    Map<RangeRule, Double> errors = new TreeMap<>();
    for (RangeRule rule : RangeRule.values()) {
      try (Model model = candidates.open(candidates.layers(), rule)) {
        errors.put(rule, wanted.error(model));
      }
    }
    RangeRule best = errors.entrySet().stream()
        .min(Comparator.comparingDouble(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .orElseThrow();
    List<String> parts = new ArrayList<>();
    errors.forEach((rule, error) -> parts.add(String.format(Locale.ROOT, "%s %.1e", rule, error)));
    told.accept(
        "ranges by " + best + ", whose answers are nearest (" + String.join(", ", parts) + ")");
    return best;
  }

  private Judge.Verdict judged(Set<String> layers, RangeRule rule) throws IOException {
    try (Model model = candidates.open(layers, rule)) {
      Judge.Verdict verdict = judge.judge(base, model);
      told.accept(
          layers.size() + " of " + candidates.layers().size() + " layers in 8 bits: " + verdict);
      return verdict;
    }
  }

  private DropException refusal(Judge.Verdict verdict, List<String> order, int left) {
    return new DropException(
        String.format(
            Locale.ROOT,
            "in 8 bits the %s: a drop of %.4f with %d of %d layers left in 32 bits (allowed %.4f); most"
                + " is lost by %s; allow a larger drop, or export in fp16; nothing was published",
            verdict,
            verdict.drop(),
            left,
            order.size(),
            maxDrop,
            String.join(", ", order.subList(0, Math.min(NAMED, order.size())))),
        verdict);
  }
}
