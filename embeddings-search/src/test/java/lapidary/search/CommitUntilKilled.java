package lapidary.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import lapidary.search.store.Item;

/** A process that changes and commits a collection until somebody kills it; what it commits depends on the commit's number only. */
final class CommitUntilKilled {
  static final int ITEMS = 40;

  private CommitUntilKilled() {}

  /** Prints the number of each commit once it is durable. */
  public static void main(String[] arguments) {
    // What Lucene tells of the Java it runs on is not what is waited for.
    LogManager.getLogManager().reset();
    try (Collection collection = Collection.open(Path.of(arguments[0]))) {
      for (int commit = Integer.parseInt(arguments[1]); ; commit++) {
        apply(collection, commit);
        collection.commit();
        System.out.println(commit);
        System.out.flush();
      }
    }
  }

  /** Starts this program. */
  static Process start(Path folder, int first) throws IOException {
    return ChildJava.of(CommitUntilKilled.class, folder, first)
        .redirectErrorStream(true)
        .start();
  }

  /** Adds items, removes one of the commit before and replaces another. */
  private static void apply(Collection collection, int commit) {
    List<Item> items = java.util.stream.IntStream.range(0, ITEMS)
        .mapToObj(i -> item(commit, i))
        .toList();
    collection.add(items, Samples.gaussian(commit, ITEMS, 24));
    collection.remove(id(commit - 1, 0));
    if (commit > 0) {
      collection.add(Item.of(id(commit - 1, 1), "replaced"), new float[24]);
    }
  }

  private static Item item(int commit, int i) {
    return Item.of(id(commit, i), "commit-" + commit);
  }

  private static String id(int commit, int i) {
    return commit + "/" + i;
  }

  /** Id and label of everything after {@code commits} commits. */
  static Map<String, String> expected(int commits) {
    Map<String, String> labels = new TreeMap<>();
    for (int commit = 0; commit < commits; commit++) {
      for (int i = 0; i < ITEMS; i++) {
        labels.put(id(commit, i), "commit-" + commit);
      }
      labels.remove(id(commit - 1, 0));
      if (commit > 0) {
        labels.put(id(commit - 1, 1), "replaced");
      }
    }
    return labels;
  }
}
