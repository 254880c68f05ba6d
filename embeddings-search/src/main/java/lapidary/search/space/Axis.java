package lapidary.search.space;

import java.util.OptionalDouble;

/**
 * An axis in space. Immutable.
 *
 * @param name such as {@code PC 1}
 * @param share of the variance along it, 0..1; empty if that says nothing
 * @param least the place that is quantised as 0
 * @param most the place that is quantised as 65,535; not below {@code least}
 */
public record Axis(String name, OptionalDouble share, float least, float most) {}
