package lapidary.cli.movies;

import lapidary.models.InvalidInputException;
import lapidary.search.movies.MovieCatalogue;
import picocli.CommandLine.Option;

/** How many items a ranking shows, and which may be in it. */
final class RankingOption {
  @Option(
      names = {"-k", "--top"},
      defaultValue = "10",
      paramLabel = "K",
      description = "Items shown; default ${DEFAULT-VALUE}.")
  private int top;

  @Option(
      names = "--min-ratings",
      defaultValue = "0",
      paramLabel = "N",
      description = "Only items with at least N training ratings; default ${DEFAULT-VALUE}.")
  private int minRatings;

  int top() {
    if (top < 1) {
      throw new InvalidInputException("--top " + top + " is below 1; ask for at least one item");
    }
    return top;
  }

  /** The bound, once it is known that some item reaches it: a file may come without counts. */
  int minRatings(MovieCatalogue films) {
    int most = films.mostRated(1).get(0).ratings();
    if (minRatings > most) {
      throw new InvalidInputException("no item has " + minRatings + " ratings, the most rated has "
          + most + "; give a lower --min-ratings");
    }
    return minRatings;
  }
}
