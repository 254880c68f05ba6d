package lapidary.cli.train;

import java.util.List;
import java.util.Locale;
import lapidary.models.CellForm;
import lapidary.models.DateOrder;
import lapidary.models.DecimalMark;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How values are written in the cells of a CSV file to learn from; the exported file knows it then. */
final class CellOption {
  @Option(
      names = "--decimal",
      paramLabel = "C",
      description =
          "what is before the fraction of numbers, . or a comma (1234,5 or 1.234,5); default a point.")
  private @Nullable String decimal;

  @Option(
      names = "--missing",
      split = ",",
      paramLabel = "TEXT",
      description =
          "the texts that say that a value is missing, besides an empty cell; default ? - NA na N/A n/a #N/A NAN NaN nan NULL null.")
  private @Nullable List<String> missing;

  @Option(
      names = "--date-order",
      paramLabel = "ORDER",
      description =
          "day or month: which is first in dates like 03/04/2015, where no date of the column tells.")
  private @Nullable String order;

  boolean given() {
    return decimal != null || missing != null || order != null;
  }

  CellForm form() {
    CellForm form = missing == null ? CellForm.USUAL : CellForm.USUAL.withMissing(missing);
    form = decimal == null ? form : form.withDecimal(mark(decimal));
    return order == null ? form : form.withDates(order(order));
  }

  private static DecimalMark mark(String text) {
    return switch (text) {
      case "." -> DecimalMark.POINT;
      case "," -> DecimalMark.COMMA;
      default ->
        throw new InvalidInputException(
            "--decimal \"" + text + "\" is neither . nor a comma; give one of them");
    };
  }

  private static DateOrder order(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "day" -> DateOrder.DAY_FIRST;
      case "month" -> DateOrder.MONTH_FIRST;
      default -> throw NearestName.unknown("order of dates", text, List.of("day", "month"));
    };
  }
}
