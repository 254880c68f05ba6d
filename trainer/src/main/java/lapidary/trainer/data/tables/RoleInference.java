package lapidary.trainer.data.tables;

import java.time.DateTimeException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lapidary.models.ColumnInput;
import lapidary.models.DateInput;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.models.NumberInput;
import org.jspecify.annotations.Nullable;

/**
 * Decides what each column is for, by the training rows alone. In this order: a column with no value or one value is ignored, with a
 * warning, whatever was asked for; a role that was given holds; dates as {@code yyyy-MM-dd} are dates; numbers are continuous if one
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
            ? new ColumnDecision(name, ColumnRole.TARGET, "named", false)
            : decide(name, train.column(name), request.given().get(name)))
        .toList();
  }

  private static ColumnDecision decide(
      String name, List<String> cells, @Nullable ColumnRole given) {
    if (given == ColumnRole.IGNORED) {
      return new ColumnDecision(name, ColumnRole.IGNORED, "named", false);
    }
    Set<String> values = new HashSet<>(cells);
    if (values.size() == 1) {
      String reason = ColumnInput.isMissing(cells.get(0))
          ? "no value in the training rows"
          : "the same value, " + cells.get(0) + ", in every training row";
      return new ColumnDecision(name, ColumnRole.IGNORED, reason, true);
    }
    values.removeIf(ColumnInput::isMissing);
    if (values.isEmpty()) {
      return new ColumnDecision(name, ColumnRole.IGNORED, "no value in the training rows", true);
    }
    return given != null
        ? new ColumnDecision(name, given, "named", false)
        : infer(name, values, cells.size());
  }

  private static ColumnDecision infer(String name, Set<String> values, int rows) {
    if (values.stream().allMatch(RoleInference::isDate)) {
      return new ColumnDecision(name, ColumnRole.DATE, "every value is a date", false);
    }
    if (values.stream().allMatch(RoleInference::isNumber)) {
      boolean whole = values.stream().allMatch(RoleInference::isWhole);
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
  static boolean isContinuous(List<String> cells) {
    Set<String> values = new HashSet<>(cells);
    return values.stream().allMatch(RoleInference::isNumber)
        && (values.size() > FEW || !values.stream().allMatch(RoleInference::isWhole));
  }

  private static boolean isNumber(String cell) {
    try {
      return !Float.isNaN(NumberInput.parse(cell));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isWhole(String cell) {
    return cell.matches("[+-]?\\d+");
  }

  private static boolean isDate(String cell) {
    try {
      return DateInput.isDate(DateInput.parse(cell));
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
