package lapidary.models;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Holds a folder's lock in a process of its own. */
final class KilledHolder {
  static final String HELD = "held";
  static final String LOCK = ".lock";

  private KilledHolder() {}

  /** Argument: the folder. Prints {@link #HELD} and waits, or prints why the lock could not be had. */
  public static void main(String[] arguments) throws IOException {
    try {
      FolderLock lock = FolderLock.take(Path.of(arguments[0]), LOCK);
      System.out.println(HELD);
      System.in.read();
      lock.close();
    } catch (InvalidInputException e) {
      System.out.println(e.getMessage());
    }
  }

  /** A process, and the line that it printed. */
  record Started(Process process, String said) implements AutoCloseable {
    static Started on(Path folder) throws IOException {
      Process process = new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
              KilledHolder.class.getName(),
              folder.toString())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      return new Started(process, String.valueOf(out.readLine()));
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}
