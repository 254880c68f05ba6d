package lapidary.models;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Publishes files in a process of its own, to be killed. */
final class KilledWriter {
  /** What is printed once a file is half written. */
  static final String HALF = "half";

  /** Large enough that a kill often comes into the middle of a file. */
  static final int BYTES = 8 << 20;

  private KilledWriter() {}

  /**
   * Arguments: the target, and {@code wait} to stay in the middle of the file until killed, or {@code loop} to publish it over and
   * over.
   */
  public static void main(String[] arguments) {
    Path target = Path.of(arguments[0]);
    if (arguments[1].equals("wait")) {
      AtomicFile.publish(target, temporary -> {
        Files.write(temporary, new byte[BYTES]);
        System.out.println(HALF);
        System.in.read();
      });
    }
    System.out.println(HALF);
    for (byte round = 0; ; round++) {
      byte[] content = new byte[BYTES];
      java.util.Arrays.fill(content, round);
      AtomicFile.write(target, out -> out.write(content));
    }
  }

  /** Starts this program and waits until it writes. */
  static Process start(Path target, String how) {
    try {
      Process process = new ProcessBuilder("sh", "-c", "exec " + command(target, how))
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      if (!HALF.equals(out.readLine())) {
        throw new AssertionError("the writer ended before it wrote");
      }
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shell command that starts this program. */
  static String command(Path target, String how) {
    return Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KilledWriter.class.getName(),
            target.toString(),
            how)
        .map(word -> "'" + word + "'")
        .collect(Collectors.joining(" "));
  }
}
