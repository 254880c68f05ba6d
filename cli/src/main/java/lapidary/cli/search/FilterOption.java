package lapidary.cli.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lapidary.models.DecimalNumber;
import lapidary.models.InvalidInputException;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Bounds;
import lapidary.search.store.Filter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which items may be hits. */
final class FilterOption {
  private static final Pattern CONDITION =
      Pattern.compile("([^=!<>]+)(!?=|[<>]=?)(.*)", Pattern.DOTALL);

  private static final Map<String, String> BOUNDS =
      Map.of(">", "gt", ">=", "gte", "<", "lt", "<=", "lte");

  @Option(names = "--label", paramLabel = "LABEL", description = "Only items of this label.")
  private @Nullable String label;

  @Option(
      names = "--filter",
      arity = "1..*",
      paramLabel = "NAME=VALUE",
      description = {
        "Only items whose label (label=VALUE) or attribute is that, or with != is not,",
        "or with <, <=, > or >= lies beyond a number or a date (quote them for the shell);",
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
          + "\" is not a condition; write NAME=VALUE, NAME!=VALUE or NAME>=VALUE, such as"
          + " label=Coat or year>=1990");
    }
    String name = condition.group(1).strip();
    String value = condition.group(3);
    String bound = BOUNDS.get(condition.group(2));
    if (bound != null) {
      AttributeValue.Single number = number(value)
          .map(AttributeValue.Single.class::cast)
          .orElseGet(() -> AttributeValue.of(value.strip()));
      return Bounds.none().with(bound, number).of(name);
    }
    Filter filter = name.equals("label") ? Filter.label(value) : attribute(name, value);
    return condition.group(2).equals("=") ? filter : Filter.not(filter);
  }

  /** On a command line everything is text: what looks like a number or yes and no may be meant as that. */
  private static Filter attribute(String name, String value) {
    Set<AttributeValue.Single> meant = new LinkedHashSet<>();
    meant.add(AttributeValue.of(value));
    number(value).ifPresent(meant::add);
    if (value.equals("true") || value.equals("false")) {
      meant.add(AttributeValue.of(value.equals("true")));
    }
    return meant.size() == 1 ? Filter.attribute(name, value) : Filter.among(name, meant);
  }

  private static Optional<AttributeValue.Real> number(String text) {
    try {
      return Optional.of(AttributeValue.of(DecimalNumber.toDouble(text.strip())));
    } catch (NumberFormatException | InvalidInputException e) {
      return Optional.empty();
    }
  }
}
