package lapidary.search.store.lucene;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.search.store.Recall;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.util.StringHelper;

/**
 * What every commit says of the whole store. Immutable.
 *
 * @param identity made by chance with the store: what tells it from one that replaced it under the same name
 * @param dimensions values of a vector
 * @param next the number of the next change
 * @param arranged rows that were arranged when they last were
 * @param recall of the graph; empty if there is no graph
 */
record CommitFacts(
    String identity, int dimensions, long next, int arranged, Optional<Recall> recall) {
  private static final String FORMAT = "lapidary.format";
  private static final String VERSION = "3";
  /** Had texts only as attributes, and is read as it is. */
  private static final String OF_TEXTS = "2";

  /** Of a store that is made now. */
  static CommitFacts fresh(int dimensions) {
    return new CommitFacts(
        StringHelper.idToString(StringHelper.randomId()), dimensions, 0, 0, Optional.empty());
  }

  CommitFacts nextIs(long number) {
    return new CommitFacts(identity, dimensions, number, arranged, recall);
  }

  CommitFacts arranged(int rows) {
    return new CommitFacts(identity, dimensions, next, rows, recall);
  }

  CommitFacts graph(Recall measured) {
    return new CommitFacts(identity, dimensions, next, arranged, Optional.of(measured));
  }

  Map<String, String> entries() {
    Map<String, String> entries = new HashMap<>();
    entries.put(FORMAT, VERSION);
    entries.put("identity", identity);
    entries.put("dimensions", Integer.toString(dimensions));
    entries.put("next", Long.toString(next));
    entries.put("arranged", Integer.toString(arranged));
    recall.ifPresent(measured -> {
      entries.put("recall", Double.toString(measured.at10()));
      entries.put("candidates", Integer.toString(measured.candidates()));
      entries.put("queries", Integer.toString(measured.queries()));
    });
    return entries;
  }

  /** Of the commit that a writer stands on. */
  static CommitFacts of(IndexWriter writer) {
    Map<String, String> entries = new HashMap<>();
    writer.getLiveCommitData().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return of(entries);
  }

  /**
   * Reads what {@link #entries} wrote.
   *
   * @throws InvalidInputException if it is of another format
   */
  static CommitFacts of(Map<String, String> entries) {
    String version = entries.get(FORMAT);
    if (!VERSION.equals(version) && !OF_TEXTS.equals(version)) {
      throw new InvalidInputException(
          version == null
              ? "it is an index of Lucene, but not one of a collection; give the folder that \"index create\" made"
              : "it has format " + version + ", this Lapidary reads " + OF_TEXTS + " and " + VERSION
                  + "; index again or use a newer Lapidary");
    }
    return new CommitFacts(
        text(entries, "identity"),
        Integer.parseInt(text(entries, "dimensions")),
        Long.parseLong(text(entries, "next")),
        Integer.parseInt(text(entries, "arranged")),
        entries.containsKey("recall")
            ? Optional.of(new Recall(
                Double.parseDouble(text(entries, "recall")),
                Integer.parseInt(text(entries, "candidates")),
                Integer.parseInt(text(entries, "queries"))))
            : Optional.empty());
  }

  private static String text(Map<String, String> entries, String name) {
    String text = entries.get(name);
    if (text == null) {
      throw new InvalidInputException("its commit does not say " + name + "; index again");
    }
    return text;
  }
}
