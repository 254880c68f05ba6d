package lapidary.cli.train;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import lapidary.models.DateOrder;
import lapidary.models.DecimalMark;
import lapidary.trainer.data.tables.ColumnDecision;
import lapidary.trainer.data.tables.ColumnRole;
import lapidary.trainer.data.tables.TableDataset;
import lapidary.trainer.data.tables.TableForm;

/** Shows how a table was read, what each column is used for and what is learnt, and says what may be amiss. Stateless. */
final class RoleTable {
  private RoleTable() {}

  static void print(TableDataset data, PrintWriter err) {
    line("cells", cells(data.request().form()), err);
    for (ColumnRole role : ColumnRole.values()) {
      String columns = data.decisions().stream()
          .filter(decision -> decision.role() == role)
          .map(decision -> text(decision, data))
          .collect(Collectors.joining(", "));
      if (!columns.isEmpty()) {
        line(role.text(), columns, err);
      }
    }
    data.decisions().stream()
        .filter(ColumnDecision::warning)
        .forEach(decision -> err.printf(
            Locale.ROOT,
            "lapidary: warning: column %s is ignored: %s%n",
            decision.column(),
            decision.reason()));
    data.advice().forEach(sentence -> err.println("lapidary: hint: " + sentence));
    line(
        "rows",
        String.format(
            Locale.ROOT,
            "%,d training, %,d validation",
            data.parts().train().rows(),
            data.parts().valid().rows()),
        err);
    line("task", data.task(), err);
    err.flush();
  }

  private static void line(String what, String text, PrintWriter err) {
    err.printf(Locale.ROOT, "%-12s %s%n", what, text);
  }

  private static String cells(TableForm form) {
    char separator = form.layout().separator().orElseThrow();
    return "separated by " + (separator == '\t' ? "tabs" : separator)
        + (form.cells().decimal() == DecimalMark.COMMA ? ", numbers with decimal commas" : "");
  }

  private static String text(ColumnDecision decision, TableDataset data) {
    DateOrder order = data.parts().train().cells(decision.column()).dates();
    String dates = decision.role() == ColumnRole.DATE ? order(order) : "";
    String reason = (decision.isNamed() ? "" : decision.reason()) + dates;
    return decision.column() + (reason.isEmpty() ? "" : " (" + reason.strip() + ")");
  }

  private static String order(DateOrder order) {
    return order == DateOrder.YEAR_FIRST ? "" : " like " + order.example();
  }
}
