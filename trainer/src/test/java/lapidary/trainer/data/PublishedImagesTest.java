package lapidary.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The published sets, judged by what their publishers and readers say about them. */
final class PublishedImagesTest {
  @Test
  void mnistIsThePublishedOne() {
    ImageDataset data = TestData.require("mnist");
    assertThat(data.train().classCounts(10))
        .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
    assertThat(data.test().classCounts(10))
        .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
    assertThat(Arrays.copyOf(data.train().labels(), 10))
        .containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
    assertThat(sum(data.train())).isEqualTo(1_567_298_545L);
    assertThat(sum(data.test().slice(0, 1))).isEqualTo(18_454L);
    assertThat(data.labels().get(7)).isEqualTo("7");
    assertThat(data.source().licence()).isEqualTo("CC BY-SA 3.0");
  }

  @Test
  void fashionMnistIsBalancedAndItsClassesHaveNames() {
    ImageDataset data = TestData.require("fashion-mnist");
    assertThat(data.train().classCounts(10)).containsOnly(6_000);
    assertThat(data.test().classCounts(10)).containsOnly(1_000);
    assertThat(data.labels().get(data.train().label(0))).isEqualTo("Ankle boot");
    assertThat(data.labels().get(1)).isEqualTo("Trouser");
    assertThat(data.source().name()).isEqualTo("fashion-mnist");
  }

  @Test
  void aPublishedSetIsRecognisedUnderAnyPath() {
    TestData.require("fashion-mnist");
    Path folder = TestData.ROOTS.candidates("fashion-mnist").stream()
        .filter(candidate -> new IdxFolder(candidate).holdsData())
        .findFirst()
        .orElseThrow();
    ImageDataset data = ImageDatasets.load(folder.toString(), TestData.ROOTS);
    assertThat(data.labels().get(9)).isEqualTo("Ankle boot");
    assertThat(data.source().licence()).isEqualTo("MIT");
  }

  @Test
  void theSampleIsSmallBalancedAndAttributed() throws Exception {
    ImageDataset sample = ImageDatasets.load("fashion-mnist-sample", TestData.ROOTS);
    assertThat(sample.train().classCounts(10)).containsOnly(300);
    assertThat(sample.test().classCounts(10)).containsOnly(100);
    assertThat(sample.labels().get(9)).isEqualTo("Ankle boot");
    try (InputStream in =
        ImageDatasets.class.getResourceAsStream("fashion-mnist-sample/ATTRIBUTION.txt")) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("Zalando SE", "Permission is hereby granted, free of charge");
    }
  }

  @Test
  void theSampleIsDrawnFromTheWholeSet() {
    ImageDataset whole = TestData.require("fashion-mnist");
    ImageDataset sample = ImageDatasets.load("fashion-mnist-sample", TestData.ROOTS);
    assertSame(sample.train(), FashionSample.thin(whole.train(), 20));
    assertSame(sample.test(), FashionSample.thin(whole.test(), 10));
  }

  private static void assertSame(LabelledImages actual, LabelledImages expected) {
    assertThat(actual.labels()).isEqualTo(expected.labels());
    assertThat(actual.pixels().bytes()).isEqualTo(expected.pixels().bytes());
  }

  private static long sum(LabelledImages images) {
    long sum = 0;
    for (byte value : images.pixels().bytes()) {
      sum += value & 0xff;
    }
    return sum;
  }
}
