package lapidary.cli.train;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import lapidary.trainer.data.tables.ColumnDecision;
import lapidary.trainer.data.tables.ColumnRole;
import lapidary.trainer.data.tables.TableDataset;

/** Shows what each column of a table is used for, and warns of those that are not. Stateless. */
final class RoleTable {
  private RoleTable() {}

  static void print(TableDataset data, PrintWriter err) {
    for (ColumnRole role : ColumnRole.values()) {
      String columns = data.decisions().stream()
          .filter(decision -> decision.role() == role)
          .map(RoleTable::text)
          .collect(Collectors.joining(", "));
      if (!columns.isEmpty()) {
        err.printf(Locale.ROOT, "%-12s %s%n", role.text(), columns);
      }
    }
    data.decisions().stream()
        .filter(ColumnDecision::warning)
        .forEach(decision -> err.printf(
            Locale.ROOT,
            "lapidary: warning: column %s is ignored: %s%n",
            decision.column(),
            decision.reason()));
    err.printf(
        Locale.ROOT,
        "%-12s %,d training, %,d validation%n",
        "rows",
        data.parts().train().rows(),
        data.parts().valid().rows());
    err.flush();
  }

  private static String text(ColumnDecision decision) {
    return decision.reason().equals("named")
        ? decision.column()
        : decision.column() + " (" + decision.reason() + ")";
  }
}
