package lapidary.exporter;

import ai.djl.ndarray.NDManager;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A manager of the engine for each test, closed after it. */
final class OpenEngine implements BeforeEachCallback, AfterEachCallback {
  private @Nullable NDManager manager;

  NDManager manager() {
    return Objects.requireNonNull(manager);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    manager = NDManager.newBaseManager();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    manager().close();
  }
}
