package lapidary.cli.train;

import java.util.Optional;
import lapidary.models.DecimalNumber;
import lapidary.models.InvalidInputException;
import lapidary.models.Range;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The range of predicted numbers. */
final class RangeOption {
  @Option(
      names = "--y-range",
      paramLabel = "LOW,HIGH",
      description = "The range that answers are kept in, such as 0,5.5.")
  private @Nullable String range;

  Optional<Range> range() {
    return Optional.ofNullable(range).map(RangeOption::parse);
  }

  private static Range parse(String range) {
    String[] ends = range.split(",", -1);
    try {
      if (ends.length == 2) {
        return new Range(
            DecimalNumber.toDouble(ends[0].strip()), DecimalNumber.toDouble(ends[1].strip()));
      }
    } catch (NumberFormatException e) {
      throw new InvalidInputException(refusal(range), e);
    }
    throw new InvalidInputException(refusal(range));
  }

  private static String refusal(String range) {
    return "--y-range " + range + " is not a range; give two numbers such as 0,5.5";
  }
}
