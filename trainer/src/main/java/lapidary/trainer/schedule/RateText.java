package lapidary.trainer.schedule;

import java.util.regex.Pattern;
import lapidary.models.DecimalNumber;
import lapidary.models.InvalidInputException;

/** How learning rates are written. */
final class RateText {
  static final Pattern SLICE = Pattern.compile("slice\\(([^,()]+)(?:,([^,()]+))?\\)");

  private RateText() {}

  /** Two rates with a comma between are a slice. */
  static String spelledOut(String text) {
    return text.indexOf(',') < 0 || text.startsWith("slice(") ? text : "slice(" + text + ")";
  }

  static double number(String number, String whole) {
    try {
      return DecimalNumber.toDouble(number.strip());
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "learning rate \"" + whole + "\"; give a number such as 1e-3, slice(1e-3) or"
              + " slice(1e-5,1e-3)",
          e);
    }
  }
}
