package lapidary.search.movies;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import lapidary.models.AtomicFile;
import lapidary.models.Catalogue;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.Pca;
import lapidary.search.store.Item;
import org.jspecify.annotations.Nullable;

/**
 * The most rated movies, or labelled items, as points along the first three principal components: one HTML file that needs nothing else, neither
 * network nor library. Stateless.
 */
public final class ComponentsPlot {
  private static final int AXES = 3;
  private static final int MOST = 3000;
  private static final int MOST_PICTURES = 1000;
  private static final String TITLE = "@TITLE@";
  private static final String PLACE = "@DATA@";

  private ComponentsPlot() {}

  /** What the page's script reads. */
  private record Data(
      Kind kind,
      int total,
      List<Axis> axes,
      List<Point> points,
      List<String> classes,
      @Nullable ThumbnailSheet pictures) {}

  /** What the points are: movies by rating, items by label, or names alone. */
  private enum Kind {
    FILMS,
    ITEMS,
    NAMES
  }

  private record Axis(String name, double share) {}

  private record Point(
      String id, String title, List<String> genres, int ratings, double mean, List<Float> at) {}

  /**
   * Writes the page, whole or not at all.
   *
   * @param films with at least {@value #AXES} principal components
   * @param mostRated how many movies to show, at least 1
   * @throws InvalidInputException if there are fewer components
   */
  public static void write(Path target, MovieCatalogue films, int mostRated) {
    requireAxes(films.pca());
    Data data = new Data(
        Kind.FILMS,
        films.items().size(),
        axes(films.pca()),
        films.mostRated(mostRated).stream().map(item -> point(films, item)).toList(),
        List.of(),
        null);
    write(target, "Items by their principal components", data);
  }

  /**
   * Writes the page of labelled items, a colour and shape a label, with their pictures if they have any; at most {@value #MOST} of
   * them, or {@value #MOST_PICTURES} with pictures, evenly spaced.
   *
   * @param positions in the principal components, [items, components]
   * @throws InvalidInputException if there are fewer than {@value #AXES} components
   */
  public static void write(Path target, Gallery gallery, float[][] positions, Pca pca) {
    requireAxes(pca);
    List<Item> items = gallery.items();
    int most = gallery.isPictured() ? MOST_PICTURES : MOST;
    int step = (items.size() + most - 1) / most;
    int[] shown = IntStream.range(0, items.size()).filter(i -> i % step == 0).toArray();
    Data data = new Data(
        Kind.ITEMS,
        items.size(),
        axes(pca),
        Arrays.stream(shown).mapToObj(i -> point(items.get(i), positions[i])).toList(),
        items.stream().map(Item::label).distinct().sorted().toList(),
        gallery.isPictured()
            ? ThumbnailSheet.of(
                Arrays.stream(shown).mapToObj(gallery.thumbnails()::get).toList())
            : null);
    write(target, gallery.title(), data);
  }

  /**
   * Writes the page of named vectors, whole or not at all, along the first three components of their PCA.
   *
   * @param title what they are
   * @throws InvalidInputException if they have fewer than {@value #AXES} components
   */
  public static void write(Path target, String title, NamedVectors vectors) {
    Pca pca = vectors.pca(AXES);
    List<Point> points = IntStream.range(0, vectors.names().size())
        .mapToObj(i -> point(vectors.names().get(i), pca.project(vectors.vector(i))))
        .toList();
    Data data = new Data(Kind.NAMES, points.size(), axes(pca), points, List.of(), null);
    write(target, title, data);
  }

  private static void write(Path target, String title, Data data) {
    String safe = title.replace("&", "&amp;").replace("<", "&lt;");
    AtomicFile.writeText(target, template().replace(TITLE, safe).replace(PLACE, json(data)));
  }

  private static void requireAxes(Pca pca) {
    if (pca.components() < AXES) {
      throw new InvalidInputException("a plot in space needs " + AXES + " components, not "
          + pca.components() + "; keep at least " + AXES);
    }
  }

  private static Point point(Item item, float[] position) {
    return new Point(item.id(), item.label(), List.of(), 0, 0, at(position));
  }

  private static Point point(String name, float[] position) {
    return new Point(name, name, List.of(), 0, 0, at(position));
  }

  private static List<Float> at(float[] position) {
    return IntStream.range(0, AXES).mapToObj(i -> position[i]).toList();
  }

  private static List<Axis> axes(Pca pca) {
    double[] shares = pca.explainedVarianceRatio();
    return IntStream.range(0, AXES)
        .mapToObj(i -> new Axis("PC " + (i + 1), shares[i]))
        .toList();
  }

  private static Point point(MovieCatalogue films, Catalogue.Item item) {
    return new Point(
        item.id(),
        item.title(),
        item.genres(),
        item.ratings(),
        item.meanRating(),
        at(films.position(item)));
  }

  /** JSON that may stand within a script element: a title cannot end it. */
  private static String json(Data data) {
    try {
      return new ObjectMapper().writeValueAsString(data).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("these records can always be written", e);
    }
  }

  private static String template() {
    try (InputStream page = ComponentsPlot.class.getResourceAsStream("plot.html")) {
      return new String(
          Objects.requireNonNull(page, "plot.html is part of this jar").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
