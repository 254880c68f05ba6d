package lapidary.search.space;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;
import lapidary.search.pca.RowSource;
import tagbio.umap.Umap;

/**
 * Places by UMAP (McInnes, Healy and Melville 2018) with {@value #NEIGHBOURS} neighbours. On one thread, since more of them make the
 * answer depend on chance. Wide vectors are reduced to {@value #WIDEST} principal components first. Stateless.
 */
final class UmapLayout {
  static final int NEIGHBOURS = 15;
  private static final int WIDEST = 50;
  private static final long SEED = 42;

  private UmapLayout() {}

  /** @throws InvalidInputException if there are too few dimensions for three axes */
  static Layout of(RowSource vectors) {
    if (vectors.columns() < Layout.AXES) {
      throw new InvalidInputException("a picture in space needs items of " + Layout.AXES
          + " dimensions; these have " + vectors.columns());
    }
    Umap umap = new Umap()
        .setNumberComponents(Layout.AXES)
        .setNumberNearestNeighbours(NEIGHBOURS)
        .setThreads(1)
        .setSeed(SEED);
    float[][] places = umap.fitTransform(reduced(vectors));
    float[] at = new float[places.length * Layout.AXES];
    IntStream.range(0, places.length)
        .forEach(i -> System.arraycopy(places[i], 0, at, i * Layout.AXES, Layout.AXES));
    return new Layout(
        IntStream.rangeClosed(1, Layout.AXES).mapToObj(i -> "UMAP " + i).toList(),
        List.of(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty()),
        at);
  }

  private static float[][] reduced(RowSource vectors) {
    int most = Math.min(vectors.count() - 1, vectors.columns());
    if (vectors.columns() <= WIDEST || most <= WIDEST) {
      return IntStream.range(0, vectors.count()).mapToObj(vectors::row).toArray(float[][]::new);
    }
    float[] flat = PcaLayout.projected(vectors, Pca.fit(vectors, PcaOptions.keeping(WIDEST)));
    return IntStream.range(0, vectors.count())
        .mapToObj(i -> Arrays.copyOfRange(flat, i * WIDEST, (i + 1) * WIDEST))
        .toArray(float[][]::new);
  }
}
