package lapidary.search.movies;

import lapidary.models.Catalogue;

/**
 * A movie and what the recommender says of it alone.
 *
 * @param item id, title as published, genres and ratings
 * @param title the title as a person says it
 * @param bias how much more it is liked than its factors tell
 */
public record Film(Catalogue.Item item, FilmTitle title, double bias) {
  static Film of(Catalogue.Item item, double bias) {
    return new Film(item, FilmTitle.of(item.title()), bias);
  }
}
