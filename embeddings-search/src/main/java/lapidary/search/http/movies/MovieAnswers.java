package lapidary.search.http.movies;

import java.util.Comparator;
import java.util.List;
import lapidary.search.movies.Film;
import lapidary.search.movies.MovieService;
import lapidary.search.movies.RatedFilms;
import lapidary.search.movies.ScoredItem;
import lapidary.search.movies.VisitorLists;
import org.jspecify.annotations.Nullable;

/** The JSON answers about movies, documented in the OpenAPI document. */
final class MovieAnswers {
  private MovieAnswers() {}

  /**
   * One movie, with all that a tile shows.
   *
   * @param title as it is published
   * @param name the title as a person says it
   * @param meanRating the mean of its training ratings; 0 if there are none
   * @param score what it was ranked by; absent where nothing was ranked
   */
  record Movie(
      String id,
      String title,
      String name,
      @Nullable Integer year,
      List<String> genres,
      int ratings,
      double meanRating,
      double bias,
      @Nullable Double score) {
    static Movie of(Film film) {
      return of(film, null);
    }

    static Movie of(Film film, @Nullable Double score) {
      return new Movie(
          film.item().id(),
          film.item().title(),
          film.title().name(),
          film.title().year().orElse(null),
          film.item().genres(),
          film.item().ratings(),
          film.item().meanRating(),
          film.bias(),
          score);
    }
  }

  /** Ranked movies, with what is known of them. */
  static List<Movie> movies(MovieService films, List<ScoredItem> ranking) {
    return ranking.stream()
        .map(scored -> Movie.of(films.film(scored.item().id()).orElseThrow(), scored.score()))
        .toList();
  }

  /**
   * Movies that fit a text.
   *
   * @param count all movies that are served
   * @param predicts whether recommendations for known users are answered
   * @param movies the best fit first; the most rated first where nothing was looked for
   */
  record Found(int count, boolean predicts, List<Movie> movies) {}

  /**
   * The answer to a question.
   *
   * @param rankedBy bias, cosine or rating
   * @param knownUser whether the user is known; absent where none was asked about
   * @param movies the best answer first
   */
  record Ranking(String rankedBy, @Nullable Boolean knownUser, List<Movie> movies) {
    static Ranking of(String rankedBy, List<Movie> movies) {
      return new Ranking(rankedBy, null, movies);
    }

    Ranking forUser(boolean known) {
      return new Ranking(rankedBy, known, movies);
    }
  }

  /**
   * One movie in detail.
   *
   * @param place how many movies with at least as many ratings as was asked for have a higher bias, and one more
   * @param among how many movies have that many ratings
   * @param similar the movies most like it, scored by cosine
   */
  record Detail(Movie movie, int place, int among, List<Movie> similar) {}

  /** A genre and how many movies have it. */
  record Genre(String name, int count) {}

  /** The first and the last of something. */
  record Years(int first, int last) {}

  /** The lowest and the highest rating that a person gives. */
  record Scale(double least, double most) {}

  /**
   * What can be asked.
   *
   * @param count all movies that are served
   * @param predicts whether recommendations for known users are answered
   * @param hidesRated whether it is known what users have rated, so that it is left out
   * @param scale absent if there are no lists for new visitors
   * @param genres the most frequent first
   * @param years absent if no movie has a year
   */
  record Facets(
      int count,
      boolean predicts,
      boolean hidesRated,
      @Nullable Scale scale,
      List<Genre> genres,
      @Nullable Years years) {}

  /**
   * All movies as a plot needs them: four lists of one length, the movies in the order of the file.
   *
   * @param ids of the movies
   * @param meanRating of each, 0 without ratings
   * @param bias of each
   * @param ratings of each
   */
  record Plot(List<String> ids, List<Double> meanRating, List<Double> bias, List<Integer> ratings) {
    static Plot of(List<Film> films) {
      return new Plot(
          films.stream().map(film -> film.item().id()).toList(),
          films.stream().map(film -> thousandths(film.item().meanRating())).toList(),
          films.stream().map(film -> thousandths(film.bias())).toList(),
          films.stream().map(film -> film.item().ratings()).toList());
    }

    /** A plot shows no more, and an answer of many films stays short. */
    private static double thousandths(double value) {
      return Math.round(value * 1000) / 1000.;
    }
  }

  /** Movies like one that the visitor liked. */
  record Because(Movie liked, double rating, List<Movie> movies) {
    static Because of(MovieService films, VisitorLists.Because row) {
      return new Because(
          Movie.of(row.liked()), row.rating(), MovieAnswers.movies(films, row.movies()));
    }
  }

  /**
   * The lists of a new visitor.
   *
   * @param ratings how many they are made from
   * @param forYou scored by expected rating
   * @param because scored by cosine
   * @param expected the movies asked about, scored by expected rating
   */
  record Visitor(int ratings, List<Movie> forYou, List<Because> because, List<Movie> expected) {
    static Visitor of(MovieService films, int ratings, VisitorLists lists) {
      return new Visitor(
          ratings,
          MovieAnswers.movies(films, lists.forYou()),
          lists.because().stream().map(row -> Because.of(films, row)).toList(),
          MovieAnswers.movies(films, lists.expected()));
    }
  }

  /**
   * What a known user has rated.
   *
   * @param movies scored by the user's rating, the highest first
   */
  record Rated(String user, List<Movie> movies) {
    static Rated of(MovieService films, String user) {
      return new Rated(
          user,
          films.ratedBy(user).stream()
              .sorted(Comparator.comparingDouble(RatedFilms.Rated::rating).reversed())
              .flatMap(rated ->
                  films.film(rated.item()).stream().map(film -> Movie.of(film, rated.rating())))
              .toList());
    }
  }
}
