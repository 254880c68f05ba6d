package lapidary.exporter.graph;

import ai.djl.ndarray.types.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes sizes that depend on open axes as int64 vectors of one number, each formula once. */
final class SizeWriter {
  private final OnnxGraph graph;
  private final Axes axes;
  private final Map<Axes.Axis, String> shapes = new HashMap<>();
  private final Map<Axes.Formula, String> written = new HashMap<>();

  SizeWriter(OnnxGraph graph, Axes axes) {
    this.graph = graph;
    this.axes = axes;
  }

  /** Writes a size that was seen in each trace. */
  String write(long[] seen, String use) {
    Axes.Formula formula = axes.solve(seen)
        .orElseThrow(() -> new ExportException("a size given to " + use + " depends on "
            + axes.culprits(seen) + " in a way that is not a whole multiple (" + axes.seen(seen)
            + "); " + axes.remedy()));
    return formula.isConstant()
        ? graph.integers(formula.constant())
        : written.computeIfAbsent(formula, this::compute);
  }

  private String compute(Axes.Formula formula) {
    String sum = null;
    for (int i = 0; i < axes.axes().size(); i++) {
      long coefficient = formula.coefficients().get(i);
      if (coefficient != 0) {
        sum = plus(sum, times(axes.axes().get(i), coefficient));
      }
    }
    if (sum == null || formula.constant() != 0) {
      sum = plus(sum, graph.integers(formula.constant()));
    }
    return sum;
  }

  private String plus(@Nullable String left, String right) {
    return left == null ? right : graph.apply("Add", "", DataType.INT64, left, right);
  }

  private String times(Axes.Axis axis, long coefficient) {
    String size = shapes.computeIfAbsent(axis, this::size);
    return coefficient == 1
        ? size
        : graph.apply("Mul", "", DataType.INT64, size, graph.integers(coefficient));
  }

  private String size(Axes.Axis axis) {
    SortedMap<String, Attribute> range = new TreeMap<>();
    range.put("start", new Attribute.Whole(axis.dimension()));
    range.put("end", new Attribute.Whole(axis.dimension() + 1L));
    return graph.apply("Shape", axis.name() + "/", DataType.INT64, range, List.of(axis.input()));
  }
}
