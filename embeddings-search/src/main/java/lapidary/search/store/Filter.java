package lapidary.search.store;

import java.util.List;
import java.util.Set;
import lapidary.models.InvalidInputException;

/** Which items a search may return. Filters compose; all are immutable and thread-safe. */
public sealed interface Filter {
  /** The most conditions of a filter that is taken from others: each costs a look at the index. */
  int MAX_CONDITIONS = 1_000;

  /** What the filter is in the terms of an engine. */
  <T> T translate(Translation<T> translation);

  /** How many conditions it has; nothing to fulfil counts as one. */
  long conditions();

  /**
   * The filter itself.
   *
   * @throws InvalidInputException if it has more than {@value #MAX_CONDITIONS} conditions
   */
  default Filter bounded() {
    long count = conditions();
    if (count > MAX_CONDITIONS) {
      throw new InvalidInputException("the filter has " + count + " conditions; give at most "
          + MAX_CONDITIONS + ", or mark the items by an attribute and filter by that");
    }
    return this;
  }

  /**
   * Builds what an engine understands, from the inside out.
   *
   * @param <T> a filter of the engine
   */
  interface Translation<T> {
    /** See {@link Filter#label}. */
    T label(String label);

    /** See {@link Filter#attribute}. */
    T attribute(String name, AttributeValue.Single value);

    /** See {@link Filter#numbers}. */
    T numbers(String name, double from, double to);

    /** See {@link Filter#moments}. */
    T moments(String name, long from, long to);

    /** See {@link Filter#exists}. */
    T exists(String name);

    /** See {@link Filter#all}. */
    T all(List<T> filters);

    /** See {@link Filter#any}. */
    T any(List<T> filters);

    /** See {@link Filter#not}. */
    T not(T filter);
  }

  /** Every item. */
  static Filter everything() {
    return new All(List.of());
  }

  /** Items of one label. */
  static Filter label(String label) {
    return new Label(label);
  }

  /** Items that have an attribute of exactly this text. */
  static Filter attribute(String name, String text) {
    return attribute(name, AttributeValue.of(text));
  }

  /** Items that have an attribute of exactly this value, or in whose list it is. */
  static Filter attribute(String name, AttributeValue.Single value) {
    return new Attribute(name, value);
  }

  /** Items that have an attribute of one of these values; with none, no item. */
  static Filter among(String name, Set<AttributeValue.Single> values) {
    return new Any(values.stream().map(value -> attribute(name, value)).toList());
  }

  /** Items that have a number in an attribute, both bounds included; see {@link Bounds} for others. */
  static Filter numbers(String name, double from, double to) {
    return new Numbers(name, from, to);
  }

  /**
   * Items that have a date or moment in an attribute, both bounds included; of a date its first moment counts. See {@link Bounds}.
   *
   * @param from in microseconds since 1970 (UTC), as {@code to}
   */
  static Filter moments(String name, long from, long to) {
    return new Moments(name, from, to);
  }

  /** Items that have an attribute, with a value or more. */
  static Filter exists(String name) {
    return new Exists(name);
  }

  /** Items that every one of the filters accepts; with none, every item. */
  static Filter all(Filter... filters) {
    return new All(List.of(filters));
  }

  /** Items that one of the filters or more accepts; with none, no item. */
  static Filter any(Filter... filters) {
    return new Any(List.of(filters));
  }

  /** Items that the filter does not accept. */
  static Filter not(Filter filter) {
    return new Not(filter);
  }

  /**
   * Items of one label.
   *
   * @param label the label
   */
  record Label(String label) implements Filter {
    @Override
    public long conditions() {
      return 1;
    }

    @Override
    public <T> T translate(Translation<T> translation) {
      return translation.label(label);
    }
  }

  /**
   * Items that have an attribute of exactly this value.
   *
   * @param name the attribute's name
   * @param value the attribute's value, or one of its list
   */
  record Attribute(String name, AttributeValue.Single value) implements Filter {
    @Override
    public long conditions() {
      return 1;
    }

    @Override
    public <T> T translate(Translation<T> translation) {
      return translation.attribute(name, value);
    }
  }

  /**
   * Items that have a number in an attribute, from one to another.
   *
   * @param name the attribute's name
   * @param from the lowest
   * @param to the highest
   */
  record Numbers(String name, double from, double to) implements Filter {
    @Override
    public long conditions() {
      return 1;
    }

    @Override
    public <T> T translate(Translation<T> translation) {
      return translation.numbers(name, from, to);
    }
  }

  /**
   * Items that have a date or moment in an attribute, from one to another.
   *
   * @param name the attribute's name
   * @param from the earliest, in microseconds since 1970 (UTC)
   * @param to the latest
   */
  record Moments(String name, long from, long to) implements Filter {
    @Override
    public long conditions() {
      return 1;
    }

    @Override
    public <T> T translate(Translation<T> translation) {
      return translation.moments(name, from, to);
    }
  }

  /**
   * Items that have an attribute.
   *
   * @param name the attribute's name
   */
  record Exists(String name) implements Filter {
    @Override
    public long conditions() {
      return 1;
    }

    @Override
    public <T> T translate(Translation<T> translation) {
      return translation.exists(name);
    }
  }

  private static long conditions(List<Filter> filters) {
    return Math.max(1, filters.stream().mapToLong(Filter::conditions).sum());
  }

  /**
   * Items that every filter accepts.
   *
   * @param filters the filters
   */
  record All(List<Filter> filters) implements Filter {
    /** Copies the list. */
    public All {
      filters = List.copyOf(filters);
    }

    @Override
    public long conditions() {
      return Filter.conditions(filters);
    }

    @Override
    public <T> T translate(Translation<T> translation) {
      return translation.all(
          filters.stream().map(filter -> filter.translate(translation)).toList());
    }
  }

  /**
   * Items that at least one filter accepts.
   *
   * @param filters the filters
   */
  record Any(List<Filter> filters) implements Filter {
    /** Copies the list. */
    public Any {
      filters = List.copyOf(filters);
    }

    @Override
    public long conditions() {
      return Filter.conditions(filters);
    }

    @Override
    public <T> T translate(Translation<T> translation) {
      return translation.any(
          filters.stream().map(filter -> filter.translate(translation)).toList());
    }
  }

  /**
   * Items that the filter does not accept.
   *
   * @param filter the filter
   */
  record Not(Filter filter) implements Filter {
    @Override
    public long conditions() {
      return filter.conditions();
    }

    @Override
    public <T> T translate(Translation<T> translation) {
      return translation.not(filter.translate(translation));
    }
  }
}
