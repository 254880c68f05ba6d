package lapidary.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a table has to say of where it was made. Stateless. */
public final class Processor {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  private Processor() {}

  /** Processor, number of processors and Java, in one line. */
  public static String line() throws IOException {
    return name() + ", " + Runtime.getRuntime().availableProcessors() + " processors, Java "
        + Runtime.version();
  }

  private static String name() throws IOException {
    if (!Files.exists(CPUINFO)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(CPUINFO)) {
      return String.join(
          ", ",
          lines
              .filter(line -> line.matches("(model name|cpu family|model)\\s*:.*"))
              .map(line -> line.replaceAll("\\s*:\\s*", " "))
              .distinct()
              .toList());
    }
  }
}
