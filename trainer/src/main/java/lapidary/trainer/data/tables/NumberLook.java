package lapidary.trainer.data.tables;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import lapidary.models.CellForm;
import lapidary.models.DecimalMark;

/** Texts that look like numbers of another form than the table's. Stateless. */
final class NumberLook {
  /** So many of the different values are enough, since a few may be slips. */
  private static final double MOST = 0.9;

  private static final Pattern COMMA_BEFORE_THREE = Pattern.compile("[+-]?[1-9]\\d{0,2},\\d{3}");
  private static final Pattern THOUSANDS =
      Pattern.compile("[+-]?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d+)?");

  private NumberLook() {}

  /** What the cells look like and what to do about it, as {@code looks like …; give …}; empty if they do not. */
  static Optional<String> of(CellForm form, Collection<String> cells) {
    List<String> present =
        cells.stream().distinct().filter(cell -> !form.isMissing(cell)).toList();
    char mark = form.decimal().other().character();
    List<String> marked =
        present.stream().filter(cell -> cell.indexOf(mark) >= 0).toList();
    if (marked.isEmpty()) {
      return Optional.empty();
    }
    CellForm other = form.withDecimal(form.decimal().other());
    boolean read = mostly(present, cell -> RoleInference.isNumber(other, cell));
    if (form.decimal() == DecimalMark.COMMA) {
      return read ? Optional.of(points(marked.get(0))) : Optional.empty();
    }
    return read ? Optional.of(commas(marked)) : thousands(form, present);
  }

  /** Whether most of the different cells that are not missing are numbers. */
  static boolean isMostlyNumbers(CellForm form, Collection<String> cells) {
    return mostly(cells.stream().distinct().toList(), cell -> RoleInference.isNumber(form, cell));
  }

  private static boolean mostly(List<String> cells, Predicate<String> holds) {
    return !cells.isEmpty() && cells.stream().filter(holds).count() >= MOST * cells.size();
  }

  private static String points(String example) {
    return "looks like numbers with decimal points, such as " + example
        + ", which --decimal , does not read; write them with commas";
  }

  private static String commas(List<String> marked) {
    Optional<String> decimal = marked.stream()
        .filter(cell -> !COMMA_BEFORE_THREE.matcher(cell).matches())
        .findFirst();
    return decimal
        .map(cell -> "looks like numbers with decimal commas, such as " + cell
            + "; give --decimal , to read it so, with dots between thousands if there are any")
        .orElse("looks like numbers such as " + marked.get(0)
            + "; give --decimal , if the comma is before a fraction, or write them without it if"
            + " it is between thousands");
  }

  private static Optional<String> thousands(CellForm form, List<String> present) {
    return mostly(
            present,
            cell -> THOUSANDS.matcher(cell).matches() || RoleInference.isNumber(form, cell))
        ? present.stream()
            .filter(cell -> THOUSANDS.matcher(cell).matches())
            .findFirst()
            .map(cell -> "looks like numbers with commas between thousands, such as " + cell
                + "; write them without")
        : Optional.empty();
  }
}
