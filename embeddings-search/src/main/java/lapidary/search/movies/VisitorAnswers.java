package lapidary.search.movies;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lapidary.models.InvalidInputException;

/** Makes the lists of a new visitor. Immutable, thread-safe. */
final class VisitorAnswers {
  private static final int ROWS = 3;

  /** From this share of the range on a rating says that somebody liked a film: 4 of .5 to 5. */
  private static final double LIKED = .75;

  private final MovieCatalogue films;
  private final Visitors visitors;

  VisitorAnswers(MovieCatalogue films) {
    this.films = films;
    this.visitors = films
        .visitors()
        .orElseThrow(() -> new InvalidInputException(
            "the item file does not say the range of its ratings, so nothing is predicted for new"
                + " users; export a collab model again"));
  }

  VisitorLists of(Visit visit) {
    Map<Integer, Double> ratings = new LinkedHashMap<>();
    visit.ratings().forEach((id, rating) -> ratings.put(row(id), rating));
    float[] expected = visitors.expected(ratings);
    Set<String> without = new HashSet<>(visit.filter().without());
    without.addAll(visit.ratings().keySet());
    FilmFilter filter = visit.filter().leavingOut(without);
    return new VisitorLists(
        films.ranked(expected, visit.count(), filter),
        because(visit, filter),
        visit.about().stream()
            .map(id -> new ScoredItem(film(id).item(), expected[row(id)]))
            .toList());
  }

  private List<VisitorLists.Because> because(Visit visit, FilmFilter filter) {
    RatingScale scale = visitors.scale();
    double liked = scale.least() + LIKED * (scale.most() - scale.least());
    List<VisitorLists.Because> rows = new ArrayList<>();
    visit.ratings().forEach((id, rating) -> {
      if (rating >= liked) {
        rows.add(
            0,
            new VisitorLists.Because(film(id), rating, films.similar(id, visit.count(), filter)));
      }
    });
    return rows.subList(0, Math.min(ROWS, rows.size()));
  }

  private int row(String id) {
    return films
        .row(id)
        .orElseThrow(() -> new InvalidInputException(
            "no movie has the id " + id + "; ask /v1/movies for those there are"));
  }

  private Film film(String id) {
    return films.films().get(row(id));
  }
}
