package lapidary.trainer.data.photos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.stream.LongStream;
import lapidary.models.EnvironmentException;
import lapidary.models.ImageInput;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import org.junit.jupiter.api.Test;

/** The published photos, judged by what their publishers count. */
final class PublishedPhotosTest {
  private static final DataRoots ROOTS = DataRoots.fromEnvironment(System.getenv());

  @Test
  void caltechsTwelveClassesAreThePublishedOnes() {
    PhotoDataset data = require("caltech101-12");
    assertThat(data.labels().names()).startsWith("butterfly", "dalmatian").endsWith("umbrella");
    assertThat(data.train().classCounts(12))
        .containsExactly(64, 40, 37, 40, 72, 73, 61, 59, 54, 59, 58, 48);
    assertThat(data.valid().classCounts(12)).containsOnly(15);
    assertThat(data.source().name()).isEqualTo("caltech101-12");
    assertThat(data.source().licence()).isEqualTo("CC BY 4.0");
  }

  @Test
  void imagenettesPhotosAreAllDecodedGreyOnesToo() {
    PhotoDataset data = require("imagenette-10");
    assertThat(data.train().classCounts(10)).containsOnly(80);
    PhotoSet valid = data.valid();
    assertThat(valid.count()).isEqualTo(300);
    PhotoLoader loader =
        new PhotoLoader(valid, ImageInput.resnet(32), Augmentation.NONE, LoaderOptions.standard());
    int grey = 0;
    try (PhotoBatches batches = loader.open(LongStream.range(0, 300).toArray(), 64, 0)) {
      while (batches.hasNext()) {
        grey += greyOnes(batches.next());
      }
      assertThat(batches.skipped()).isEmpty();
    }
    assertThat(grey).isBetween(1, 22);
  }

  @Test
  void catsAndDogsAreBalanced() {
    PhotoDataset data = require("cats-dogs");
    assertThat(data.labels().names()).containsExactly("cat", "dog");
    assertThat(data.train().classCounts(2)).containsExactly(600, 600);
    assertThat(data.valid().classCounts(2)).containsExactly(200, 200);
  }

  private static int greyOnes(PhotoBatch batch) {
    int grey = 0;
    for (int i = 0; i < batch.count(); i++) {
      boolean even = true;
      for (int at = 0; at < 32 * 32; at++) {
        int red = batch.pixels().at(i, at / 32, at % 32, 0);
        even &= red == batch.pixels().at(i, at / 32, at % 32, 1);
        even &= red == batch.pixels().at(i, at / 32, at % 32, 2);
      }
      grey += even ? 1 : 0;
    }
    return grey;
  }

  private static PhotoDataset require(String name) {
    try {
      return PhotoDatasets.load(name, ROOTS, new RandomSplit(0.2, 1));
    } catch (EnvironmentException e) {
      return "true".equals(System.getenv("CI")) ? fail(e.getMessage(), e) : abort(e.getMessage());
    }
  }
}
