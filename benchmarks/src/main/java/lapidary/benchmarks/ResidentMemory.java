package lapidary.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Linux says of this process, in bytes.
 *
 * @param current resident now (VmRSS)
 * @param most resident at most so far (VmHWM)
 */
record ResidentMemory(long current, long most) {
  /** What to divide by for MiB. */
  static final double MEBIBYTE = 1 << 20;

  private static final Path STATUS = Path.of("/proc/self/status");

  static ResidentMemory now() throws IOException {
    List<String> lines = Files.readAllLines(STATUS);
    return new ResidentMemory(bytes(lines, "VmRSS:"), bytes(lines, "VmHWM:"));
  }

  private static long bytes(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }
}
