package lapidary.exporter;

import ai.djl.ndarray.types.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lapidary.exporter.graph.Attribute;
import lapidary.exporter.graph.ElementTypes;
import lapidary.exporter.graph.OnnxGraph;
import lapidary.exporter.graph.TensorData;
import lapidary.models.DatePart;

/**
 * Writes the parts of a date of the proleptic Gregorian calendar as nodes over whole numbers, from the days since 1970-01-01. Years
 * are counted from March, so that the leap day is the last (Hinnant 2013, "chrono-compatible low-level date algorithms"). For days of
 * the years 1 to 9999, which keeps every dividend positive: ONNX rounds quotients of integers towards 0. What several parts need is
 * written once.
 */
final class CalendarNodes {
  /** From 0000-03-01 to 1970-01-01. */
  private static final long SHIFT = 719_468;

  private static final long ERA = 146_097;

  private final OnnxGraph graph;
  private final String place;
  private final Map<List<String>, String> written = new HashMap<>();

  CalendarNodes(OnnxGraph graph, String place) {
    this.graph = graph;
    this.place = place;
  }

  /** A part of the date, int64 of the same shape; flags are 0 or 1. */
  String part(DatePart part, String day) {
    return switch (part) {
      case YEAR -> year(day);
      case MONTH -> month(day);
      case WEEK -> week(day);
      case DAY -> dayOfMonth(day);
      case DAY_OF_WEEK -> dayOfWeek(day);
      case DAY_OF_YEAR -> dayOfYear(day);
      case MONTH_START -> flag(isFirst(day));
      case MONTH_END -> flag(isFirst(next(day)));
      case QUARTER_START -> flag(and(isFirst(day), opensQuarter(day)));
      case QUARTER_END -> flag(and(isFirst(next(day)), opensQuarter(next(day))));
      case YEAR_START -> flag(equal(dayOfYear(day), constant(1)));
      case YEAR_END -> flag(equal(dayOfYear(next(day)), constant(1)));
    };
  }

  private String era(String day) {
    return div(add(day, SHIFT), ERA);
  }

  private String dayOfEra(String day) {
    return apply("Sub", add(day, SHIFT), mul(era(day), ERA));
  }

  private String yearOfEra(String day) {
    String doe = dayOfEra(day);
    String withoutLeapDays = apply("Sub", doe, div(doe, 1460));
    String corrected = apply("Add", withoutLeapDays, div(doe, 36_524));
    return div(apply("Sub", corrected, div(doe, 146_096)), 365);
  }

  /** Days since the last first of March. */
  private String dayFromMarch(String day) {
    String yoe = yearOfEra(day);
    String leaps = apply("Sub", div(yoe, 4), div(yoe, 100));
    return apply("Sub", dayOfEra(day), apply("Add", mul(yoe, 365), leaps));
  }

  /** Months since the last March. */
  private String monthFromMarch(String day) {
    return div(add(mul(dayFromMarch(day), 5), 2), 153);
  }

  private String dayOfMonth(String day) {
    String before = div(add(mul(monthFromMarch(day), 153), 2), 5);
    return add(apply("Sub", dayFromMarch(day), before), 1);
  }

  private String month(String day) {
    return add(mod(add(monthFromMarch(day), 2), 12), 1);
  }

  private String year(String day) {
    String afterDecember = div(monthFromMarch(day), 10);
    return apply("Add", apply("Add", yearOfEra(day), mul(era(day), 400)), afterDecember);
  }

  /** 306 days are from March to December; in a leap year January and February have 60. */
  private String dayOfYear(String day) {
    String fromMarch = dayFromMarch(day);
    String early = add(fromMarch, -305);
    String late = apply("Add", add(fromMarch, 60), leap(year(day)));
    return where(apply("Less", DataType.BOOLEAN, fromMarch, constant(306)), late, early);
  }

  private String leap(String year) {
    String fourth = flag(equal(mod(year, 4), constant(0)));
    String hundredth = flag(equal(mod(year, 100), constant(0)));
    String fourHundredth = flag(equal(mod(year, 400), constant(0)));
    return apply("Add", apply("Sub", fourth, hundredth), fourHundredth);
  }

  /** 1970-01-01 was a Thursday. */
  private String dayOfWeek(String day) {
    return add(mod(add(day, SHIFT + 2), 7), 1);
  }

  /** A week has the number of the year its Thursday is in. */
  private String week(String day) {
    String thursday = add(apply("Sub", day, dayOfWeek(day)), 4);
    return add(div(add(dayOfYear(thursday), -1), 7), 1);
  }

  private String isFirst(String day) {
    return equal(dayOfMonth(day), constant(1));
  }

  private String opensQuarter(String day) {
    return equal(mod(month(day), 3), constant(1));
  }

  private String next(String day) {
    return add(day, 1);
  }

  /** Whether a number is one of {@code first} to {@code last}, bool. */
  String isBetween(String value, long first, long last) {
    return and(
        apply("Greater", DataType.BOOLEAN, value, constant(first - 1)),
        apply("Less", DataType.BOOLEAN, value, constant(last + 1)));
  }

  /** {@code yes} where {@code condition} holds, else {@code no}. */
  String where(String condition, String yes, String no) {
    return apply("Where", DataType.INT64, condition, yes, no);
  }

  /** An int64 scalar. */
  String constant(long number) {
    return graph.initializer("number", TensorData.of(number, DataType.INT64));
  }

  private String flag(String condition) {
    return written.computeIfAbsent(
        List.of("Cast", condition),
        key -> graph.apply(
            "Cast",
            place,
            DataType.INT64,
            Attribute.only("to", ElementTypes.code(DataType.INT64)),
            List.of(condition)));
  }

  private String add(String value, long number) {
    return apply("Add", value, constant(number));
  }

  private String mul(String value, long number) {
    return apply("Mul", value, constant(number));
  }

  private String div(String value, long number) {
    return apply("Div", value, constant(number));
  }

  private String mod(String value, long number) {
    return apply("Mod", value, constant(number));
  }

  private String equal(String a, String b) {
    return apply("Equal", DataType.BOOLEAN, a, b);
  }

  private String and(String a, String b) {
    return apply("And", DataType.BOOLEAN, a, b);
  }

  private String apply(String operator, String a, String b) {
    return apply(operator, DataType.INT64, a, b);
  }

  private String apply(String operator, DataType type, String... from) {
    List<String> key = new java.util.ArrayList<>(List.of(from));
    key.add(0, operator);
    String known = written.get(key);
    if (known == null) {
      known = graph.apply(operator, place, type, from);
      written.put(key, known);
    }
    return known;
  }
}
