package lapidary.trainer.data.tables;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import lapidary.models.CellForm;

/**
 * How the cells of each column are written.
 *
 * @param usual of most columns
 * @param own of the others, by their names
 */
record CellForms(CellForm usual, Map<String, CellForm> own) {
  CellForms {
    own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
  }

  static CellForms of(CellForm usual) {
    return new CellForms(usual, Map.of());
  }

  CellForm of(String column) {
    return own.getOrDefault(column, usual);
  }

  CellForms with(String column, CellForm form) {
    Map<String, CellForm> changed = new LinkedHashMap<>(own);
    changed.put(column, form);
    return new CellForms(usual, changed);
  }
}
