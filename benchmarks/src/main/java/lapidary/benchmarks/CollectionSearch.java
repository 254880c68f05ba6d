package lapidary.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import lapidary.search.Collection;
import lapidary.search.CollectionSpec;
import lapidary.search.Hit;
import lapidary.search.IndexedModel;
import lapidary.search.SearchOptions;
import lapidary.search.store.Filter;
import lapidary.search.store.Item;
import lapidary.search.store.Wanted;

/**
 * A whole collection, items and all, beside Lucene's graph with nothing around it: built, opened by a process of its own, searched
 * exactly and by its graph, with and without a filter that a tenth passes; one thread, in turns. Arguments: the number of made-up rows;
 * {@code equal} for equal variances instead of falling ones.
 */
public final class CollectionSearch {
  private static final int K = 10;
  private static final int TURNS = 5;
  private static final int PART = 1_000;
  private static final long SEED = 14;
  private static final Filter TENTH = Filter.attribute("tenth", "yes");

  private final Queries queries;
  private final Collection collection;

  private CollectionSearch(Queries queries, Collection collection) {
    this.queries = queries;
    this.collection = collection;
  }

  /** Prints the table of BENCHMARKS.md. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    boolean equal = arguments.length > 1 && arguments[1].equals("equal");
    Queries queries = Queries.held(
        equal
            ? Recipe.equal(SEED, count + Queries.COUNT)
            : Recipe.falling(SEED, count + Queries.COUNT));
    System.out.println(Processor.line());
    System.out.printf(
        Locale.ROOT, "%,d rows of 64, %s variances%n", count, equal ? "equal" : "falling");
    Path folder = Files.createTempDirectory("collection");
    try {
      measure(queries, folder);
    } finally {
      Folders.delete(folder);
    }
  }

  private static void measure(Queries queries, Path folder)
      throws IOException, InterruptedException {
    Path exact = folder.resolve("collection");
    double start = Queries.processSeconds();
    try (Collection collection = Collection.create(exact, spec())) {
      fill(collection, queries.rows());
    }
    say("built and arranged, CPU s", Queries.processSeconds() - start);
    say("opened to the first answer, ms (median of 5 processes)", OpenCollection.median(exact, 5));
    try (Collection collection = Collection.open(exact)) {
      new CollectionSearch(queries, collection).exact();
      start = Queries.processSeconds();
      collection.approximate();
      double built = Queries.processSeconds() - start;
      start = Queries.processSeconds();
      try (Hnsw bare = Hnsw.of(Files.createDirectory(folder.resolve("bare")), queries.rows())) {
        double bareBuilt = Queries.processSeconds() - start;
        say("graph built, CPU s (recall measured too)", built);
        say("bare graph built, CPU s", bareBuilt);
        new CollectionSearch(queries, collection).graphs(bare);
      }
    }
  }

  private static CollectionSpec spec() {
    return new CollectionSpec(
        "benchmark",
        new IndexedModel("0".repeat(64), Optional.empty(), "features", Recipe.DIMENSIONS),
        Optional.empty());
  }

  private static void fill(Collection collection, float[][] rows) {
    Random random = new Random(SEED);
    for (int from = 0; from < rows.length; from += PART) {
      float[][] part = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + PART));
      List<Item> items = new ArrayList<>();
      for (int i = 0; i < part.length; i++) {
        String tenth = random.nextInt(10) == 0 ? "yes" : "no";
        items.add(Item.ofTexts("" + (from + i), "class-" + i % 7, Map.of("tenth", tenth)));
      }
      collection.add(items, part);
    }
    collection.commit();
  }

  private void exact() {
    SearchOptions all = SearchOptions.nearest(K);
    double[] rates = race(all, all.filtered(TENTH));
    say("exact, queries a CPU s", rates[0]);
    say("exact, a tenth allowed", rates[1]);
  }

  private void graphs(Hnsw bare) {
    int candidates = collection.info().recall().orElseThrow().candidates();
    SearchOptions all = SearchOptions.nearest(K);
    double[] best = new double[3];
    for (int turn = 0; turn <= TURNS; turn++) {
      double[] rates = {
        queries.rate(query -> collection.search(query, all)),
        queries.rate(query -> collection.search(query, all.filtered(TENTH))),
        queries.rate(query -> bare.search(query, K, candidates))
      };
      for (int i = 0; i < best.length && turn > 0; i++) {
        best[i] = Math.max(best[i], rates[i]);
      }
    }
    say("candidates", candidates);
    say("graph, queries a CPU s", best[0]);
    say("graph, recall@10", recall(all));
    say("graph, a tenth allowed, queries a CPU s", best[1]);
    say("graph, a tenth allowed, recall@10", recall(all.filtered(TENTH)));
    say("bare graph, queries a CPU s", best[2]);
  }

  /** The best of some turns each; the first turn is for the compiler. */
  private double[] race(SearchOptions first, SearchOptions second) {
    double[] best = new double[2];
    for (int turn = 0; turn <= TURNS; turn++) {
      double one = queries.rate(query -> collection.search(query, first));
      double other = queries.rate(query -> collection.search(query, second));
      if (turn > 0) {
        best[0] = Math.max(best[0], one);
        best[1] = Math.max(best[1], other);
      }
    }
    return best;
  }

  private double recall(SearchOptions options) {
    long found = 0;
    for (float[] query : queries.asked()) {
      Set<String> exact = new HashSet<>();
      for (Hit hit : collection.search(query, options.by(Wanted.Method.EXACT))) {
        exact.add(hit.id());
      }
      found += collection.search(query, options).stream()
          .filter(hit -> exact.contains(hit.id()))
          .count();
    }
    return (double) found / (K * queries.asked().length);
  }

  private static void say(String what, double figure) {
    System.out.printf(Locale.ROOT, "| %s | %,.3f |%n", what, figure);
  }
}
