package lapidary.search.movies;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lapidary.models.Catalogue;
import lapidary.models.IdVocabulary;
import lapidary.models.InvalidInputException;
import lapidary.runtime.ItemFactors;
import lapidary.runtime.RatingPredictor;
import lapidary.runtime.device.Device;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;
import lapidary.search.pca.RowSource;
import lapidary.search.store.Population;

/**
 * Movies and what a recommender has learned of them, read from its item file: the best and the worst by bias, those similar to one by
 * the cosine of PCA-reduced, centred embeddings, and those to recommend. Who has seen what is personal data and in no model file:
 * the caller gives it. Immutable, thread-safe.
 *
 * <pre>{@code
 * MovieCatalogue films = MovieCatalogue.open(Path.of("items.onnx"), Device.cpu(1));
 * List<ScoredItem> best = films.best(15, 20);
 * List<ScoredItem> like = films.similar("godfather", 10, 20);
 * try (RatingPredictor predictor = RatingPredictor.open(Path.of("ratings.onnx"), Device.cpu(1))) {
 *   List<ScoredItem> next = films.recommend(predictor, "42", Set.of("127", "50"), 10, 20);
 * }
 * List<ScoredItem> forAStranger = films.recommendNew(10, 20);
 * }</pre>
 */
public final class MovieCatalogue {
  /** How many principal components similarity keeps, of embeddings that have as many. */
  public static final int COMPONENTS = 20;

  private final List<Catalogue.Item> items;
  private final List<Film> films;
  private final float[][] embeddings;
  private final TitleIndex titles;
  private final TitleSearch search;
  private final Optional<Visitors> visitors;
  private final Pca pca;
  private final ItemSpace reduced;

  private MovieCatalogue(
      List<Film> films, float[][] embeddings, Optional<RatingScale> scale, int components) {
    this.films = films;
    this.items = films.stream().map(Film::item).toList();
    this.embeddings = embeddings;
    this.titles = new TitleIndex(items);
    this.search = new TitleSearch(films);
    this.visitors = scale.map(range -> new Visitors(films, embeddings, range));
    this.pca = Pca.fit(embeddings, PcaOptions.keeping(components));
    this.reduced = ItemSpace.of(pca.project(embeddings));
  }

  /**
   * Reads an item file and closes it again.
   *
   * @throws InvalidInputException if it is another file
   */
  public static MovieCatalogue open(Path items, Device device) {
    return of(ItemFactors.read(items, device));
  }

  /** The movies of an item file. Without a catalogue in the file, titles are ids and no rating is counted. */
  public static MovieCatalogue of(ItemFactors factors) {
    Catalogue known = factors.catalogue().orElse(Catalogue.EMPTY);
    List<Catalogue.Item> items = factors.ids().ids().stream()
        .map(id -> known.get(id).orElse(Catalogue.Item.of(id, id, List.of())))
        .toList();
    Optional<RatingScale> scale =
        factors.recommender().map(collab -> new RatingScale(collab.low(), collab.high()));
    return of(items, factors.embeddings(), factors.biases(), scale);
  }

  /**
   * Movies with an embedding and a bias each.
   *
   * @param items at least two, of different ids
   * @param embeddings [items][factors]
   * @param biases [items]
   * @throws InvalidInputException if there is not one of each for every movie
   */
  public static MovieCatalogue of(
      List<Catalogue.Item> items, float[][] embeddings, float[] biases) {
    return of(items, embeddings, biases, Optional.empty());
  }

  /**
   * The same, with predictions for new users.
   *
   * @param scale the range of predicted ratings; without it there are none
   */
  public static MovieCatalogue of(
      List<Catalogue.Item> items,
      float[][] embeddings,
      float[] biases,
      Optional<RatingScale> scale) {
    int count = items.size();
    if (count < 2 || embeddings.length != count || biases.length != count) {
      throw new InvalidInputException(count + " items with " + embeddings.length
          + " embeddings and " + biases.length
          + " biases make no catalogue; give at least two items with one of each");
    }
    IdVocabulary.inRowOrder(items.stream().map(Catalogue.Item::id).toList());
    float[][] copy = Arrays.stream(embeddings).map(float[]::clone).toArray(float[][]::new);
    List<Film> films = IntStream.range(0, count)
        .mapToObj(row -> Film.of(items.get(row), biases[row]))
        .toList();
    int most = Math.min(count, copy[0].length);
    return new MovieCatalogue(films, copy, scale, Math.min(COMPONENTS, most));
  }

  /** The same movies, similar by so many principal components. */
  public MovieCatalogue reducedTo(int components) {
    return new MovieCatalogue(films, embeddings, visitors.map(Visitors::scale), components);
  }

  /** Every movie, in the order of the file. */
  public List<Catalogue.Item> items() {
    return items;
  }

  /** All movies by their whole embeddings, in the order of the file. */
  public Population population() {
    float[] biases = new float[films.size()];
    for (int row = 0; row < biases.length; row++) {
      biases[row] = (float) films.get(row).bias();
    }
    return new MoviePopulation(items, RowSource.of(embeddings), biases);
  }

  /** The principal components that similarity uses, fitted to all films. */
  public Pca pca() {
    return pca;
  }

  /** The place of a movie in the principal components, [components]. */
  public float[] position(Catalogue.Item item) {
    return pca.project(embeddings[titles.row(item.id()).orElseThrow()]);
  }

  /** Every movie with its bias, in the order of the file. */
  public List<Film> films() {
    return films;
  }

  /** The movie of an id. */
  public Optional<Film> film(String id) {
    return titles.row(id).map(films::get);
  }

  /** Predictions for new users, if the file says the range of ratings. */
  public Optional<Visitors> visitors() {
    return visitors;
  }

  /** The {@code n} movies of highest bias, of at least {@code minRatings} ratings. */
  public List<ScoredItem> best(int n, int minRatings) {
    return best(n, FilmFilter.ratedAtLeast(minRatings));
  }

  /** The {@code n} movies of highest bias that pass a filter. */
  public List<ScoredItem> best(int n, FilmFilter filter) {
    return top(n, filter, row -> films.get(row).bias());
  }

  /** The {@code n} movies of lowest bias, the lowest first, of at least {@code minRatings} ratings. */
  public List<ScoredItem> worst(int n, int minRatings) {
    return worst(n, FilmFilter.ratedAtLeast(minRatings));
  }

  /** The {@code n} movies of lowest bias that pass a filter, the lowest first. */
  public List<ScoredItem> worst(int n, FilmFilter filter) {
    return top(n, filter, row -> -films.get(row).bias()).stream()
        .map(worst -> new ScoredItem(worst.item(), -worst.score()))
        .toList();
  }

  /**
   * Movies as somebody types, the best fit first: every word fits a word of the title, whole, in part or with a typing error, or is
   * its year. Titles may be turned round. Of nothing that is typed the most rated.
   */
  public List<Film> search(String text, FilmFilter filter, int limit) {
    return search.find(text, filter, limit);
  }

  /**
   * Movies that fit what a person typed: the one of this id, else those of this title, else those whose titles hold the words.
   * Case, accents, punctuation and articles do not count; a year in brackets may be left out. Most rated first.
   */
  public List<Catalogue.Item> find(String idOrTitle) {
    return titles.find(idOrTitle).stream().map(items::get).toList();
  }

  /**
   * The one movie that fits; see {@link #find}.
   *
   * @throws InvalidInputException if several fit, naming them with their ids, or none, naming those spelt most alike
   */
  public Catalogue.Item get(String idOrTitle) {
    return items.get(titles.require(idOrTitle));
  }

  /**
   * The {@code n} movies most like one, by the cosine of reduced embeddings; itself left out.
   *
   * @param minRatings leaves out movies that are little known: their embeddings have learned little
   * @throws InvalidInputException as {@link #get} does
   */
  public List<ScoredItem> similar(String idOrTitle, int n, int minRatings) {
    return similar(idOrTitle, n, FilmFilter.ratedAtLeast(minRatings));
  }

  /** The same among movies that pass a filter. */
  public List<ScoredItem> similar(String idOrTitle, int n, FilmFilter filter) {
    int row = titles.require(idOrTitle);
    Set<String> without = new HashSet<>(filter.without());
    without.add(items.get(row).id());
    return top(n, filter.leavingOut(without), other -> reduced.cosine(row, other));
  }

  /**
   * The {@code n} movies that the user is predicted to rate highest, those seen left out. A user whom the file does not know is
   * predicted for as an average one.
   *
   * @param predictor the rating file of the same recommender
   * @param seen ids of movies to leave out
   * @throws InvalidInputException if the predictor knows other movies
   */
  public List<ScoredItem> recommend(
      RatingPredictor predictor, String user, Set<String> seen, int n, int minRatings) {
    return recommend(predictor, user, n, FilmFilter.ratedAtLeast(minRatings).leavingOut(seen));
  }

  /** The same among movies that pass a filter. */
  public List<ScoredItem> recommend(
      RatingPredictor predictor, String user, int n, FilmFilter filter) {
    List<String> ids = items.stream().map(Catalogue.Item::id).toList();
    if (!predictor.items().ids().equals(ids)) {
      throw new InvalidInputException(
          "the rating file knows other items than the item file; give two files of one export");
    }
    return ranked(predictor.predictItems(user), n, filter);
  }

  /**
   * The {@code n} movies of highest rating that pass a filter.
   *
   * @param ratings one for every movie
   */
  List<ScoredItem> ranked(float[] ratings, int n, FilmFilter filter) {
    return top(n, filter, row -> ratings[row]);
  }

  /** The place of a movie among all. */
  Optional<Integer> row(String id) {
    return titles.row(id);
  }

  /** The {@code n} movies for a user of whom nothing is known: those of highest bias. */
  public List<ScoredItem> recommendNew(int n, int minRatings) {
    return best(n, minRatings);
  }

  /**
   * How much of the neighbourhoods the reduction keeps: the mean share of each movie's {@code k} nearest (by cosine of reduced
   * embeddings) that are also among its k nearest by cosine of whole ones, measured among the most rated movies only. 0..1.
   *
   * @param mostRated how many movies, at most all
   * @throws InvalidInputException if there are not more than {@code k} movies
   */
  public double neighboursKept(int k, int mostRated) {
    int[] rows = mostRatedRows(mostRated).mapToInt(Integer::intValue).toArray();
    if (k < 1 || k >= rows.length) {
      throw new InvalidInputException(k + " neighbours among " + rows.length
          + " items cannot be compared; ask for at least 1 and fewer than there are items");
    }
    return reduced.shareKept(ItemSpace.of(embeddings), rows, k);
  }

  /** The {@code n} movies with the most ratings, the most rated first. */
  public List<Catalogue.Item> mostRated(int n) {
    return mostRatedRows(n).map(items::get).toList();
  }

  private Stream<Integer> mostRatedRows(int n) {
    return IntStream.range(0, items.size())
        .boxed()
        .sorted(Comparator.comparingInt((Integer row) -> -items.get(row).ratings()))
        .limit(n);
  }

  private List<ScoredItem> top(int n, FilmFilter filter, IntToDoubleFunction score) {
    if (n < 1) {
      throw new InvalidInputException("the best " + n + " cannot be listed; ask for at least 1");
    }
    return IntStream.range(0, items.size())
        .filter(row -> filter.accepts(films.get(row)))
        .mapToObj(row -> new ScoredItem(items.get(row), score.applyAsDouble(row)))
        .sorted(Comparator.comparingDouble((ScoredItem scored) -> -scored.score()))
        .limit(n)
        .toList();
  }
}
