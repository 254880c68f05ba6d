package lapidary.exporter.quantize;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import lapidary.runtime.Model;

/** What each layer alone costs in 8 bits. Stateless. */
public final class Sensitivity {
  private Sensitivity() {}

  /** The layers, those first whose answers in 8 bits take the file's farthest from those in 32. */
  public static List<String> order(Candidates candidates, RangeRule rule, Answers wanted)
      throws IOException {
    Map<String, Double> errors = new TreeMap<>();
    for (String layer : candidates.layers()) {
      try (Model model = candidates.open(Set.of(layer), rule)) {
        errors.put(layer, wanted.error(model));
      }
    }
    List<String> order = new ArrayList<>(errors.keySet());
    order.sort(Comparator.comparing(layer -> -errors.getOrDefault(layer, 0.0)));
    return order;
  }
}
