package lapidary.search.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.search.Samples;
import lapidary.search.pca.FiniteVector;
import org.junit.jupiter.api.Test;

/** Compared with brute force to the bit, in the order of float sums that is documented. */
final class ExactIndexTest {
  private static final int ROWS = ExactIndex.SMALL + 700;

  @Test
  void clusteredVectorsAreFoundAsByBruteForce() {
    agrees(units(Samples.clusters(1, ROWS, 24, 30, 8, .7)), 120, 1);
  }

  @Test
  void uniformVectorsAreFoundAsByBruteForce() {
    agrees(units(Samples.gaussian(2, ROWS, 13)), 120, 2);
  }

  @Test
  void vectorsOfOneDimensionAreFoundAsByBruteForce() {
    agrees(units(Samples.gaussian(3, ROWS, 1)), 100, 3);
    agrees(units(Samples.gaussian(4, 5, 1)), 50, 4);
  }

  @Test
  void vectorsOf4096DimensionsAreFoundAsByBruteForce() {
    agrees(units(Samples.clusters(5, 60, 4096, 5, 40, .3)), 12, 5);
  }

  @Test
  void duplicatesAndZeroVectorsAreFoundLowerRowsFirst() {
    float[][] few = units(Samples.gaussian(6, 40, 7));
    float[][] rows = new Random(6)
        .ints(ROWS, 0, 44)
        .mapToObj(i -> i < few.length ? few[i] : new float[7])
        .toArray(float[][]::new);
    agrees(rows, 120, 6);
    agrees(new float[ROWS][3], 10, 7);
  }

  @Test
  void rowsThatAreAllAlikeOrOppositeAreFoundAsByBruteForce() {
    float[] one = FiniteVector.unit(new float[] {1, -2, 3, .5f, 7});
    float[] opposite = FiniteVector.unit(new float[] {-1, 2, -3, -.5f, -7});
    float[][] rows =
        IntStream.range(0, ROWS).mapToObj(i -> i % 3 == 0 ? one : opposite).toArray(float[][]::new);
    agrees(rows, 60, 8);
  }

  @Test
  void anEmptyIndexHasNothing() {
    ExactIndex index = ExactIndex.of(3, new float[0][]).arranged();
    assertThat(index.size()).isZero();
    assertThat(index.arrangement()).isEmpty();
    assertThat(index.search(new float[3], 4, Optional.empty()).size()).isZero();
  }

  @Test
  void rowsComeBackAsTheyWentInHoweverTheyWereAdded() {
    float[][] rows = units(Samples.gaussian(9, 1300, 6));
    ExactIndex index = ExactIndex.of(6, Arrays.copyOf(rows, 3));
    for (int[] part : new int[][] {{3, 4}, {4, 600}, {600, 600}, {600, 1299}, {1299, 1300}}) {
      ExactIndex shorter = index;
      index = index.with(Arrays.copyOfRange(rows, part[0], part[1]));
      assertThat(shorter.size()).isEqualTo(part[0]);
    }
    for (int row = 0; row < rows.length; row++) {
      assertThat(index.row(row)).containsExactly(rows[row]);
    }
    assertThat(index.dimensions()).isEqualTo(6);
  }

  @Test
  void anArrangementIsTheSameEachTimeAndAfterKeeping() {
    float[][] rows = units(Samples.clusters(10, ROWS, 20, 40, 6, .5));
    ExactIndex index = ExactIndex.of(20, rows).arranged();
    byte[] kept = index.arrangement().orElseThrow().bytes();
    assertThat(ExactIndex.of(20, rows).arranged().arrangement().orElseThrow().bytes())
        .containsExactly(kept);
    ExactIndex restored = ExactIndex.of(20, rows, Arrangement.of(kept));
    assertThat(restored.arrangement().orElseThrow().bytes()).containsExactly(kept);
    compare(restored, rows, new Random(10), 50);
  }

  @Test
  void answersDoNotDependOnWhatAnArrangementSays() {
    float[][] rows = units(Samples.clusters(11, 900, 12, 9, 6, .5));
    List<Integer> shuffled = new ArrayList<>(IntStream.range(0, 800).boxed().toList());
    Collections.shuffle(shuffled, new Random(11));
    Arrangement odd = new Arrangement(
        4,
        new float[][] {rows[0], new float[12], rows[1]},
        new int[] {0, 790, 800},
        shuffled.stream().mapToInt(Integer::intValue).toArray());
    compare(ExactIndex.of(12, rows, Arrangement.of(odd.bytes())), rows, new Random(12), 150);
  }

  @Test
  void bytesThatAreNoArrangementAndOneOfOtherRowsAreRefused() {
    float[][] rows = units(Samples.gaussian(13, ROWS, 9));
    Arrangement arrangement = ExactIndex.of(9, rows).arranged().arrangement().orElseThrow();
    byte[] bytes = arrangement.bytes();
    byte[] twice = bytes.clone();
    System.arraycopy(twice, twice.length - 8, twice, twice.length - 4, 4);
    for (byte[] wrong :
        List.of(new byte[0], new byte[40], Arrays.copyOf(bytes, bytes.length - 1), twice)) {
      assertThatThrownBy(() -> Arrangement.of(wrong))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("arrange the index again");
    }
    assertThatThrownBy(() -> ExactIndex.of(9, Arrays.copyOf(rows, 80), arrangement))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("4796 rows of 9 values does not fit 80 rows of 9 values");
  }

  @Test
  void cellsAndBoundsLeaveMostRowsUntouched() {
    float[][] rows = units(Samples.clusters(14, ROWS, 32, 40, 32, .3));
    RowMajor numbered = RowMajor.empty(32).with(rows);
    Arrangement arrangement = Arranger.arrange(numbered);
    RowMajor vectors = numbered.in(arrangement);
    Cells cells = Cells.of(vectors, arrangement);
    Query query = new Query(rows[77], cells.arrangement().cut(), vectors.lengths());
    cells.scan(query, vectors, new Best(new TopK(10), Optional.empty()));
    assertThat(query.work().scanned()).isLessThan(ROWS / 2);
    assertThat(query.work().finished()).isLessThan(ROWS / 4);
  }

  /** Plain, partly arranged with rows added since, all arranged. */
  private static void agrees(float[][] rows, int queries, long seed) {
    int dimensions = rows[0].length;
    int most = Math.min(rows.length, ExactIndex.SMALL + 50);
    ExactIndex plain = ExactIndex.of(dimensions, rows);
    ExactIndex part = ExactIndex.of(dimensions, Arrays.copyOf(rows, most)).arranged();
    ExactIndex grown = part.with(Arrays.copyOfRange(rows, most, rows.length));
    ExactIndex arranged = grown.arranged();
    assertThat(arranged.arrangement().map(Arrangement::size).orElse(rows.length))
        .isEqualTo(rows.length);
    assertThat(grown.arrangement().isPresent()).isEqualTo(rows.length > ExactIndex.SMALL);
    for (ExactIndex index : List.of(plain, grown, arranged)) {
      compare(index, rows, new Random(seed), queries);
    }
  }

  private static void compare(ExactIndex index, float[][] rows, Random random, int queries) {
    for (int q = 0; q < queries; q++) {
      float[] query = query(rows, random);
      float[] scores = scores(rows, query);
      Optional<BitSet> allowed = allowed(rows.length, random);
      float minimum =
          random.nextInt(4) == 0 ? scores[random.nextInt(rows.length)] : Float.NEGATIVE_INFINITY;
      int k = random.nextInt(20) == 0 ? rows.length + 3 : 1 + random.nextInt(40);
      Nearest found = index.search(query, k, allowed, minimum);
      int[] wanted = nearest(scores, k, allowed, minimum);
      assertThat(found.rows()).isEqualTo(wanted);
      assertThat(bits(IntStream.range(0, wanted.length).mapToObj(found::score)))
          .isEqualTo(bits(IntStream.of(wanted).mapToObj(row -> scores[row])));
      above(index, query, scores, random);
    }
  }

  private static int[] bits(Stream<Float> scores) {
    return scores.mapToInt(Float::floatToRawIntBits).toArray();
  }

  private static void above(ExactIndex index, float[] query, float[] scores, Random random) {
    float threshold = scores[random.nextInt(scores.length)];
    int end = random.nextInt(scores.length + 1);
    BitSet found = new BitSet();
    index.above(query, threshold, end, found::set);
    BitSet wanted = new BitSet();
    IntStream.range(0, end).filter(r -> scores[r] >= threshold - 1e-6f).forEach(wanted::set);
    assertThat(found).isEqualTo(wanted);
  }

  private static float[] query(float[][] rows, Random random) {
    float[] query = rows[random.nextInt(rows.length)].clone();
    switch (random.nextInt(6)) {
      case 0 -> Arrays.fill(query, 0);
      case 1 -> negate(query);
      case 2 -> {}
      default -> {
        for (int d = 0; d < query.length; d++) {
          query[d] += (float) (.2 * random.nextGaussian());
        }
      }
    }
    return FiniteVector.unit(query);
  }

  private static void negate(float[] vector) {
    for (int d = 0; d < vector.length; d++) {
      vector[d] = -vector[d];
    }
  }

  /** None, half, a tenth or a few rows; all but a few removed ones. */
  private static Optional<BitSet> allowed(int rows, Random random) {
    int one = List.of(0, 1, 2, 10, 300).get(random.nextInt(5));
    if (one == 0) {
      return Optional.empty();
    }
    BitSet allowed = new BitSet();
    IntStream.range(0, rows).filter(row -> random.nextInt(one) == 0).forEach(allowed::set);
    if (one == 1) {
      random.ints(9, 0, rows).forEach(allowed::clear);
    }
    return Optional.of(allowed);
  }

  private static float[] scores(float[][] rows, float[] query) {
    float[] scores = new float[rows.length];
    for (int r = 0; r < rows.length; r++) {
      float[] x = rows[r];
      int d = 0;
      for (; d + 4 <= x.length; d += 4) {
        scores[r] += query[d] * x[d]
            + query[d + 1] * x[d + 1]
            + query[d + 2] * x[d + 2]
            + query[d + 3] * x[d + 3];
      }
      for (; d < x.length; d++) {
        scores[r] += query[d] * x[d];
      }
    }
    return scores;
  }

  private static int[] nearest(float[] scores, int k, Optional<BitSet> allowed, float minimum) {
    int[] rows = IntStream.range(0, scores.length)
        .filter(row -> allowed.isEmpty() || allowed.get().get(row))
        .filter(row -> scores[row] >= minimum)
        .toArray();
    double[] sorted =
        IntStream.of(rows).mapToDouble(row -> scores[row]).sorted().toArray();
    double worst = k < sorted.length ? sorted[sorted.length - k] : -2;
    return IntStream.of(rows)
        .filter(row -> scores[row] >= worst)
        .boxed()
        .sorted(Comparator.<Integer, Float>comparing(row -> -scores[row] + 0f)
            .thenComparing(row -> row))
        .limit(k)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static float[][] units(float[][] rows) {
    return Arrays.stream(rows).map(FiniteVector::unit).toArray(float[][]::new);
  }
}
