package lapidary.cli.search;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lapidary.models.InvalidInputException;
import lapidary.search.store.Filter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which items may be hits. */
final class FilterOption {
  private static final Pattern CONDITION = Pattern.compile("([^=!]+)(!?=)(.*)", Pattern.DOTALL);

  @Option(names = "--label", paramLabel = "LABEL", description = "Only items of this label.")
  private @Nullable String label;

  @Option(
      names = "--filter",
      arity = "1..*",
      paramLabel = "NAME=VALUE",
      description = {
        "Only items whose label (label=VALUE) or attribute is that, or with != is not;",
        "all that are given have to hold."
      })
  private List<String> conditions = List.of();

  /**
   * All conditions together.
   *
   * @throws InvalidInputException if one is not a condition
   */
  Filter filter() {
    List<Filter> filters = new ArrayList<>();
    if (label != null) {
      filters.add(Filter.label(label));
    }
    conditions.forEach(condition -> filters.add(parse(condition)));
    return filters.size() == 1 ? filters.get(0) : new Filter.All(filters);
  }

  private static Filter parse(String text) {
    Matcher condition = CONDITION.matcher(text);
    if (!condition.matches()) {
      throw new InvalidInputException("\"" + text
          + "\" is not a condition; write NAME=VALUE or NAME!=VALUE, such as label=Coat");
    }
    String name = condition.group(1).strip();
    String value = condition.group(3);
    Filter filter = name.equals("label") ? Filter.label(value) : Filter.attribute(name, value);
    return condition.group(2).equals("=") ? filter : Filter.not(filter);
  }
}
