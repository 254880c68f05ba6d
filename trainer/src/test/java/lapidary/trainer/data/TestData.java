package lapidary.trainer.data;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import lapidary.models.EnvironmentException;

/** Data that not every machine has: a test without it is skipped, but fails where the environment variable CI is true. */
final class TestData {
  static final DataRoots ROOTS = DataRoots.fromEnvironment(System.getenv());

  private TestData() {}

  static ImageDataset require(String name) {
    try {
      return ImageDatasets.load(name, ROOTS);
    } catch (EnvironmentException e) {
      if ("true".equals(System.getenv("CI"))) {
        return fail(e.getMessage(), e);
      }
      return abort(e.getMessage());
    }
  }
}
