package lapidary.runtime.device;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.ObjectName;

/** The native memory of this process, as the kernel counts it. Stateless. */
public final class ProcessMemory {
  private static final Path MAPPINGS = Path.of("/proc/self/smaps");

  /**
   * Where a Java heap of up to 32 GiB ends, which is placed below for the sake of compressed references; libraries and what they
   * allocate lie far above.
   */
  private static final long END_OF_HEAP = 32L << 30;

  private static final String RESIDENT = "Rss:";

  private ProcessMemory() {}

  /**
   * Bytes of memory that are resident outside the Java heap. A heap that lies elsewhere than usual (of more than 32 GiB, or ZGC's)
   * is counted with the rest.
   *
   * @return empty where there is no Linux to say it
   */
  public static OptionalLong resident() {
    try (BufferedReader mappings = Files.newBufferedReader(MAPPINGS, StandardCharsets.ISO_8859_1)) {
      return OptionalLong.of(resident(mappings));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Asks the C library to give memory that was freed back to the system. glibc keeps some of what it once had: after opening a
   * network of 87 MB about 170 MB. Costs a millisecond, the first time .1 s, in which the JVM makes itself manageable. Where the JVM
   * has no such command (early updates of 17, other systems) nothing happens, and memory is as it was.
   */
  public static void trim() {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "systemTrimNativeHeap",
              null,
              null);
    } catch (JMException | RuntimeException | LinkageError e) {
      // Nothing depends on it but how much memory stays.
    }
  }

  private static long resident(BufferedReader mappings) throws IOException {
    long kilobytes = 0;
    boolean counts = false;
    for (String line = mappings.readLine(); line != null; line = mappings.readLine()) {
      int dash = line.indexOf('-');
      int space = line.indexOf(' ');
      if (dash > 0 && dash < space && line.charAt(space - 1) != ':') {
        counts = Long.parseUnsignedLong(line.substring(0, dash), 16) >= END_OF_HEAP;
      } else if (counts && line.startsWith(RESIDENT)) {
        kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return kilobytes << 10;
  }
}
