package lapidary.search.scan;

import java.util.stream.IntStream;

/** How many leading dimensions are scored for all rows: a multiple of {@link Kernel#GROUP} or all. Stateless. */
final class Cut {
  private Cut() {}

  /** Where nothing was measured: a fourth, which after PCA has most of the length. */
  static int usual(int dimensions) {
    return sixteenths(dimensions, 4);
  }

  /** The cuts worth measuring, rising, all dimensions last. */
  static int[] candidates(int dimensions) {
    return IntStream.of(1, 2, 3, 4, 6, 8, 16)
        .map(part -> sixteenths(dimensions, part))
        .distinct()
        .toArray();
  }

  private static int sixteenths(int dimensions, int part) {
    int groups = (dimensions * part + 16 * Kernel.GROUP - 1) / (16 * Kernel.GROUP);
    return Math.min(dimensions, groups * Kernel.GROUP);
  }
}
