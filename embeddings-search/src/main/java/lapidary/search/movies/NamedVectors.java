package lapidary.search.movies;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;

/** Vectors with names, such as the learnt categories of a column. Immutable: arrays are copied in and out. Thread-safe. */
public final class NamedVectors {
  private final String kind;
  private final List<String> names;
  private final float[][] vectors;
  private final ItemSpace space;

  private NamedVectors(String kind, List<String> names, float[][] vectors) {
    this.kind = kind;
    this.names = List.copyOf(names);
    this.vectors = Arrays.stream(vectors).map(float[]::clone).toArray(float[][]::new);
    this.space = ItemSpace.of(this.vectors);
  }

  /**
   * One name a vector, [n, width].
   *
   * @param kind what the names name, for errors, such as {@code Store}
   */
  public static NamedVectors of(String kind, List<String> names, float[][] vectors) {
    if (names.size() != vectors.length || names.isEmpty()) {
      throw new InvalidInputException(
          names.size() + " names for " + vectors.length + " vectors; give one each, at least one");
    }
    return new NamedVectors(kind, names, vectors);
  }

  /** A name and how near it is. */
  public record Near(String name, double cosine) {}

  /** The names, in the order given. */
  public List<String> names() {
    return names;
  }

  /** A copy of a vector, [width]. */
  public float[] vector(int index) {
    return vectors[index].clone();
  }

  /**
   * The names nearest to one by the cosine of their vectors, itself left out, the nearest first.
   *
   * @throws InvalidInputException if there is no such name; the message has the nearest one
   */
  public List<Near> nearest(String name, int count) {
    int row = names.indexOf(name);
    if (row < 0) {
      throw NearestName.unknown(kind, name, names);
    }
    int[] all = IntStream.range(0, names.size()).toArray();
    return Arrays.stream(space.nearest(row, count, all))
        .mapToObj(other -> new Near(names.get(other), space.cosine(row, other)))
        .toList();
  }

  /**
   * The first principal components of the vectors.
   *
   * @throws InvalidInputException if they have fewer
   */
  public Pca pca(int components) {
    int most = Math.min(vectors[0].length, vectors.length - 1);
    if (components > most) {
      throw new InvalidInputException(kind + " has " + vectors.length + " vectors of width "
          + vectors[0].length + ", so " + most + " components at most, not " + components
          + "; choose a column of more categories");
    }
    return Pca.fit(vectors, PcaOptions.keeping(components));
  }
}
