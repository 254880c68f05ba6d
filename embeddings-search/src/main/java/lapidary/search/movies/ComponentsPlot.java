package lapidary.search.movies;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import lapidary.models.AtomicFile;
import lapidary.models.Catalogue;
import lapidary.models.InvalidInputException;
import lapidary.search.Item;
import lapidary.search.pca.Pca;

/**
 * The most rated movies, or labelled items, as points along the first three principal components: one HTML file that needs nothing else, neither
 * network nor library. Stateless.
 */
public final class ComponentsPlot {
  private static final int AXES = 3;
  private static final int MOST = 3000;
  private static final String PLACE = "@DATA@";

  private ComponentsPlot() {}

  /** What the page's script reads. */
  private record Data(Kind kind, List<Axis> axes, List<Point> points, List<String> classes) {}

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
        axes(films.pca()),
        films.mostRated(mostRated).stream().map(item -> point(films, item)).toList(),
        List.of());
    write(target, data);
  }

  /**
   * Writes the page of labelled items, a colour a label; at most {@value #MOST} of them, evenly spaced.
   *
   * @param positions in the principal components, [items, components]
   * @throws InvalidInputException if there are fewer than {@value #AXES} components
   */
  public static void write(Path target, List<Item> items, float[][] positions, Pca pca) {
    requireAxes(pca);
    int step = (items.size() + MOST - 1) / MOST;
    Data data = new Data(
        Kind.ITEMS,
        axes(pca),
        IntStream.range(0, items.size())
            .filter(i -> i % step == 0)
            .mapToObj(i -> point(items.get(i), positions[i]))
            .toList(),
        items.stream().map(Item::label).distinct().sorted().toList());
    write(target, data);
  }

  /**
   * Writes the page of named vectors, whole or not at all, along the first three components of their PCA.
   *
   * @throws InvalidInputException if they have fewer than {@value #AXES} components
   */
  public static void write(Path target, NamedVectors vectors) {
    Pca pca = vectors.pca(AXES);
    List<Point> points = IntStream.range(0, vectors.names().size())
        .mapToObj(i -> point(vectors.names().get(i), pca.project(vectors.vector(i))))
        .toList();
    write(target, new Data(Kind.NAMES, axes(pca), points, List.of()));
  }

  private static void write(Path target, Data data) {
    AtomicFile.writeText(target, template().replace(PLACE, json(data)));
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
