package lapidary.search.movies;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import lapidary.models.InvalidInputException;

/**
 * Which movies a list may have. Immutable.
 *
 * @param genres all of which a movie has, whatever their case; none lets every movie through
 * @param from the first year, inclusive
 * @param to the last year, inclusive; a movie without a year passes only if neither bounds it
 * @param minRatings at least so many training ratings
 * @param without ids of movies to leave out
 */
public record FilmFilter(
    Set<String> genres, int from, int to, int minRatings, Set<String> without) {
  /** Before any film. */
  public static final int FIRST_YEAR = 0;
  /** After any film. */
  public static final int LAST_YEAR = 9999;

  /** Every movie. */
  public static final FilmFilter ALL = new FilmFilter(Set.of(), FIRST_YEAR, LAST_YEAR, 0, Set.of());

  /** Copies the sets, and refuses years the wrong way round. */
  public FilmFilter {
    genres =
        genres.stream().map(genre -> genre.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    without = Set.copyOf(without);
    if (from > to) {
      throw new InvalidInputException(
          "no year is from " + from + " to " + to + "; give the earlier year first");
    }
  }

  /** Movies with at least so many ratings: of others little has been learned. */
  public static FilmFilter ratedAtLeast(int ratings) {
    return new FilmFilter(Set.of(), FIRST_YEAR, LAST_YEAR, ratings, Set.of());
  }

  /** The same, leaving out these movies instead. */
  public FilmFilter leavingOut(Set<String> ids) {
    return new FilmFilter(genres, from, to, minRatings, ids);
  }

  boolean accepts(Film film) {
    return film.item().ratings() >= minRatings
        && !without.contains(film.item().id())
        && inTime(film)
        && hasGenres(film);
  }

  private boolean inTime(Film film) {
    boolean always = from == FIRST_YEAR && to == LAST_YEAR;
    return always
        || film.title().year().filter(year -> from <= year && year <= to).isPresent();
  }

  private boolean hasGenres(Film film) {
    return genres.isEmpty()
        || film.item().genres().stream()
            .map(genre -> genre.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet())
            .containsAll(genres);
  }
}
