package lapidary.models.csv;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lapidary.models.InvalidInputException;

/**
 * How a table is written down. Cells may be quoted as RFC 4180 says.
 *
 * @param separator between cells; empty to find it in the file's first rows
 * @param columns the columns' names, if the file does not begin with them; as many as a row has cells
 * @param comment what a line begins with that is not a row
 */
public record CsvLayout(
    Optional<Character> separator, Optional<List<String>> columns, Optional<Character> comment) {
  /** Names in the first line, no comments, and a comma, semicolon, tab or bar between cells, whichever the first rows agree in. */
  public static final CsvLayout DETECTED =
      new CsvLayout(Optional.empty(), Optional.empty(), Optional.empty());

  /** Commas, names in the first line, no comments. */
  public static final CsvLayout DEFAULT = DETECTED.separatedBy(',');

  /** Copies the names and refuses repeated or empty ones. */
  public CsvLayout {
    columns = columns.map(List::copyOf);
    columns.ifPresent(names -> requireDistinct(names, "the columns"));
  }

  /** {@link #DETECTED}, but tabs if the name ends in {@code .tsv} or {@code .tsv.gz}. */
  public static CsvLayout of(Path file) {
    boolean tabs = file.toString().toLowerCase(Locale.ROOT).matches(".*\\.tsv(\\.gz)?");
    return tabs ? DETECTED.separatedBy('\t') : DETECTED;
  }

  /** The same with another separator. */
  public CsvLayout separatedBy(char changed) {
    return new CsvLayout(Optional.of(changed), columns, comment);
  }

  /** The same for a file without a line of names. */
  public CsvLayout named(List<String> names) {
    return new CsvLayout(separator, Optional.of(names), comment);
  }

  /** The same with lines that are left out. */
  public CsvLayout commentedBy(char mark) {
    return new CsvLayout(separator, columns, Optional.of(mark));
  }

  static void requireDistinct(List<String> names, String source) {
    HashSet<String> seen = new HashSet<>();
    for (String name : names) {
      if (name.isBlank()) {
        throw new InvalidInputException(
            source + ": column " + (seen.size() + 1) + " has no name; name every column");
      }
      if (!seen.add(name)) {
        throw new InvalidInputException(
            source + ": two columns are named \"" + name + "\"; name each once");
      }
    }
  }
}
