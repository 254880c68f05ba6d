package lapidary.models;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far ONNX Runtime's answers are from the trainer's on the same rows. {@link ParityText} says it in words. Immutable.
 *
 * @param tolerance the largest relative difference that was allowed
 * @param rows where the rows came from: {@code validation} (real ones) or {@code random}
 * @param batches the batch sizes compared
 * @param outputs one entry for each output
 * @param setting what was compared, and by what; empty in files that did not say it yet
 */
public record Parity(
    double tolerance,
    String rows,
    List<Integer> batches,
    List<Difference> outputs,
    Optional<Setting> setting) {
  /** Copies the lists. */
  public Parity {
    batches = List.copyOf(batches);
    outputs = List.copyOf(outputs);
  }

  /** One that does not say what was compared by what. */
  public Parity(double tolerance, String rows, List<Integer> batches, List<Difference> outputs) {
    this(tolerance, rows, batches, outputs, Optional.empty());
  }

  /**
   * The worst difference of one output.
   *
   * @param output its name
   * @param absolute max |a − b|
   * @param relative max |a − b| over max |b|: relative to the output's own scale
   * @param sameTop1 whether every row has its largest value in the same place, or in one that is as good within the tolerance; true
   *     for outputs that are not scores
   * @param ulps all differences of an output of floats, in steps of its own type; empty for others
   * @param top1 how many rows have their largest value in the same place; empty for outputs that are not scores
   */
  public record Difference(
      String output,
      double absolute,
      double relative,
      boolean sameTop1,
      Optional<Ulps> ulps,
      Optional<Top1> top1) {
    /** The worst alone. */
    public Difference(String output, double absolute, double relative, boolean sameTop1) {
      this(output, absolute, relative, sameTop1, Optional.empty(), Optional.empty());
    }

    /** This and what other rows gave: the worse of both, and the counts of both. */
    public Difference and(Difference other) {
      return new Difference(
          output,
          Math.max(absolute, other.absolute),
          Math.max(relative, other.relative),
          sameTop1 && other.sameTop1,
          ulps.map(counted -> other.ulps.map(counted::and).orElse(counted)).or(() -> other.ulps),
          top1.map(counted -> other.top1.map(counted::and).orElse(counted)).or(() -> other.top1));
    }
  }

  /**
   * Rows by where their largest value is.
   *
   * @param rows all of them
   * @param same those that have it in the place where the trainer's have it
   * @param close those that have it in another place whose value is as large within the tolerance
   */
  public record Top1(long rows, long same, long close) {
    /** The share of rows that have their largest value in the same place, 0 to 1; 1 of no rows. */
    public double share() {
      return rows == 0 ? 1 : (double) same / rows;
    }

    Top1 and(Top1 other) {
      return new Top1(rows + other.rows, same + other.same, close + other.close);
    }
  }

  /**
   * What was compared, and by what.
   *
   * @param engine what the trainer's answers were computed by, such as {@code PyTorch 2.7.1}
   * @param runtime what the file's were, such as {@code ONNX Runtime 1.29.0}
   * @param sizes of the rows, a batch each
   */
  public record Setting(String engine, String runtime, List<Sizes> sizes) {
    /** Copies the list. */
    public Setting {
      sizes = List.copyOf(sizes);
    }
  }

  /**
   * The sizes of one batch.
   *
   * @param batch how many rows
   * @param inputs by name the dimensions after the batch of each image and tensor; ids and cells of columns have none
   */
  public record Sizes(int batch, SortedMap<String, List<Long>> inputs) {
    /** Copies the map. */
    public Sizes {
      SortedMap<String, List<Long>> copy = new TreeMap<>();
      inputs.forEach((name, sizes) -> copy.put(name, List.copyOf(sizes)));
      inputs = Collections.unmodifiableSortedMap(copy);
    }
  }

  /** The same with another tolerance. */
  public Parity withTolerance(double allowed) {
    return new Parity(allowed, rows, batches, outputs, setting);
  }

  /** The worst relative difference of all outputs. */
  public double worstRelative() {
    return outputs.stream().mapToDouble(Difference::relative).max().orElse(0);
  }

  /** Whether every output is within the tolerance with the same top answer. */
  public boolean holds() {
    return outputs.stream().allMatch(d -> d.relative() <= tolerance && d.sameTop1());
  }
}
