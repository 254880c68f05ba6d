package lapidary.exporter;

import java.util.List;
import java.util.stream.IntStream;
import lapidary.models.IdInput;
import lapidary.models.Input;
import lapidary.models.InvalidInputException;

/**
 * Real rows of ids, in turn, with unknown ids among them. In rows 2, 5, 8… ids are replaced: of the first input by name, the
 * second, both, and so on through all combinations, so that 12 rows of two inputs see each.
 *
 * @param columns the ids of each input
 */
record IdRows(RawColumns columns) implements RealRows {
  private static final int EVERY = 3;

  @Override
  public List<String> ids(IdInput input, int from, int count) {
    List<String> known = columns.of(input).orElseThrow(() -> refusal(input));
    int place = columns.place(input);
    return IntStream.range(from, from + count)
        .mapToObj(row ->
            isUnknown(row, place) ? input.ids().unknownId() : known.get(row % columns.rows()))
        .toList();
  }

  private boolean isUnknown(int row, int place) {
    int combinations = (1 << Math.min(columns.names().size(), 30)) - 1;
    int chosen = 1 + row / EVERY % combinations;
    return row % EVERY == EVERY - 1 && (chosen >> place & 1) == 1;
  }

  @Override
  public InvalidInputException refusal(Input input) {
    return new InvalidInputException("rows of ids for " + columns.names() + " do not fill input "
        + input.name() + "; name a column of ids after every input, or use random rows");
  }
}
