package lapidary.search.store;

import java.util.List;

/** Which items a search may return. Filters compose; all are immutable and thread-safe. */
public sealed interface Filter {
  /** What the filter is in the terms of an engine. */
  <T> T translate(Translation<T> translation);

  /**
   * Builds what an engine understands, from the inside out.
   *
   * @param <T> a filter of the engine
   */
  interface Translation<T> {
    /** See {@link Filter#label}. */
    T label(String label);

    /** See {@link Filter#attribute}. */
    T attribute(String name, String value);

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

  /** Items that have an attribute of exactly this value. */
  static Filter attribute(String name, String value) {
    return new Attribute(name, value);
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
    public <T> T translate(Translation<T> translation) {
      return translation.label(label);
    }
  }

  /**
   * Items that have an attribute of exactly this value.
   *
   * @param name the attribute's name
   * @param value the attribute's value
   */
  record Attribute(String name, String value) implements Filter {
    @Override
    public <T> T translate(Translation<T> translation) {
      return translation.attribute(name, value);
    }
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
    public <T> T translate(Translation<T> translation) {
      return translation.not(filter.translate(translation));
    }
  }
}
