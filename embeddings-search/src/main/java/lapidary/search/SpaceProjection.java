package lapidary.search;

import java.util.List;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;
import lapidary.search.store.Item;

/**
 * A collection's vectors along their first three principal components, to be drawn.
 *
 * @param explainedVariance the share of the variance along each axis, falling, [3]
 * @param points items in the order of adding
 */
public record SpaceProjection(List<Double> explainedVariance, List<Point> points) {
  private static final int AXES = 3;

  /**
   * One item.
   *
   * @param id the item's id
   * @param label its label
   * @param at its place, [3]
   */
  public record Point(String id, String label, List<Float> at) {
    /** Copies the place. */
    public Point {
      at = List.copyOf(at);
    }
  }

  /** Copies the lists. */
  public SpaceProjection {
    explainedVariance = List.copyOf(explainedVariance);
    points = List.copyOf(points);
  }

  /**
   * Fits three components to some items.
   *
   * @param vectors one an item, [items, dimensions]
   * @throws InvalidInputException if there are too few items or dimensions for three axes
   */
  static SpaceProjection of(List<Item> items, float[][] vectors) {
    if (items.size() <= AXES || vectors[0].length < AXES) {
      throw new InvalidInputException("a picture in space needs at least " + (AXES + 1)
          + " items of " + AXES + " dimensions; the collection has " + items.size());
    }
    Pca pca = Pca.fit(vectors, PcaOptions.keeping(AXES));
    float[][] places = pca.project(vectors);
    return new SpaceProjection(
        java.util.Arrays.stream(pca.explainedVarianceRatio()).boxed().toList(),
        IntStream.range(0, places.length)
            .mapToObj(i -> new Point(
                items.get(i).id(),
                items.get(i).label(),
                List.of(places[i][0], places[i][1], places[i][2])))
            .toList());
  }
}
