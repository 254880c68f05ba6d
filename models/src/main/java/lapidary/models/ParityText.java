package lapidary.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** Says a {@link Parity} in words, for cards and terminals. Stateless. */
public final class ParityText {
  private ParityText() {}

  /** The worst of all in one line. */
  public static String summary(Parity parity) {
    return String.format(
        Locale.ROOT,
        "worst relative difference %.1e (allowed %.1e) on %s rows, batches %s",
        parity.worstRelative(),
        parity.tolerance(),
        parity.rows(),
        parity.batches());
  }

  /** One output in one line, without its name. */
  public static String of(Parity.Difference difference) {
    StringBuilder text = new StringBuilder(String.format(
        Locale.ROOT, "absolute %.1e, relative %.1e", difference.absolute(), difference.relative()));
    difference.ulps().ifPresent(ulps -> text.append("; ulps ").append(ulps));
    difference.top1().ifPresent(top1 -> text.append("; ").append(of(top1)));
    return text.append(difference.sameTop1() ? "" : ", another top answer").toString();
  }

  private static String of(Parity.Top1 top1) {
    String text =
        String.format(Locale.ROOT, "same top answer in %d of %d rows", top1.same(), top1.rows());
    return top1.close() == 0
        ? text
        : text + String.format(Locale.ROOT, ", as good a one in %d", top1.close());
  }

  /** What was compared by what, in lines: engines, then the sizes of inputs with the batches that had them. */
  public static List<String> of(Parity.Setting setting) {
    List<String> lines = new ArrayList<>();
    lines.add(setting.runtime() + " against " + setting.engine());
    Map<SortedMap<String, List<Long>>, List<Integer>> batches = new LinkedHashMap<>();
    setting
        .sizes()
        .forEach(sizes -> batches
            .computeIfAbsent(sizes.inputs(), unused -> new ArrayList<>())
            .add(sizes.batch()));
    batches.forEach((inputs, counts) -> {
      if (!inputs.isEmpty()) {
        lines.add(of(inputs) + " in batches " + counts);
      }
    });
    return lines;
  }

  private static String of(SortedMap<String, List<Long>> inputs) {
    return String.join(
        ", ",
        inputs.entrySet().stream()
            .map(input -> input.getKey() + " " + input.getValue())
            .toList());
  }
}
