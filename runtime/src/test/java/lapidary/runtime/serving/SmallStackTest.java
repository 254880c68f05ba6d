package lapidary.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lapidary.models.Pixels;
import lapidary.runtime.Binding;
import lapidary.runtime.ChildJava;
import lapidary.runtime.Embedder;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.ServedShape;
import lapidary.runtime.Tensor;
import lapidary.runtime.TinyClassifier;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.device.Device;
import lapidary.runtime.device.Devices;
import lapidary.runtime.serving.registry.ModelLease;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.runtime.serving.registry.RegistryOptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ONNX Runtime overflows usual stacks when it is loaded, and the process dies without a word: no way in may lead there. */
final class SmallStackTest {
  private static final int STACK = 256 << 10;
  private static final Map<String, Tensor> ROW =
      Map.of("pixels", Tensor.uint8(new byte[6], 1, 2, 3, 1));

  /** The first thing that a process does with the runtime. */
  enum Entry {
    OPEN {
      @Override
      void use(Path file) {
        try (Model model = Model.open(file, Device.cpu(1))) {
          model.run(ROW);
        }
      }
    },
    OPEN_ISOLATED {
      @Override
      void use(Path file) {
        try (Model model = Model.openIsolated(file, ModelOptions.of(Device.cpu(1)))) {
          model.run(ROW);
        }
      }
    },
    BIND {
      @Override
      void use(Path file) {
        ModelOptions options = ModelOptions.of(Device.cpu(1))
            .withServed(ServedShape.rows(1), ServedShape.rows(3))
            .withMemoryBudget(1L << 30);
        try (Model model = Model.open(file, options);
            Binding binding = model.bind(ROW, List.of("features"))) {
          binding.run();
        }
      }
    },
    PROBE {
      @Override
      void use(Path file) {
        Devices.probe();
      }
    },
    EMBED {
      @Override
      void use(Path file) {
        try (Embedder embedder = Embedder.open(file, Device.cpu(1))) {
          embedder.embed(Pixels.of(1, 2, 3, 1, new byte[6]));
        }
      }
    },
    BATCH {
      @Override
      void use(Path file) {
        try (Model model = Model.open(file, Device.cpu(1));
            Batcher batcher = new Batcher(model, List.of("features"), BatchLimits.DEFAULT)) {
          batcher.run(ROW);
          batcher.submit(ROW).join();
        }
      }
    },
    RELOAD {
      @Override
      void use(Path file) throws Exception {
        ModelOptions options = ModelOptions.of(Device.cpu(1));
        try (ReloadingModel model =
            ReloadingModel.open(file, options, Duration.ofDays(1), reload -> {})) {
          Path next = TinyOnnx.add(1, 3).write(file.resolveSibling("next.onnx"));
          Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
          assertThat(model.reload().flatMap(Reload::problem)).isEmpty();
        }
      }
    },
    REGISTRY {
      @Override
      void use(Path file) throws Exception {
        RegistryOptions options = RegistryOptions.of(ModelOptions.of(Device.cpu(1)))
            .withFolder(file.resolveSibling(""))
            .withBatching(BatchLimits.DEFAULT);
        try (ModelRegistry registry = ModelRegistry.open(options)) {
          registry.load("other", 1, file, ModelOptions.of(Device.cpu(2)));
          registry.look();
          try (ModelLease lease = registry.lease("tiny")) {
            lease.run(ROW, List.of("features"));
            registry.unload("tiny");
          }
        }
      }
    };

    abstract void use(Path file) throws Exception;
  }

  /** A program that enters from the smallest stack. */
  static final class SmallProgram {
    private SmallProgram() {}

    public static void main(String[] args) throws InterruptedException {
      Runnable use = () -> {
        try {
          Entry.valueOf(args[0]).use(Path.of(args[1]));
          System.out.println("came back");
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      };
      Thread thread = new Thread(null, use, "small", STACK);
      thread.start();
      thread.join();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aThreadWithASmallStackMayComeIn(Entry entry, @TempDir Path folder) throws Exception {
    Path file = TinyClassifier.described().write(folder.resolve("tiny.onnx"));
    String output = ChildJava.run(
        folder, SmallProgram.class, List.of(), List.of(entry.name(), file.toString()));
    assertThat(output).contains("came back");
  }
}
