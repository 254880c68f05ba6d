package lapidary.exporter.graph;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes sizes that depend on open axes as int64 vectors of one number, each formula once. A size is a sum of multiples of axes, or
 * of a dimension that a value of the graph has, as behind a stride, or a part of an axis rounded down, or a product of dimensions.
 */
final class SizeWriter {
  // Networks halve up to six times.
  private static final int LARGEST_DIVISOR = 64;

  private final OnnxGraph graph;
  private final Axes axes;
  private final Map<Axes.Axis, String> shapes = new HashMap<>();
  private final Map<Axes.Formula, String> written = new HashMap<>();
  private final Map<List<Long>, String> others = new HashMap<>();
  private final List<Known> known = new ArrayList<>();

  /** A dimension of a value, in each trace. */
  private record Known(String value, int dimension, List<Long> sizes) {
    long[] seen() {
      return sizes.stream().mapToLong(Long::longValue).toArray();
    }
  }

  /** Multiple · size + rest. */
  private record Line(long multiple, long rest) {}

  SizeWriter(OnnxGraph graph, Axes axes) {
    this.graph = graph;
    this.axes = axes;
  }

  /** Notes a dimension that later sizes may be computed from. */
  void know(String value, int dimension, long[] seen) {
    boolean open = LongStream.of(seen).distinct().count() > 1;
    if (open && known.stream().noneMatch(other -> Arrays.equals(other.seen(), seen))) {
      known.add(new Known(value, dimension, LongStream.of(seen).boxed().toList()));
    }
  }

  /** Writes a size that was seen in each trace. */
  String write(long[] seen, String use) {
    return axes.solve(seen).map(this::write).orElseGet(() -> writeOther(seen, use));
  }

  private String write(Axes.Formula formula) {
    return formula.isConstant()
        ? graph.integers(formula.constant())
        : written.computeIfAbsent(formula, this::compute);
  }

  private String writeOther(long[] seen, String use) {
    List<Long> key = LongStream.of(seen).boxed().toList();
    String before = others.get(key);
    if (before == null) {
      before = fromDimension(seen)
          .or(() -> fromPartOfAxis(seen))
          .or(() -> fromProduct(seen))
          .orElseThrow(() -> new ExportException("a size given to " + use + " depends on "
              + axes.culprits(seen) + " in a way that is neither a multiple nor a dimension of an"
              + " array nor a rounded part (" + axes.seen(seen) + "); " + axes.remedy()));
      others.put(key, before);
    }
    return before;
  }

  private Optional<String> fromDimension(long[] seen) {
    return known.stream()
        .flatMap(size -> line(size.seen(), seen).map(line -> apply(line, size(size))).stream())
        .findFirst();
  }

  /** The line through all of the points, if it has whole numbers. */
  private static Optional<Line> line(long[] from, long[] to) {
    int other = IntStream.range(0, from.length)
        .filter(t -> from[t] != from[0])
        .findFirst()
        .orElse(0);
    long run = from[other] - from[0];
    if (run == 0 || (to[other] - to[0]) % run != 0) {
      return Optional.empty();
    }
    Line line = new Line((to[other] - to[0]) / run, to[0] - (to[other] - to[0]) / run * from[0]);
    boolean through = IntStream.range(0, from.length)
        .allMatch(t -> line.multiple() * from[t] + line.rest() == to[t]);
    return through && line.multiple() != 0 ? Optional.of(line) : Optional.empty();
  }

  /** ⌊(axis + shift) / divisor⌋, times and plus something; or that beside the axis, as what is cut off or added to a multiple. */
  private Optional<String> fromPartOfAxis(long[] seen) {
    return IntStream.of(0, -1, 1)
        .boxed()
        .flatMap(times -> IntStream.range(0, axes.axes().size())
            .boxed()
            .flatMap(axis -> fromPartOf(axis, times, seen).stream()))
        .findFirst();
  }

  private Optional<String> fromPartOf(int axis, int times, long[] seen) {
    long[] sizes = axes.sizesOf(axis);
    long[] rest = IntStream.range(0, seen.length)
        .mapToLong(t -> seen[t] - times * sizes[t])
        .toArray();
    for (int divisor = 2; divisor <= LARGEST_DIVISOR; divisor++) {
      for (int shift = 0; shift < divisor; shift++) {
        Optional<Line> line = line(part(sizes, shift, divisor), rest);
        if (line.isPresent()) {
          String part = apply(line.get(), part(axes.axes().get(axis), shift, divisor));
          return Optional.of(times == 0 ? part : plus(part, times(axes.axes().get(axis), times)));
        }
      }
    }
    return Optional.empty();
  }

  private static long[] part(long[] sizes, long shift, long divisor) {
    return LongStream.of(sizes).map(size -> (size + shift) / divisor).toArray();
  }

  private String part(Axes.Axis axis, long shift, long divisor) {
    String sum = apply(new Line(1, shift), size(axis));
    return graph.apply("Div", "", DataType.INT64, sum, graph.integers(divisor));
  }

  private Optional<String> fromProduct(long[] seen) {
    for (Known left : known) {
      for (Known right : known) {
        long[] product = IntStream.range(0, seen.length)
            .mapToLong(t -> left.seen()[t] * right.seen()[t])
            .toArray();
        Optional<Line> line = line(product, seen).filter(found -> found.rest() == 0);
        if (line.isPresent()) {
          String both = graph.apply("Mul", "", DataType.INT64, size(left), size(right));
          return Optional.of(apply(line.get(), both));
        }
      }
    }
    return Optional.empty();
  }

  private String apply(Line line, String size) {
    String multiple = line.multiple() == 1
        ? size
        : graph.apply("Mul", "", DataType.INT64, size, graph.integers(line.multiple()));
    return line.rest() == 0 ? multiple : plus(multiple, graph.integers(line.rest()));
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
    return apply(new Line(coefficient, 0), size(axis));
  }

  private String size(Axes.Axis axis) {
    return shapes.computeIfAbsent(
        axis, open -> size(open.input(), open.dimension(), open.name() + "/"));
  }

  private String size(Known size) {
    return size(size.value(), size.dimension(), "");
  }

  private String size(String value, int dimension, String place) {
    SortedMap<String, Attribute> range = new TreeMap<>();
    range.put("start", new Attribute.Whole(dimension));
    range.put("end", new Attribute.Whole(dimension + 1L));
    return graph.apply("Shape", place, DataType.INT64, range, List.of(value));
  }
}
