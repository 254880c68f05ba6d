package lapidary.search.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.device.Device;
import lapidary.runtime.serving.BatchLimits;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.runtime.serving.registry.ModelStatus.State;
import lapidary.runtime.serving.registry.RegistryOptions;

/** A registry over a folder that is looked at when it is asked to be, in batches as a server has it, and the service over it. */
public final class TinyRegistry implements AutoCloseable {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Path folder;
  private final Semaphore openings = new Semaphore(Integer.MAX_VALUE);
  private final ModelRegistry registry;

  private TinyRegistry(Path folder) {
    this.folder = folder;
    this.registry = ModelRegistry.open(RegistryOptions.of(ModelOptions.of(Device.cpu(1)))
        .withFolder(folder)
        .withInterval(HOUR)
        .withBatching(BatchLimits.DEFAULT)
        .withOpener((file, options) -> {
          openings.acquireUninterruptibly();
          try {
            return Model.open(file, options);
          } finally {
            openings.release();
          }
        }));
  }

  public static TinyRegistry over(Path folder) throws IOException {
    return new TinyRegistry(Files.createDirectories(folder));
  }

  /** Puts a model there as a version and waits until it is ready or refused. */
  public TinyRegistry with(String name, long version, TinyModel model) {
    model.write(file(name, version));
    registry.look();
    return this;
  }

  /** Puts a model there whose opening has begun and does not end before {@link #letOpen}. */
  public CompletableFuture<Void> opening(String name, TinyModel model) {
    openings.drainPermits();
    model.write(file(name, 1));
    CompletableFuture<Void> look = CompletableFuture.runAsync(registry::look);
    while (registry.index().stream().noneMatch(status -> status.state() == State.LOADING)) {
      if (look.isDone()) {
        throw new AssertionError("it was opened at once");
      }
      Thread.onSpinWait();
    }
    return look;
  }

  public void letOpen() {
    openings.release(Integer.MAX_VALUE);
  }

  /** Waits until whatever was unloaded has ended. */
  public void awaitUnloaded() {
    while (registry.index().stream().anyMatch(status -> status.state() == State.UNLOADING)) {
      Thread.onSpinWait();
    }
  }

  public Path file(String name, long version) {
    return folder.resolve(name).resolve(Long.toString(version)).resolve("model.onnx");
  }

  public ModelRegistry registry() {
    return registry;
  }

  public InferenceService service() {
    return new InferenceService(registry);
  }

  @Override
  public void close() {
    openings.release(Math.max(0, Integer.MAX_VALUE - openings.availablePermits()));
    registry.close();
  }
}
