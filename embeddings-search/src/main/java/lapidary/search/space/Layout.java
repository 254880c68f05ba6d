package lapidary.search.space;

import java.util.List;
import java.util.OptionalDouble;

/** Places before they are quantised, which nobody changes: for {@link Points} alone. */
final class Layout {
  static final int AXES = 3;

  private final List<String> names;
  private final List<OptionalDouble> shares;
  private final float[] at;

  /**
   * Takes over places.
   *
   * @param names of the axes, [{@value #AXES}]
   * @param shares of the variance along each axis, [{@value #AXES}]; empty if that says nothing
   * @param at places, item by item, [items · {@value #AXES}]
   */
  Layout(List<String> names, List<OptionalDouble> shares, float[] at) {
    this.names = List.copyOf(names);
    this.shares = List.copyOf(shares);
    this.at = at;
  }

  List<String> names() {
    return names;
  }

  List<OptionalDouble> shares() {
    return shares;
  }

  /** Not copied. */
  float[] at() {
    return at;
  }
}
