package lapidary.cli.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fills a folder in a process of its own, to be killed. */
final class KilledFolder {
  private static final String HALF = "half";

  private KilledFolder() {}

  /** Argument: the folder to make. Stays in the middle of it until killed. */
  public static void main(String[] arguments) throws IOException {
    try (NewFolder folder = NewFolder.at(Path.of(arguments[0]))) {
      Files.createDirectories(folder.temporary().resolve("deep/er"));
      Files.writeString(folder.temporary().resolve("deep/er/file"), "x");
      System.out.println(HALF);
      System.in.read();
    }
  }

  /** Starts this program and waits until the folder is half full. */
  static Process start(Path folder) throws IOException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KilledFolder.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    if (!HALF.equals(out.readLine())) {
      throw new AssertionError("the folder was not begun");
    }
    return process;
  }
}
