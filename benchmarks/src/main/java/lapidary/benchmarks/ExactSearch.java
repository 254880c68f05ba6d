package lapidary.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import lapidary.search.scan.Arrangement;
import lapidary.search.scan.ExactIndex;
import lapidary.search.scan.Nearest;
import lapidary.search.scan.TopK;

/**
 * Exact search by cells beside the plain scan over all rows, on one thread, in turns, with answers compared to the bit. Arguments: an
 * idx file of images (Fashion-MNIST's training images), or {@code -} to do without; then, if wished, the largest number of made-up
 * rows;
 * then, if wished, an ONNX file whose features of the images are searched too.
 */
public final class ExactSearch {
  private static final int K = 10;
  private static final int TURNS = 5;
  private static final long SEED = 14;

  private ExactSearch() {}

  /** Prints the table of BENCHMARKS.md. */
  public static void main(String[] arguments) throws IOException {
    String images = arguments.length > 0 ? arguments[0] : "-";
    int most = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
    System.out.println(Processor.line());
    System.out.println("| data, 64 dimensions | arrange s | restore ms | cells, cut | plain/s |"
        + " cells/s | times | a tenth allowed/s | identical |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    if (!images.equals("-")) {
      measure("pixels", Queries.held(Recipe.pixels(Path.of(images))));
    }
    if (arguments.length > 2) {
      float[][] features = Recipe.features(Path.of(images), Path.of(arguments[2]));
      measure("features", Queries.held(features));
    }
    for (int rows = 100_000; rows <= most; rows *= 10) {
      measure("falling variances", Queries.held(Recipe.falling(SEED, rows + Queries.COUNT)));
      measure("equal variances", Queries.held(Recipe.equal(SEED, rows + Queries.COUNT)));
    }
  }

  private static void measure(String name, Queries queries) {
    float[][] rows = queries.rows();
    PlainScan plain = new PlainScan(Recipe.DIMENSIONS);
    for (float[] row : rows) {
      plain.append(row);
    }
    long start = System.nanoTime();
    ExactIndex cells = ExactIndex.of(Recipe.DIMENSIONS, rows).arranged();
    double arranging = seconds(start);
    byte[] kept = cells.arrangement().orElseThrow().bytes();
    start = System.nanoTime();
    Arrangement restored = Arrangement.of(kept);
    ExactIndex.of(Recipe.DIMENSIONS, rows, restored)
        .search(queries.asked()[0], K, Optional.empty());
    double restoring = 1e3 * seconds(start);
    Rates rates = race(plain, cells, queries, tenth(rows.length));
    System.out.printf(
        Locale.ROOT,
        "| %,d, %s | %.1f | %.0f | %d, %d | %.0f | %.0f | %.1f | %.0f | %s |%n",
        rows.length,
        name,
        arranging,
        restoring,
        restored.cells(),
        restored.cut(),
        rates.plain(),
        rates.cells(),
        rates.cells() / rates.plain(),
        rates.filtered(),
        identical(plain, cells, queries));
  }

  private static BitSet tenth(int rows) {
    Random random = new Random(SEED);
    BitSet allowed = new BitSet(rows);
    for (int row = 0; row < rows; row++) {
      allowed.set(row, random.nextInt(10) == 0);
    }
    return allowed;
  }

  /** Queries a CPU second. */
  private record Rates(double plain, double cells, double filtered) {}

  /** The best of some turns each, since other work on the machine only slows; the first turn is for the compiler. */
  private static Rates race(PlainScan plain, ExactIndex cells, Queries queries, BitSet tenth) {
    double[] best = new double[3];
    for (int turn = 0; turn <= TURNS; turn++) {
      double[] rates = {
        queries.rate(query -> scan(plain, query)),
        queries.rate(query -> cells.search(query, K, Optional.empty())),
        queries.rate(query -> cells.search(query, K, Optional.of(tenth)))
      };
      for (int i = 0; i < rates.length && turn > 0; i++) {
        best[i] = Math.max(best[i], rates[i]);
      }
    }
    return new Rates(best[0], best[1], best[2]);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static TopK scan(PlainScan plain, float[] query) {
    TopK top = new TopK(K);
    plain.scan(query, top, row -> true);
    return top;
  }

  private static boolean identical(PlainScan plain, ExactIndex cells, Queries queries) {
    return Arrays.stream(queries.asked()).allMatch(query -> {
      TopK wanted = scan(plain, query);
      Nearest found = cells.search(query, K, Optional.empty());
      return Arrays.equals(wanted.rows(), found.rows())
          && Arrays.equals(wanted.scores(), found.scores());
    });
  }
}
