package lapidary.models;

import java.util.List;

/**
 * How a file came to 8 bits, and what that cost. Immutable.
 *
 * @param baseSha256 digest of the file in 32 bits that it was made of
 * @param ranges the rule by which values' ranges follow from what was seen, such as {@code ENTROPY}
 * @param rows how many rows were looked at for that
 * @param rowsSha256 digest of these rows, as they are fed to the file
 * @param metric what the drop is one of, such as {@code accuracy}
 * @param before the metric of the file in 32 bits
 * @param after the metric of this file
 * @param drop how much worse this file is: points for shares such as accuracy, relative for errors; below 0 where it is better
 * @param layers how many layers compute in 8 bits
 * @param inFloat names of layers that were left in 32 bits, those first that cost most
 * @param speedup times as fast as the file in 32 bits at batch 1 on one thread, where it was made, to the next half
 */
public record QuantizationOrigin(
    String baseSha256,
    String ranges,
    int rows,
    String rowsSha256,
    String metric,
    double before,
    double after,
    double drop,
    int layers,
    List<String> inFloat,
    double speedup) {
  /** Copies the list. */
  public QuantizationOrigin {
    inFloat = List.copyOf(inFloat);
  }
}
