package lapidary.exporter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lapidary.models.IdInput;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.TensorInput;
import lapidary.runtime.Tensor;

/**
 * Real rows of ids, in turn, with unknown ids among them. In rows 2, 5, 8… ids are replaced: of the first input by name, the
 * second, both, and so on through all combinations, so that 12 rows of two inputs see each.
 *
 * @param columns one id a row, by input
 * @param rows the length of every column, at least 1
 */
record IdRows(SortedMap<String, List<String>> columns, int rows) implements RowSource {
  private static final int EVERY = 3;

  static IdRows of(Map<String, List<String>> columns) {
    SortedMap<String, List<String>> copied = new TreeMap<>();
    columns.forEach((name, ids) -> copied.put(name, List.copyOf(ids)));
    Set<Integer> lengths = copied.values().stream().map(List::size).collect(Collectors.toSet());
    if (lengths.size() != 1 || lengths.contains(0)) {
      throw new InvalidInputException("no rows to compare on: columns " + copied.keySet()
          + " have lengths " + copied.values().stream().map(List::size).toList()
          + "; give one id of every input a row, and at least one row");
    }
    return new IdRows(copied, lengths.iterator().next());
  }

  @Override
  public String kind() {
    return "validation";
  }

  @Override
  public List<String> ids(IdInput input, int from, int count) {
    List<String> column = columns.get(input.name());
    if (column == null) {
      throw refusal(input);
    }
    int place = List.copyOf(columns.keySet()).indexOf(input.name());
    List<String> ids = new ArrayList<>(count);
    for (int row = from; row < from + count; row++) {
      ids.add(isUnknown(row, place) ? input.ids().unknownId() : column.get(row % rows));
    }
    return ids;
  }

  private boolean isUnknown(int row, int place) {
    int combinations = (1 << Math.min(columns.size(), 30)) - 1;
    int chosen = 1 + row / EVERY % combinations;
    return row % EVERY == EVERY - 1 && (chosen >> place & 1) == 1;
  }

  @Override
  public Pixels pixels(ImageInput input, int from, int count) {
    throw refusal(input);
  }

  @Override
  public Tensor tensor(TensorInput input, int from, int count) {
    throw refusal(input);
  }

  private InvalidInputException refusal(Input input) {
    return new InvalidInputException("rows of ids for " + columns.keySet() + " do not fill input "
        + input.name() + "; name a column of ids after every input, or use random rows");
  }
}
