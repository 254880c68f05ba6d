package lapidary.exporter.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The dimensions that a graph leaves open. A network is traced once with every axis at its base size, then once for each axis
 * with that axis alone at another size; what differs between the traces depends on the axis. Further traces tell apart what is
 * alike in these sizes, such as a half rounded down and one rounded up. Immutable.
 *
 * @param axes in the order of their traces
 * @param further the sizes of all axes in each trace behind those
 */
public record Axes(List<Axis> axes, List<List<Long>> further) {
  /** The name of the first dimension of every input. */
  public static final String BATCH = "batch";

  /**
   * One open dimension.
   *
   * @param name such as {@code batch}
   * @param input the graph's input that has it
   * @param dimension which of the input's dimensions it is
   * @param base its size in the traces of other axes
   * @param varied its size in its own trace
   */
  public record Axis(String name, String input, int dimension, long base, long varied) {
    /** How a sentence calls it: {@code the batch size}, {@code the length}. */
    @Override
    public String toString() {
      return "the " + name + (name.equals(BATCH) ? " size" : "");
    }
  }

  /**
   * A size that depends on axes: Σ coefficient · axis + constant.
   *
   * @param coefficients one for each axis
   * @param constant the rest
   */
  public record Formula(List<Long> coefficients, long constant) {
    public Formula {
      coefficients = List.copyOf(coefficients);
    }

    long at(List<Long> sizes) {
      return constant
          + IntStream.range(0, sizes.size())
              .mapToLong(i -> coefficients.get(i) * sizes.get(i))
              .sum();
    }

    boolean isConstant() {
      return coefficients.stream().allMatch(c -> c == 0);
    }
  }

  public Axes {
    axes = List.copyOf(axes);
    further = List.copyOf(further);
  }

  /** The same with one more trace behind the others, in which the axes have these sizes. */
  public Axes withFurther(List<Long> sizes) {
    List<List<Long>> more = new ArrayList<>(further);
    more.add(List.copyOf(sizes));
    return new Axes(axes, more);
  }

  /** How a sentence calls what is other in a trace than in the first. */
  public String of(int trace) {
    return trace <= axes.size() ? axes.get(trace - 1).toString() : "odd sizes of open axes";
  }

  /** The sizes of an axis in each trace. */
  long[] sizesOf(int axis) {
    int first = axes.size() + 1;
    long[] sizes = new long[first + further.size()];
    Arrays.fill(sizes, axes.get(axis).base());
    sizes[axis + 1] = axes.get(axis).varied();
    for (int t = 0; t < further.size(); t++) {
      sizes[first + t] = further.get(t).get(axis);
    }
    return sizes;
  }

  /** The name of the axis that has this size in every trace, if it is one. */
  public Optional<String> named(long[] sizes) {
    Optional<Formula> formula = solve(sizes);
    if (formula.isEmpty() || formula.get().constant() != 0) {
      return Optional.empty();
    }
    List<Long> coefficients = formula.get().coefficients();
    boolean single = coefficients.stream().mapToLong(Math::abs).sum() == 1;
    int axis = coefficients.indexOf(1L);
    return single && axis >= 0 ? Optional.of(axes.get(axis).name()) : Optional.empty();
  }

  /** The formula of a size seen in each trace; empty if there is not one with whole coefficients. */
  Optional<Formula> solve(long[] sizes) {
    List<Long> coefficients = new ArrayList<>();
    long constant = sizes[0];
    for (int i = 0; i < axes.size(); i++) {
      Axis axis = axes.get(i);
      long rise = sizes[i + 1] - sizes[0];
      long run = axis.varied() - axis.base();
      if (rise % run != 0) {
        return Optional.empty();
      }
      coefficients.add(rise / run);
      constant -= rise / run * axis.base();
    }
    Formula formula = new Formula(coefficients, constant);
    boolean holds = IntStream.range(0, further.size())
        .allMatch(t -> formula.at(further.get(t)) == sizes[axes.size() + 1 + t]);
    return holds ? Optional.of(formula) : Optional.empty();
  }

  /**
   * The size that is expected in other sizes of the axes; empty if the traces do not say.
   *
   * @param seen in each trace
   * @param sizes of the axes, in their order
   */
  public OptionalLong predict(long[] seen, List<Long> sizes) {
    return solve(seen)
        .map(formula -> OptionalLong.of(formula.at(sizes)))
        .orElseGet(OptionalLong::empty);
  }

  /** The axes that a size depends on, such as {@code the batch size}. */
  public String culprits(long[] sizes) {
    String culprits = axes.stream()
        .filter(axis -> sizes[1 + axes.indexOf(axis)] != sizes[0])
        .map(Axis::toString)
        .collect(Collectors.joining(" and "));
    return culprits.isEmpty() ? "an open size" : culprits;
  }

  /** What to do about a size that a graph cannot follow, as the end of a sentence. */
  public String remedy() {
    return axes.stream().allMatch(axis -> axis.name().equals(BATCH))
        ? "export with a fixed batch"
        : "leave fewer dimensions open";
  }

  /** A size in each trace, for an error: {@code 12 at batch 2, 18 at batch 3}. */
  public String seen(long[] sizes) {
    if (axes.isEmpty()) {
      return Arrays.toString(sizes);
    }
    Axis first = axes.get(0);
    StringBuilder text = new StringBuilder(sizes[0] + " at " + first.name() + " " + first.base());
    for (int i = 0; i < axes.size(); i++) {
      text.append(", ").append(sizes[i + 1]).append(" at ").append(axes.get(i).name());
      text.append(' ').append(axes.get(i).varied());
    }
    boolean alike = Arrays.stream(sizes).limit(1L + axes.size()).distinct().count() == 1;
    for (int t = 0; alike && t < further.size(); t++) {
      text.append(", ").append(sizes[axes.size() + 1 + t]).append(" at ").append(further.get(t));
    }
    return text.toString();
  }
}
