package lapidary.trainer.data.tables;

import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.CellForm;
import lapidary.models.DateOrder;
import lapidary.models.DecimalMark;
import lapidary.models.csv.CsvLayout;

/**
 * How a CSV file is written.
 *
 * @param layout of rows and cells
 * @param cells what is in them; its order of dates holds for columns that do not tell theirs
 */
public record TableForm(CsvLayout layout, CellForm cells) {
  /** The separator is found, the usual spellings are missing, numbers have points. */
  public static final TableForm FOUND = new TableForm(CsvLayout.DETECTED, CellForm.USUAL);

  /** The form of a published table. */
  static TableForm plain(CsvLayout layout) {
    return new TableForm(layout, CellForm.PLAIN);
  }

  /** Option name to value, as the command line takes them, of what is unusual. */
  public SortedMap<String, String> hyperParameters() {
    SortedMap<String, String> options = new TreeMap<>();
    if (cells.decimal() == DecimalMark.COMMA) {
      options.put("decimal", ",");
    }
    if (cells.dates() != DateOrder.YEAR_FIRST) {
      options.put("date-order", cells.dates() == DateOrder.DAY_FIRST ? "day" : "month");
    }
    if (!cells.missing().equals(CellForm.USUAL.missing())
        && !cells.missing().equals(CellForm.PLAIN.missing())) {
      options.put("missing", String.join(",", cells.missing().tailSet("\0")));
    }
    return options;
  }
}
