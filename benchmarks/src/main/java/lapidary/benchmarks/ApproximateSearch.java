package lapidary.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import lapidary.search.scan.ExactIndex;

/**
 * Exact search in cells beside Lucene's HNSW at a recall@10 of at least .98, on one thread, in turns. Arguments: an idx file of images
 * (Fashion-MNIST's training images), or {@code -} to do without; then, if wished, the largest number of made-up rows;
 * then, if wished, an ONNX file whose features of the images are searched too.
 */
public final class ApproximateSearch {
  private static final int K = 10;
  private static final double RECALL = .98;
  private static final int MOST_CANDIDATES = 2_000;
  private static final int TURNS = 5;
  private static final long SEED = 14;

  private ApproximateSearch() {}

  /** Prints the table of BENCHMARKS.md. */
  public static void main(String[] arguments) throws IOException {
    String images = arguments.length > 0 ? arguments[0] : "-";
    int most = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
    System.out.println(Processor.line());
    System.out.println("| data, 64 dimensions | exact/s | HNSW/s | times | recall@10 | candidates |"
        + " arrange, CPU s | build HNSW, CPU s |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
    if (!images.equals("-")) {
      measure("pixels", Queries.held(Recipe.pixels(Path.of(images))));
    }
    if (arguments.length > 2) {
      float[][] features = Recipe.features(Path.of(images), Path.of(arguments[2]));
      measure("features", Queries.held(features));
    }
    for (int rows = 10_000; rows <= most; rows *= 10) {
      measure("falling variances", Queries.held(Recipe.falling(SEED, rows + Queries.COUNT)));
      measure("equal variances", Queries.held(Recipe.equal(SEED, rows + Queries.COUNT)));
    }
  }

  private static void measure(String name, Queries queries) throws IOException {
    Path folder = Files.createTempDirectory("hnsw");
    double start = Queries.processSeconds();
    ExactIndex exact = ExactIndex.of(Recipe.DIMENSIONS, queries.rows()).arranged();
    double arranged = Queries.processSeconds();
    try (Hnsw graph = Hnsw.of(folder, queries.rows())) {
      double built = Queries.processSeconds();
      print(name, queries, exact, graph, arranged - start, built - arranged);
    } finally {
      Folders.delete(folder);
    }
  }

  private static void print(
      String name, Queries queries, ExactIndex exact, Hnsw graph, double arrange, double build) {
    int[][] wanted = Arrays.stream(queries.asked())
        .map(query -> exact.search(query, K, Optional.empty()).rows())
        .toArray(int[][]::new);
    int candidates = candidates(queries, wanted, graph);
    double[] rates = race(queries, exact, graph, candidates);
    System.out.printf(
        Locale.ROOT,
        "| %,d, %s | %.0f | %.0f | %.2f | %.3f | %d | %.1f | %.1f |%n",
        queries.rows().length,
        name,
        rates[0],
        rates[1],
        rates[0] / rates[1],
        recall(queries, wanted, graph, candidates),
        candidates,
        arrange,
        build);
  }

  /** The fewest, of numbers that rise by a fifth, with the recall wanted. */
  private static int candidates(Queries queries, int[][] wanted, Hnsw graph) {
    return IntStream.iterate(K, count -> count <= MOST_CANDIDATES, count -> count + count / 5)
        .filter(count -> recall(queries, wanted, graph, count) >= RECALL)
        .findFirst()
        .orElse(MOST_CANDIDATES);
  }

  private static double recall(Queries queries, int[][] wanted, Hnsw graph, int candidates) {
    long found = 0;
    for (int q = 0; q < wanted.length; q++) {
      int[] right = wanted[q];
      found += Arrays.stream(graph.search(queries.asked()[q], K, candidates))
          .filter(row -> Arrays.stream(right).anyMatch(each -> each == row))
          .count();
    }
    return (double) found / (K * wanted.length);
  }

  /** The best of some turns each, since other work on the machine only slows; the first turn is for the compiler. */
  private static double[] race(Queries queries, ExactIndex exact, Hnsw graph, int candidates) {
    double[] best = new double[2];
    for (int turn = 0; turn <= TURNS; turn++) {
      double cells = queries.rate(query -> exact.search(query, K, Optional.empty()));
      double near = queries.rate(query -> graph.search(query, K, candidates));
      if (turn > 0) {
        best[0] = Math.max(best[0], cells);
        best[1] = Math.max(best[1], near);
      }
    }
    return best;
  }
}
