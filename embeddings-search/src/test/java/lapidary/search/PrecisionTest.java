package lapidary.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;
import lapidary.search.store.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrecisionTest {
  @Test
  void handWorkedShareOfNeighboursOfTheSameLabel() {
    // By angle: a a b | b. Nearest two of each: a→(a,b) .5, a→(a,b) .5, b→(a,a) 0, b→(b,a) .5.
    float[][] vectors = {{1, 0, 0}, {1, .1f, 0}, {1, .3f, 0}, {0, 1, 0}};
    assertThat(Precision.atK(vectors, List.of("a", "a", "b", "b"), 2)).isEqualTo(1.5 / 4);
  }

  @Test
  void clustersKeepTheirPrecisionUnderPca(@TempDir Path folder) {
    int count = 900;
    float[][] rows = Samples.clusters(5, count, 80, 10, 8, 1.);
    List<String> labels = Samples.clusterLabels(count, 10);
    double raw = Precision.atK(rows, labels, 10);
    assertThat(raw).isCloseTo(bruteForce(rows, labels, 10), within(1e-3)).isGreaterThan(.5);
    Pca pca = Pca.fit(rows, PcaOptions.keeping(8));
    try (Collection collection = Collection.create(folder, Samples.spec("clusters", pca))) {
      List<Item> items = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        items.add(Item.of("" + i, labels.get(i)));
      }
      collection.add(items, rows);
      collection.commit();
      assertThat(collection.precisionAt(10)).isGreaterThan(raw - .01);
      CollectionInfo.Size size = collection.info().size();
      assertThat(size.rawBytes()).isEqualTo(10 * size.bytes());
    }
  }

  private static double bruteForce(float[][] rows, List<String> labels, int k) {
    double same = 0;
    for (int i = 0; i < rows.length; i++) {
      int row = i;
      same += Samples.nearest(rows, rows[i], k + 1).stream()
          .filter(other -> other != row && labels.get(other).equals(labels.get(row)))
          .count();
    }
    return same / (k * rows.length);
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    float[][] rows = Samples.gaussian(1, 5, 3);
    assertThatThrownBy(() -> Precision.atK(rows, List.of("a"), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("5 vectors with 1 labels");
    assertThatThrownBy(() -> Precision.atK(rows, Samples.clusterLabels(5, 2), 5))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("precision at 5 of 5 vectors");
  }
}
