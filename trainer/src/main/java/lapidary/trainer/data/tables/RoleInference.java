package lapidary.trainer.data.tables;

import java.time.DateTimeException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lapidary.models.CellForm;
import lapidary.models.DateInput;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import org.jspecify.annotations.Nullable;

/**
 * Decides what each column is for, by the training rows alone. In this order: a column with no value or one value is ignored, with a
 * warning, whatever was asked for; a role that was given holds; dates are dates; numbers are continuous if one
 * has a fraction or more than {@value #FEW} values differ, otherwise categories; text that differs in more than half of the rows is
 * an id and ignored, with a warning; other text is a category. Stateless.
 */
public final class RoleInference {
  /** Whole numbers of at most so many different values are taken for categories. */
  public static final int FEW = 20;

  private RoleInference() {}

  /**
   * The role of every column, in the order of the table.
   *
   * @throws InvalidInputException if a column that was named is not there
   */
  public static List<ColumnDecision> decide(Table train, RoleRequest request) {
    requireColumn(train, request.target());
    request.given().keySet().forEach(name -> requireColumn(train, name));
    return train.names().stream()
        .map(name -> name.equals(request.target())
            ? ColumnDecision.named(name, ColumnRole.TARGET)
            : decide(train, name, request.given().get(name)))
        .toList();
  }

  private static ColumnDecision decide(Table train, String name, @Nullable ColumnRole given) {
    List<String> cells = train.column(name);
    CellForm form = train.cells(name);
    if (given == ColumnRole.IGNORED) {
      return ColumnDecision.named(name, ColumnRole.IGNORED);
    }
    Set<String> values = new HashSet<>(cells);
    if (values.size() == 1) {
      String reason = form.isMissing(cells.get(0))
          ? "no value in the training rows"
          : "the same value, " + cells.get(0) + ", in every training row";
      return new ColumnDecision(name, ColumnRole.IGNORED, reason, true);
    }
    values.removeIf(form::isMissing);
    if (values.isEmpty()) {
      return new ColumnDecision(name, ColumnRole.IGNORED, "no value in the training rows", true);
    }
    return given != null
        ? ColumnDecision.named(name, given)
        : infer(name, form, values, cells.size());
  }

  private static ColumnDecision infer(String name, CellForm form, Set<String> values, int rows) {
    if (values.stream().allMatch(cell -> isDate(form, cell))) {
      return new ColumnDecision(name, ColumnRole.DATE, "every value is a date", false);
    }
    if (areNumbers(form, values)) {
      boolean whole = values.stream().allMatch(cell -> isWhole(form, cell));
      return whole && values.size() <= FEW
          ? new ColumnDecision(
              name, ColumnRole.CATEGORICAL, values.size() + " whole numbers", false)
          : new ColumnDecision(
              name, ColumnRole.CONTINUOUS, values.size() + " different numbers", false);
    }
    return values.size() > FEW && values.size() > rows / 2
        ? new ColumnDecision(
            name, ColumnRole.IGNORED, values.size() + " texts, most of them once", true)
        : new ColumnDecision(name, ColumnRole.CATEGORICAL, values.size() + " texts", false);
  }

  /** Whether a column of numbers is one to measure by, not to classify: the rule for features holds for targets too. */
  static boolean isContinuous(Table table, String name) {
    Set<String> values = new HashSet<>(table.column(name));
    CellForm form = table.cells(name);
    return areNumbers(form, values)
        && (values.size() > FEW || !values.stream().allMatch(cell -> isWhole(form, cell)));
  }

  /** Whether all cells are numbers, and none is missing. */
  static boolean areNumbers(CellForm form, Collection<String> cells) {
    return cells.stream().allMatch(cell -> isNumber(form, cell));
  }

  static boolean isNumber(CellForm form, String cell) {
    try {
      return !Float.isNaN(form.number(cell));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Whether a number has neither fraction nor exponent. */
  private static boolean isWhole(CellForm form, String cell) {
    return cell.chars().noneMatch(c -> c == form.decimal().character() || c == 'e' || c == 'E');
  }

  private static boolean isDate(CellForm form, String cell) {
    try {
      return DateInput.isDate(form.day(cell));
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static void requireColumn(Table table, String name) {
    if (!table.names().contains(name)) {
      throw new InvalidInputException(table.source() + ": "
          + NearestName.unknown("column", name, table.names()).getMessage());
    }
  }
}
