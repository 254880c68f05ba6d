package lapidary.trainer.data.tables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import lapidary.models.CellForm;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.models.csv.CsvLayout;
import lapidary.models.csv.CsvReader;

/** Raw cells in memory, by column, blanks at both ends cut off. Immutable, thread-safe. */
public final class Table {
  private final String source;
  private final Map<String, String[]> columns;
  private final int[] lines;
  private final CellForms forms;

  private Table(String source, Map<String, String[]> columns, int[] lines, CellForms forms) {
    this.source = source;
    this.forms = forms;
    this.columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    this.lines = lines;
  }

  /**
   * Reads a whole file.
   *
   * @throws InvalidInputException if it is damaged or has no row; the message names the line
   */
  public static Table read(Path file, CsvLayout layout) {
    try (CsvReader reader = CsvReader.open(file, layout)) {
      return read(reader);
    }
  }

  /** Reads the rest of a file; see {@link #read(Path, CsvLayout)}. */
  static Table read(CsvReader reader) {
    Reading reading = new Reading(reader.names());
    while (reader.next()) {
      reading.add(reader);
    }
    if (reading.lines.isEmpty()) {
      throw new InvalidInputException(
          reader.source() + " has names of columns and no rows; give rows");
    }
    return reading.table(reader.source());
  }

  /** The columns' names, in the order of the file. */
  public List<String> names() {
    return List.copyOf(columns.keySet());
  }

  /** The number of rows. */
  public int rows() {
    return lines.length;
  }

  /**
   * The cells of a column, one a row.
   *
   * @throws InvalidInputException if there is no such column; the message has the nearest name
   */
  public List<String> column(String name) {
    String[] cells = columns.get(name);
    if (cells == null) {
      throw new InvalidInputException(
          source + ": " + NearestName.missing("column", name, columns.keySet()).getMessage());
    }
    return Collections.unmodifiableList(Arrays.asList(cells));
  }

  /** How the cells of a column are written; {@link CellForm#PLAIN} unless said otherwise. */
  public CellForm cells(String name) {
    return forms.of(name);
  }

  /** The same cells, all understood as written in this way. */
  public Table writtenAs(CellForm form) {
    return new Table(source, columns, lines, CellForms.of(form));
  }

  /** The same cells, those of a column understood as written in this way. */
  public Table writtenAs(String name, CellForm form) {
    return new Table(source, columns, lines, forms.with(name, form));
  }

  /** The same cells, understood as those of another table. */
  Table writtenAs(Table other) {
    return new Table(source, columns, lines, other.forms);
  }

  /** The file and line of a row, for errors. */
  public String where(int row) {
    return source + ", line " + lines[row];
  }

  /** What the table is called in errors. */
  public String source() {
    return source;
  }

  /** The rows that fit, in their order. */
  public Table where(IntPredicate fits) {
    return select(IntStream.range(0, rows()).filter(fits).toArray());
  }

  /** The chosen rows, in the order of {@code chosen}. */
  public Table select(int[] chosen) {
    Map<String, String[]> picked = new LinkedHashMap<>();
    columns.forEach((name, cells) ->
        picked.put(name, Arrays.stream(chosen).mapToObj(i -> cells[i]).toArray(String[]::new)));
    return new Table(source, picked, Arrays.stream(chosen).map(i -> lines[i]).toArray(), forms);
  }

  /** The same rows with the cells of a column changed, one a row. */
  public Table with(String name, List<String> cells) {
    Map<String, String[]> changed = new LinkedHashMap<>(columns);
    changed.put(name, cells.toArray(String[]::new));
    return new Table(source, changed, lines, forms);
  }

  /**
   * Puts the columns of another table beside these, matched by the value of one column; rows without a match get empty cells.
   *
   * @param key a column of both, whose values are distinct in {@code other}
   */
  public Table join(Table other, String key) {
    Map<String, Integer> places = new HashMap<>();
    List<String> keys = other.column(key);
    for (int i = 0; i < keys.size(); i++) {
      places.put(keys.get(i), i);
    }
    List<String> own = column(key);
    Map<String, String[]> joined = new LinkedHashMap<>(columns);
    other.columns.forEach((name, cells) -> {
      if (!name.equals(key)) {
        joined.put(name, matched(own, places, cells));
      }
    });
    return new Table(source, joined, lines, forms);
  }

  private static String[] matched(List<String> keys, Map<String, Integer> places, String[] cells) {
    return keys.stream()
        .map(key -> places.containsKey(key) ? cells[places.get(key)] : "")
        .toArray(String[]::new);
  }

  /** Rows as they are read; equal cells of a column are kept once. */
  private static final class Reading {
    private final List<String> names;
    private final List<List<String>> columns = new ArrayList<>();
    private final List<Map<String, String>> known = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();

    Reading(List<String> names) {
      this.names = names;
      names.forEach(name -> {
        columns.add(new ArrayList<>());
        known.add(new HashMap<>());
      });
    }

    void add(CsvReader reader) {
      for (int i = 0; i < names.size(); i++) {
        columns.get(i).add(known.get(i).computeIfAbsent(reader.cell(i), cell -> cell));
      }
      lines.add(Math.toIntExact(reader.line()));
    }

    Table table(String source) {
      Map<String, String[]> arrays = new LinkedHashMap<>();
      for (int i = 0; i < names.size(); i++) {
        arrays.put(names.get(i), columns.get(i).toArray(String[]::new));
      }
      return new Table(
          source,
          arrays,
          lines.stream().mapToInt(Integer::intValue).toArray(),
          CellForms.of(CellForm.PLAIN));
    }
  }
}
