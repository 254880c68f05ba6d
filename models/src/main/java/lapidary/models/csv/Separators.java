package lapidary.models.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds what stands between cells by the first rows: of the separators that divide the first row, the one by which most rows have as
 * many cells as it; of equally good ones not the comma, which names of columns and numbers have too; then the one that gives more
 * cells. What is quoted does not count.
 */
final class Separators {
  private static final int HEAD = 1 << 16;
  private static final int ROWS = 200;
  private static final List<Character> KNOWN = List.of(',', ';', '\t', '|');

  private final String head;
  private final boolean whole;
  private final CsvLayout layout;

  private Separators(String head, boolean whole, CsvLayout layout) {
    this.head = head;
    this.whole = whole;
    this.layout = layout;
  }

  /** The separator of a text, which is at its beginning again afterwards. */
  static char find(BufferedReader text, CsvLayout layout) throws IOException {
    text.mark(HEAD + 1);
    char[] buffer = new char[HEAD];
    // What is there by now: a pipe may be written to row by row.
    int length = Math.max(0, text.read(buffer, 0, HEAD));
    text.reset();
    return new Separators(new String(buffer, 0, length), length < HEAD, layout).best();
  }

  private char best() {
    Comparator<Division> byFit = Comparator.comparing(Division::divides)
        .thenComparing(Division::agreement)
        .thenComparing(Division::isNoFraction)
        .thenComparing(Division::cells);
    return KNOWN.stream()
        .map(this::division)
        .reduce((first, next) -> byFit.compare(next, first) > 0 ? next : first)
        .orElseThrow()
        .separator();
  }

  /** How a separator divides rows: into how many cells, and the share of rows with so many. */
  private record Division(char separator, int cells, double agreement) {
    boolean isNoFraction() {
      return divides() && separator != ',';
    }

    boolean divides() {
      return cells > 1 && agreement > 0;
    }
  }

  private Division division(char separator) {
    List<Integer> widths = widths(separator);
    int cells =
        layout.columns().map(List::size).orElseGet(() -> widths.isEmpty() ? 1 : widths.get(0));
    long agreeing = widths.stream().filter(width -> width == cells).count();
    return new Division(separator, cells, widths.isEmpty() ? 0 : (double) agreeing / widths.size());
  }

  /** The cells of each row that ends within the head. */
  private List<Integer> widths(char separator) {
    List<Integer> widths = new ArrayList<>();
    int at = 0;
    while (at < head.length() && widths.size() < ROWS) {
      Optional<Row> row = row(at, separator);
      if (row.isEmpty()) {
        return widths;
      }
      int end = row.get().end();
      if (!head.substring(at, end).isBlank() && !isComment(at)) {
        widths.add(row.get().cells());
      }
      at = end + 1;
    }
    return widths;
  }

  /** How many cells a row has, and where its line break is. */
  private record Row(int cells, int end) {}

  /** Empty if the head ends before the row does. */
  private Optional<Row> row(int from, char separator) {
    int cells = 1;
    int begin = from;
    for (int at = from; at < head.length(); at++) {
      char here = head.charAt(at);
      if (here == '"' && !isComment(from) && head.substring(begin, at).isBlank()) {
        at = closing(at);
      } else if (here == separator) {
        cells++;
        begin = at + 1;
      } else if (here == '\n' || here == '\r') {
        return Optional.of(new Row(cells, at));
      }
    }
    return whole ? Optional.of(new Row(cells, head.length())) : Optional.empty();
  }

  private boolean isComment(int at) {
    return layout.comment().filter(mark -> head.charAt(at) == mark).isPresent();
  }

  /** Where the cell's last quote is; two quotes are one of the cell's own. */
  private int closing(int open) {
    int at = head.indexOf("\"", open + 1);
    while (at >= 0 && at + 1 < head.length() && head.charAt(at + 1) == '"') {
      at = head.indexOf("\"", at + 2);
    }
    return at < 0 ? head.length() : at;
  }
}
