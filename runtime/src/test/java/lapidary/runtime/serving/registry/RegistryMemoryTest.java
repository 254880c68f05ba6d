package lapidary.runtime.serving.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lapidary.runtime.ChildJava;
import lapidary.runtime.serving.BatchLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** In a process with a small heap, so that native memory is what grows. */
final class RegistryMemoryTest {
  private static final int FIRST = 40;
  private static final int LOADS = 120;

  /** Prints by how many kilobytes the process grew, and how many threads batch, after many loads of a version. */
  static final class Loads {
    private Loads() {}

    public static void main(String[] args) throws IOException {
      RegistryOptions options = RegistryOptions.of(Served.OPTIONS)
          .withBatching(BatchLimits.DEFAULT.withMaxBatch(4).withWorkers(1));
      long before = 0;
      try (ModelRegistry registry = ModelRegistry.open(options)) {
        for (int i = 0; i < LOADS; i++) {
          before = i == FIRST ? residentKilobytes() : before;
          registry.load("m", 1, Path.of(args[i % 2]), Served.OPTIONS);
          Served.answer(registry, "m");
        }
        System.out.println("kB " + (residentKilobytes() - before));
      }
      long threads = Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals("lapidary-batcher"))
          .count();
      System.out.println("threads " + threads);
    }

    private static long residentKilobytes() throws IOException {
      try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
        return lines
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum();
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void memoryAndThreadsStayFlatOverManyLoads(@TempDir Path folder) throws Exception {
    Path a = Served.publish(folder.resolve("a.onnx"), 1);
    Path b = Served.publish(folder.resolve("b.onnx"), 2);
    List<String> small =
        List.of("-Xms24m", "-Xmx24m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    String output = ChildJava.run(folder, Loads.class, small, List.of(a.toString(), b.toString()));
    assertThat(number(output, "kB ")).as("over " + (LOADS - FIRST) + " loads").isLessThan(12 << 10);
    assertThat(number(output, "threads ")).isZero();
  }

  /** Of a line among what Java itself has to say. */
  private static long number(String output, String name) {
    return output
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length())))
        .sum();
  }
}
