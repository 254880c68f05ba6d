package lapidary.trainer;

import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.data.ImageDatasets;

/** Small real data for tests. */
public final class Fashion {
  private Fashion() {}

  /** The embedded sample. */
  public static ImageDataset sample() {
    return ImageDatasets.load(
        "fashion-mnist-sample", DataRoots.fromEnvironment(java.util.Map.of()));
  }

  /** The first rows of the embedded sample: enough to train in a blink. */
  public static ImageDataset few(int train, int test) {
    ImageDataset all = sample();
    return new ImageDataset(
        all.source(), all.labels(), all.train().slice(0, train), all.test().slice(0, test));
  }
}
