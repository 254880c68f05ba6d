package lapidary.search.space;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;
import lapidary.search.pca.RowSource;

/** Places along the first three principal components. Vectors are read row by row, twice, and never held together. Stateless. */
final class PcaLayout {
  /** Rows that are projected at once. */
  private static final int BLOCK = 1024;

  private PcaLayout() {}

  /** @throws InvalidInputException if there are too few dimensions for three axes, or all vectors are the same */
  static Layout of(RowSource vectors) {
    if (vectors.columns() < Layout.AXES) {
      throw new InvalidInputException("a picture in space needs items of " + Layout.AXES
          + " dimensions; these have " + vectors.columns());
    }
    Pca pca = Pca.fit(vectors, PcaOptions.keeping(Layout.AXES));
    return of(pca, projected(vectors, pca));
  }

  /** Places along the first axes of a fit, [items · {@value Layout#AXES}]. */
  static Layout of(Pca pca, float[] at) {
    List<OptionalDouble> shares = Arrays.stream(pca.explainedVarianceRatio())
        .limit(Layout.AXES)
        .mapToObj(OptionalDouble::of)
        .toList();
    return new Layout(
        IntStream.rangeClosed(1, Layout.AXES).mapToObj(i -> "PC " + i).toList(), shares, at);
  }

  /** Rows along all components of a fit, row by row, [rows · components]. */
  static float[] projected(RowSource vectors, Pca pca) {
    int axes = pca.components();
    float[] at = new float[vectors.count() * axes];
    for (int from = 0; from < vectors.count(); from += BLOCK) {
      int first = from;
      float[][] block = IntStream.range(from, Math.min(vectors.count(), from + BLOCK))
          .mapToObj(vectors::row)
          .toArray(float[][]::new);
      float[][] places = pca.project(block);
      IntStream.range(0, places.length)
          .forEach(i -> System.arraycopy(places[i], 0, at, (first + i) * axes, axes));
    }
    return at;
  }
}
