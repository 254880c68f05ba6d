package lapidary.models.cuda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks NVIDIA's driver what it is: by the file that its kernel module writes and by its own program. Stateless. */
public final class NvidiaDriver {
  private static final Path VERSION_FILE = Path.of("/proc/driver/nvidia/version");
  private static final Pattern VERSION = Pattern.compile("Kernel Module.*?\\s(\\d+\\.\\d+[.\\d]*)");
  private static final List<String> PROGRAM = List.of(
      "nvidia-smi",
      "--query-gpu=name,compute_cap,memory.total,driver_version",
      "--format=csv,noheader,nounits");
  private static final int PATIENCE_SECONDS = 10;

  private NvidiaDriver() {}

  /** The driver's library, which programs load. */
  public static String library() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")
        ? "nvcuda.dll"
        : "libcuda.so.1";
  }

  /** Whether the loader finds it; nothing more is asked. */
  public static boolean isFound(SharedLibraries libraries) {
    return libraries.missing(List.of(library())).isEmpty();
  }

  /** What can be known of driver and cards. Without the driver's library nobody is asked. */
  public static GpuFacts.Driver ask(SharedLibraries libraries) {
    if (!isFound(libraries)) {
      return new GpuFacts.Driver(library(), false, Optional.empty(), List.of());
    }
    String listed = listed();
    Optional<String> version = fileVersion().or(() -> version(listed));
    return new GpuFacts.Driver(library(), true, version, cards(listed));
  }

  /** Cards from the program's lines, such as {@code NVIDIA H100, 9.0, 81559, 535.104.05}. */
  static List<GpuFacts.Card> cards(String listed) {
    return listed
        .lines()
        .map(line -> line.split(", *", -1))
        .filter(field -> field.length == 4 && field[1].matches("\\d+\\.\\d"))
        .map(field -> new GpuFacts.Card(
            field[0],
            Integer.parseInt(field[1].replace(".", "")),
            field[2].matches("\\d{1,18}") ? Long.parseLong(field[2]) : 0))
        .toList();
  }

  static Optional<String> version(String listed) {
    return listed
        .lines()
        .map(line -> line.split(", *", -1))
        .filter(field -> field.length == 4 && field[3].matches("\\d+\\.[.\\d]+"))
        .map(field -> field[3])
        .findFirst();
  }

  /** The version in the kernel module's own words. */
  static Optional<String> kernelModule(String text) {
    return Optional.of(VERSION.matcher(text)).filter(Matcher::find).map(found -> found.group(1));
  }

  private static Optional<String> fileVersion() {
    try {
      return kernelModule(Files.readString(VERSION_FILE));
    } catch (IOException e) {
      // Windows has none, and some containers do not show it.
      return Optional.empty();
    }
  }

  private static String listed() {
    try {
      Process process = new ProcessBuilder(PROGRAM).redirectErrorStream(true).start();
      process.getOutputStream().close();
      // What it says fits into a pipe: it can end before anybody reads.
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
        return "";
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
