package lapidary.runtime.operators;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/** Tables that people read: a line a row, cells apart by spaces. Read without regular expressions, for opening is to be quick. Stateless. */
final class TextTable {
  private TextTable() {}

  /** The lines by their first cell, in the order of the table. */
  static Map<String, String> lines(String table) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (StringTokenizer rest = new StringTokenizer(table, "\n"); rest.hasMoreTokens(); ) {
      String line = rest.nextToken();
      lines.put(line.substring(0, line.indexOf(' ')), line);
    }
    return Collections.unmodifiableMap(lines);
  }

  static List<String> cells(String line) {
    return split(line, " ");
  }

  static List<String> split(String text, String by) {
    List<String> parts = new ArrayList<>();
    for (StringTokenizer rest = new StringTokenizer(text, by); rest.hasMoreTokens(); ) {
      parts.add(rest.nextToken());
    }
    return parts;
  }

  /** The two ends of {@code 0..8}, or of {@code 0} alone. */
  static List<Long> range(String cell) {
    int dots = cell.indexOf("..");
    return dots < 0
        ? List.of()
        : List.of(Long.valueOf(cell.substring(0, dots)), Long.valueOf(cell.substring(dots + 2)));
  }
}
