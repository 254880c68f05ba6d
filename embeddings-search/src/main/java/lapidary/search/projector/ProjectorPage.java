package lapidary.search.projector;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import lapidary.models.AtomicFile;
import lapidary.models.Catalogue;
import lapidary.models.InvalidInputException;
import lapidary.search.movies.MovieCatalogue;
import lapidary.search.movies.NamedVectors;
import lapidary.search.pca.Pca;
import lapidary.search.space.Colouring;
import lapidary.search.space.Points;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;

/**
 * Movies, labelled items or names as points along the first three principal components: one HTML file with the projector in it, which
 * needs neither network nor server. Stateless.
 */
public final class ProjectorPage {
  private static final int AXES = 3;
  /** Points that a file holds; more are thinned evenly, and the page says so. */
  private static final int MOST = 200_000;
  /** Pictures that a file holds, some 2 kB each. */
  private static final int MOST_PICTURES = 1000;

  private ProjectorPage() {}

  /**
   * Writes the page of a recommender's movies, whole or not at all.
   *
   * @param films with at least {@value #AXES} principal components
   * @param mostRated how many movies to show, at least 1
   * @return bytes of the page
   * @throws InvalidInputException if there are fewer components
   */
  public static long write(Path target, MovieCatalogue films, int mostRated) {
    requireAxes(films.pca());
    List<Catalogue.Item> shown = films.mostRated(mostRated);
    Map<String, Colouring> colourings = new LinkedHashMap<>();
    colourings.put(
        "genre",
        colouring(shown, film -> film.genres().stream().findFirst().map(AttributeValue::of)));
    colourings.put(
        "mean rating",
        colouring(
            shown,
            film -> Optional.of(film)
                .filter(each -> each.ratings() > 0)
                .map(each -> AttributeValue.of(each.meanRating()))));
    colourings.put(
        "ratings", colouring(shown, film -> Optional.of(AttributeValue.of(film.ratings()))));
    float[][] positions = shown.stream().map(films::position).toArray(float[][]::new);
    return write(
        target,
        new PageContent(
            "Items by their principal components",
            films.items().size(),
            Points.along(films.pca(), positions),
            colourings,
            shown.stream().map(ProjectorPage::told).toList(),
            Optional.empty()));
  }

  private static PageContent.Told told(Catalogue.Item film) {
    String genres = String.join(", ", film.genres());
    String ratings =
        String.format(Locale.ROOT, "%,d ratings, mean %.2f", film.ratings(), film.meanRating());
    return new PageContent.Told(
        film.title(), genres.isEmpty() ? List.of(ratings) : List.of(genres, ratings));
  }

  /**
   * Writes the page of labelled items, a colour and shape a label, with pictures if they have any: of at most {@value #MOST_PICTURES},
   * evenly spaced, as are points of more than {@value #MOST} items.
   *
   * @param positions in the principal components, [items, components]
   * @return bytes of the page
   * @throws InvalidInputException if there are fewer than {@value #AXES} components
   */
  public static long write(Path target, Gallery gallery, float[][] positions, Pca pca) {
    requireAxes(pca);
    int[] shown = spaced(gallery.items().size(), MOST);
    List<Item> items = IntStream.of(shown).mapToObj(gallery.items()::get).toList();
    float[][] places = IntStream.of(shown).mapToObj(i -> positions[i]).toArray(float[][]::new);
    Colouring labels = colouring(
        items,
        item ->
            Optional.of(item.label()).filter(label -> !label.isEmpty()).map(AttributeValue::of));
    return write(
        target,
        new PageContent(
            gallery.title(),
            gallery.items().size(),
            Points.along(pca, places),
            Map.of("label", labels),
            items.stream()
                .map(item -> new PageContent.Told(
                    item.id(), item.label().isEmpty() ? List.of() : List.of(item.label())))
                .toList(),
            gallery.isPictured() ? Optional.of(pictures(gallery, shown)) : Optional.empty()));
  }

  private static PageContent.Pictures pictures(Gallery gallery, int[] shown) {
    int[] pictured = spaced(shown.length, MOST_PICTURES);
    List<Thumbnail> thumbnails =
        IntStream.of(pictured).mapToObj(i -> gallery.thumbnails().get(shown[i])).toList();
    return new PageContent.Pictures(
        ThumbnailSheet.of(thumbnails), IntStream.of(pictured).boxed().toList());
  }

  /**
   * Writes the page of named vectors, whole or not at all, along the first three components of their PCA.
   *
   * @param title what they are
   * @return bytes of the page
   * @throws InvalidInputException if they have fewer than {@value #AXES} components
   */
  public static long write(Path target, String title, NamedVectors vectors) {
    Pca pca = vectors.pca(AXES);
    float[][] places = IntStream.range(0, vectors.names().size())
        .mapToObj(i -> pca.project(vectors.vector(i)))
        .toArray(float[][]::new);
    List<String> names = vectors.names();
    return write(
        target,
        new PageContent(
            title,
            names.size(),
            Points.along(pca, places),
            Map.of("name", colouring(names, name -> Optional.of(AttributeValue.of(name)))),
            names.stream().map(name -> new PageContent.Told(name, List.of())).toList(),
            Optional.empty()));
  }

  private static long write(Path target, PageContent content) {
    String page = PageText.of(content);
    AtomicFile.writeText(target, page);
    return page.getBytes(StandardCharsets.UTF_8).length;
  }

  private static <T> Colouring colouring(
      List<T> items, Function<T, Optional<? extends AttributeValue.Single>> of) {
    return Colouring.of(items.stream()
        .map(item -> of.apply(item).<AttributeValue.Single>map(value -> value))
        .toList());
  }

  /** Every so manieth of things, {@code most} at most. */
  private static int[] spaced(int things, int most) {
    int step = Math.max(1, (things + most - 1) / most);
    return IntStream.range(0, things).filter(i -> i % step == 0).toArray();
  }

  private static void requireAxes(Pca pca) {
    if (pca.components() < AXES) {
      throw new InvalidInputException("a plot in space needs " + AXES + " components, not "
          + pca.components() + "; keep at least " + AXES);
    }
  }
}
