package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lapidary.runtime.device.Device;
import lapidary.runtime.device.ProcessMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ConcurrencyTest {
  @TempDir
  Path folder;

  private final ExecutorService callers = Executors.newFixedThreadPool(4);

  @AfterEach
  void stopCallers() {
    callers.shutdownNow();
  }

  @Test
  void runsOfManyThreadsAndSizesDoNotMixTheirMemory() throws Exception {
    try (Model model = Model.open(add(3), Device.cpu(1))) {
      List<Future<Boolean>> calls = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int seed = thread;
        calls.add(callers.submit(() -> {
          for (int i = 0; i < 1500; i++) {
            assertAdds(model, 1 + (i + seed) % 7, seed * 10_000 + i);
          }
          return true;
        }));
      }
      for (Future<Boolean> call : calls) {
        assertThat(call.get()).isTrue();
      }
    }
  }

  @Test
  void closingWaitsForRunsInFlightAndLaterRunsSayClosed() throws Exception {
    for (int round = 0; round < 20; round++) {
      Model model = Model.open(add(3), Device.cpu(1));
      List<Future<String>> calls = new ArrayList<>();
      for (int thread = 0; thread < 3; thread++) {
        calls.add(callers.submit(() -> runUntilClosed(model)));
      }
      model.close();
      for (Future<String> call : calls) {
        assertThat(call.get()).contains("is closed; open the model again");
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void twentyThousandRunsLeaveTheProcessAsLargeAsItWas() throws Exception {
    try (Model model = Model.open(add(256), Device.cpu(1))) {
      float[] row = new float[64 * 256];
      Map<String, Tensor> inputs = Map.of("x", Tensor.floats(row, 64, 256));
      runMany(model, inputs, 3000);
      long before = nativeKilobytes();
      runMany(model, inputs, 20_000);
      long grown = nativeKilobytes() - before;
      // Leaking one 64 KiB input or output a run would make 1.2 GB; the heap itself may grow a
      // little.
      assertThat(grown).as("kB more after 20,000 runs").isLessThan(300_000);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void openingAndClosingGivesTheMemoryBack() throws Exception {
    Path file = TinyOnnx.add(1, 1)
        .initializer(new Proto()
            .number(1, 1 << 20)
            .number(2, TinyOnnx.FLOAT)
            .text(8, "weights")
            .bytes(9, new byte[4 << 20]))
        .node("Add", new String[] {"y", "weights"}, "wide")
        .output("wide", TinyOnnx.FLOAT, -1, 1 << 20)
        .write(folder.resolve("large.onnx"));
    openMany(file, 10);
    long before = nativeKilobytes();
    openMany(file, 100);
    // 100 sessions of 4 MiB kept open would make 400 MB.
    assertThat(nativeKilobytes() - before).isLessThan(150_000);
  }

  private static void openMany(Path file, int times) {
    for (int i = 0; i < times; i++) {
      Model.open(file, Device.cpu(1)).close();
    }
  }

  private static void runMany(Model model, Map<String, Tensor> inputs, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(model.run(inputs).size()).isEqualTo(1);
    }
  }

  /**
   * Resident memory outside the Java heap, of which a part is committed long before it is touched; without what was freed and the C
   * library keeps, for each thread that opened a model.
   */
  private static long nativeKilobytes() {
    ProcessMemory.trim();
    return ProcessMemory.resident().orElseThrow() / 1024;
  }

  private static String runUntilClosed(Model model) {
    try {
      for (int i = 0; ; i++) {
        assertAdds(model, 2, i);
      }
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void assertAdds(Model model, int rows, float value) {
    float[] values = new float[rows * 3];
    java.util.Arrays.fill(values, value);
    float[] answer =
        model.run(Map.of("x", Tensor.floats(values, rows, 3))).get("y").floats();
    assertThat(answer.length).isEqualTo(values.length);
    for (float each : answer) {
      if (each != value + 1) {
        throw new AssertionError(each + " is not " + (value + 1));
      }
    }
  }

  private Path add(long columns) throws IOException {
    return TinyOnnx.add(1, columns).write(folder.resolve("add" + columns + ".onnx"));
  }
}
