package lapidary.runtime.serving.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lapidary.models.AtomicFile;
import lapidary.runtime.Inference;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.Tensor;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.device.Device;
import lapidary.runtime.serving.registry.ModelStatus.State;

/** What tests of a registry share: models that add a constant, and what the registry told. */
final class Served implements RegistryListener {
  static final ModelOptions OPTIONS = ModelOptions.of(Device.cpu(1));

  final BlockingQueue<String> noticed = new LinkedBlockingQueue<>();
  private final BlockingQueue<ModelStatus> told = new LinkedBlockingQueue<>();

  @Override
  public void changed(ModelStatus status) {
    told.add(status);
  }

  @Override
  public void noticed(String sentence) {
    noticed.add(sentence);
  }

  /** Waits until the registry has told of a state, and passes over what it told before. */
  ModelStatus await(State state) throws InterruptedException {
    while (true) {
      ModelStatus status = told.poll(50, TimeUnit.SECONDS);
      if (status == null) {
        throw new AssertionError("nothing was told for 50 s");
      }
      if (status.state() == state) {
        return status;
      }
    }
  }

  /** Waits until the registry has told of a refusal, of whatever is ready meanwhile. */
  String awaitProblem() throws InterruptedException {
    while (true) {
      ModelStatus status = told.poll(50, TimeUnit.SECONDS);
      if (status == null) {
        throw new AssertionError("nothing was told for 50 s");
      }
      if (status.problem().isPresent()) {
        return status.problem().get();
      }
    }
  }

  /** Puts a model that adds a constant to three numbers at a path, all at once. */
  static Path publish(Path file, float constant) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    byte[] bytes = TinyOnnx.add(constant, 3).bytes();
    AtomicFile.write(file, out -> out.write(bytes));
    return file;
  }

  static Map<String, Tensor> row() {
    return Map.of("x", Tensor.floats(new float[3], 1, 3));
  }

  /** The constant that the model adds. */
  static float answer(Inference model) {
    return model.run(row(), List.of("y")).get("y").floats()[2];
  }

  /** The constant that the default version adds. */
  static float answer(ModelRegistry registry, String name) {
    try (ModelLease lease = registry.lease(name)) {
      return answer(lease);
    }
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(50, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nothing happened for 50 s");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
