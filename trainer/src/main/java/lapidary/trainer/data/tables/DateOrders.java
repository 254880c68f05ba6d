package lapidary.trainer.data.tables;

import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lapidary.models.CellForm;
import lapidary.models.DateOrder;
import lapidary.models.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the order in which each column writes its dates, by all of its cells: a first or second number above 12 is a day. Dots are
 * written with the day first. Where nothing tells, the table's own order holds, and without one the column is refused. Stateless.
 */
final class DateOrders {
  private DateOrders() {}

  /**
   * The table with the order of each of its columns of dates.
   *
   * @throws InvalidInputException if nothing tells the day from the month
   */
  static Table settle(Table table, RoleRequest roles) {
    Table settled = table;
    for (String name : table.names()) {
      Optional<DateOrder> order = order(table, name, roles);
      if (order.isPresent()) {
        settled = settled.writtenAs(name, table.cells(name).withDates(order.get()));
      }
    }
    return settled;
  }

  private static Optional<DateOrder> order(Table table, String name, RoleRequest roles) {
    @Nullable ColumnRole role = roles.given().get(name);
    if (name.equals(roles.target()) || (role != null && role != ColumnRole.DATE)) {
      return Optional.empty();
    }
    CellForm form = table.cells(name);
    List<String> cells = table.column(name).stream()
        .filter(cell -> !form.isMissing(cell))
        .distinct()
        .toList();
    List<DateOrder> read = role == null
        ? Arrays.stream(DateOrder.values())
            .filter(order -> readsAll(order, cells))
            .toList()
        : best(cells);
    // One date alone varies in nothing, so that its column is not learned from.
    if (cells.size() < 2 || read.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        read.get(0) == DateOrder.YEAR_FIRST || read.size() == 1
            ? read.get(0)
            : either(table, name, form.dates(), cells));
  }

  private static boolean readsAll(DateOrder order, List<String> cells) {
    return cells.stream().allMatch(cell -> reads(order, cell));
  }

  /** The orders that read most cells of a column that is said to be of dates; what they do not read is found later. */
  private static List<DateOrder> best(List<String> cells) {
    List<DateOrder> orders = List.of(DateOrder.values());
    long most = orders.stream().mapToLong(order -> readBy(order, cells)).max().orElse(0);
    return orders.stream().filter(order -> readBy(order, cells) == most).toList();
  }

  private static long readBy(DateOrder order, List<String> cells) {
    return cells.stream().filter(cell -> reads(order, cell)).count();
  }

  private static boolean reads(DateOrder order, String cell) {
    try {
      order.parse(cell);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static DateOrder either(Table table, String name, DateOrder told, List<String> cells) {
    if (told != DateOrder.YEAR_FIRST) {
      return told;
    }
    if (cells.stream().anyMatch(cell -> cell.indexOf('.') == 1 || cell.indexOf('.') == 2)) {
      return DateOrder.DAY_FIRST;
    }
    throw new InvalidInputException(table.source() + ", column " + name
        + ": no date tells whether the day or the month is first, as in " + cells.get(0)
        + "; say so with --date-order day or --date-order month");
  }
}
