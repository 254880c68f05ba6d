package lapidary.search.projector;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.search.space.Colouring;
import lapidary.search.space.Points;

/**
 * What a page shows. Immutable.
 *
 * @param title what the points are
 * @param total how many there are, shown or not
 * @param points where those shown are
 * @param colourings what they may be coloured by, by its name; the first is shown first
 * @param told what is said of each point
 * @param pictures of points, if there are any
 */
record PageContent(
    String title,
    int total,
    Points points,
    Map<String, Colouring> colourings,
    List<Told> told,
    Optional<Pictures> pictures) {
  /**
   * What is said of a point.
   *
   * @param title what it is called
   * @param lines further lines
   */
  record Told(String title, List<String> lines) {}

  /**
   * Pictures of points.
   *
   * @param sheet all of them
   * @param of the points that they are of
   */
  record Pictures(ThumbnailSheet sheet, List<Integer> of) {}
}
