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
  /** Items that UMAP itself places: as many as take a minute or two. */
  static final int SAMPLE = 30_000;

  private static final int WIDEST = 50;
  /** Of the work on a sample and the rest, as much as is told to be UMAP's. */
  private static final double UMAP_SHARE = .6;

  private static final long SEED = 42;

  private UmapLayout() {}

  /**
   * Places of all; of more than {@value #SAMPLE} items, as many are placed by UMAP and the rest by those.
   *
   * @throws InvalidInputException if there are too few dimensions for three axes
   */
  static Layout of(RowSource vectors, Progress progress) {
    return of(vectors, SAMPLE, progress);
  }

  /** @param sample the most items that UMAP itself places */
  static Layout of(RowSource vectors, int sample, Progress progress) {
    if (vectors.columns() < Layout.AXES) {
      throw new InvalidInputException("a picture in space needs items of " + Layout.AXES
          + " dimensions; these have " + vectors.columns());
    }
    float[][] rows = reduced(vectors);
    float[] at = rows.length <= sample
        ? flat(UmapRun.fit(umap(), rows, progress, 1))
        : sampled(rows, sample, progress);
    return new Layout(
        IntStream.rangeClosed(1, Layout.AXES).mapToObj(i -> "UMAP " + i).toList(),
        List.of(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty()),
        at);
  }

  private static Umap umap() {
    return new Umap()
        .setNumberComponents(Layout.AXES)
        .setNumberNearestNeighbours(NEIGHBOURS)
        .setThreads(1)
        .setSeed(SEED);
  }

  private static float[] flat(float[][] places) {
    float[] at = new float[places.length * Layout.AXES];
    IntStream.range(0, places.length)
        .forEach(i -> System.arraycopy(places[i], 0, at, i * Layout.AXES, Layout.AXES));
    return at;
  }

  /** Evenly chosen items, in their order, have the places that UMAP gives them; the others lie by these. */
  private static float[] sampled(float[][] rows, int sample, Progress progress) {
    int[] chosen = IntStream.range(0, sample)
        .map(i -> (int) ((long) i * rows.length / sample))
        .toArray();
    float[][] known = IntStream.of(chosen).mapToObj(i -> rows[i]).toArray(float[][]::new);
    float[][] placed = UmapRun.fit(umap(), known, progress, UMAP_SHARE);
    SampledPlaces among = new SampledPlaces(known, placed);
    float[][] places = new float[rows.length][];
    IntStream.range(0, sample).forEach(i -> places[chosen[i]] = placed[i]);
    for (int i = 0; i < rows.length; i++) {
      if (places[i] == null) {
        places[i] = among.of(rows[i]);
      }
      progress.tell(UMAP_SHARE + (1 - UMAP_SHARE) * i / rows.length);
    }
    return flat(places);
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
