package lapidary.search.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import lapidary.search.Samples;
import lapidary.search.pca.FiniteVector;
import org.junit.jupiter.api.Test;

final class VectorBlocksTest {
  @Test
  void scanAgreesWithBruteForceAcrossBlocksAndWidthsThatAreNoMultipleOfFour() {
    for (int dimensions : new int[] {1, 3, 4, 7, 34}) {
      int count = 2 * VectorBlocks.BLOCK + 77;
      float[][] rows = Samples.gaussian(dimensions, count, dimensions);
      VectorBlocks blocks = blocks(rows);
      float[] query = FiniteVector.unit(Samples.gaussian(99, 1, dimensions)[0]);
      TopK top = new TopK(count);
      blocks.scan(query, top, row -> true);
      assertThat(top.rows()).hasSize(count).doesNotHaveDuplicates();
      for (int i = 0; i < count; i += 13) {
        assertThat((double) top.scores()[i])
            .isCloseTo(Samples.cosine(rows[top.rows()[i]], query), within(1e-6));
      }
    }
  }

  @Test
  void rowsComeBackAsTheyWentIn() {
    float[][] rows = Samples.gaussian(5, VectorBlocks.BLOCK + 1, 6);
    VectorBlocks blocks = blocks(rows);
    assertThat(blocks.size()).isEqualTo(VectorBlocks.BLOCK + 1);
    for (int row : new int[] {0, 63, 64, 127, 128, VectorBlocks.BLOCK - 1, VectorBlocks.BLOCK}) {
      assertThat(blocks.row(row)).containsExactly(FiniteVector.unit(rows[row]));
    }
  }

  @Test
  void onlyAcceptedRowsAreOffered() {
    VectorBlocks blocks = blocks(Samples.gaussian(6, 500, 5));
    TopK top = new TopK(400);
    blocks.scan(blocks.row(0), top, row -> row % 50 == 0);
    assertThat(Arrays.stream(top.rows()).sorted())
        .containsExactly(0, 50, 100, 150, 200, 250, 300, 350, 400, 450);
  }

  @Test
  void topKKeepsTheBestAndOfEqualScoresTheFirst() {
    float[] scores = {.5f, .9f, .1f, .5f, .5f, .9f, -.2f, .5f};
    TopK top = new TopK(4);
    for (int row = 0; row < scores.length; row++) {
      top.offer(row, scores[row]);
    }
    assertThat(top.rows()).containsExactly(1, 5, 0, 3);
    assertThat(top.scores()).containsExactly(.9f, .9f, .5f, .5f);
    assertThat(top.threshold()).isEqualTo(.5f);
  }

  @Test
  void unitVectorsHaveLengthOneAndZeroStaysZero() {
    assertThat(FiniteVector.unit(new float[] {3, 0, -4})).containsExactly(.6f, 0, -.8f);
    assertThat(FiniteVector.unit(new float[3])).containsOnly(0);
    // Squares of these overflow a float, not a double.
    assertThat(FiniteVector.unit(new float[] {3e38f, 0})).containsExactly(1, 0);
  }

  private static VectorBlocks blocks(float[][] rows) {
    VectorBlocks blocks = new VectorBlocks(rows[0].length);
    for (float[] row : rows) {
      blocks.append(FiniteVector.unit(row));
    }
    return blocks;
  }
}
