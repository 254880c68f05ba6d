package lapidary.search.movies;

import java.util.List;

/** Who rated what: personal data, in no model file, known only where somebody serves it. Thread-safe. */
@FunctionalInterface
public interface RatedFilms {
  /** Of nobody anything is known. */
  RatedFilms NONE = user -> List.of();

  /** The ratings of a user in the order of the data; none of a user who is not known. */
  List<Rated> of(String user);

  /**
   * One rating.
   *
   * @param item id of the movie
   * @param rating as the user gave it
   */
  record Rated(String item, double rating) {}
}
