package lapidary.runtime.isolated;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lapidary.models.EnvironmentException;

/**
 * Runs a program in a Java of its own and tells how it ended. The child's temporary files go to a folder that is removed, and the
 * child ends with its caller: when the thread is interrupted, when the deadline is over, and, by a pipe that closes, when this
 * process dies. Stateless.
 */
public final class IsolatedProgram {
  private IsolatedProgram() {}

  /**
   * Runs {@code main} and waits for it.
   *
   * @param main a class that calls {@link Guard#begin} first
   * @param arguments handed to it
   * @param limits of time and memory
   * @throws EnvironmentException if no such process can be started, or the thread is interrupted meanwhile
   */
  public static Ending run(Class<?> main, List<String> arguments, Limits limits) {
    try {
      Path folder = Files.createTempDirectory("lapidary-isolated-").toRealPath();
      try {
        return run(
            new ChildCommand(main, limits, folder).with(arguments), limits.deadline(), folder);
      } finally {
        remove(folder);
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "no process can be started to try a model in: " + e.getMessage()
              + "; see that " + System.getProperty("java.home") + " has a bin/java and that "
              + System.getProperty("java.io.tmpdir") + " can be written to",
          e);
    }
  }

  private static Ending run(List<String> command, Duration deadline, Path folder)
      throws IOException {
    Path said = folder.resolve("said");
    Path log = folder.resolve("log");
    Process process = new ProcessBuilder(command)
        .redirectInput(Redirect.PIPE)
        .redirectOutput(said.toFile())
        .redirectError(log.toFile())
        .start();
    try {
      boolean ended = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return new Ending(
          ended ? process.exitValue() : Ending.TOO_LATE,
          lines(said),
          lines(folder.resolve(ChildCommand.CRASH_LOG)),
          lines(log));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException(
          "the trial of a model was interrupted; open the model again", e);
    } finally {
      end(process);
    }
  }

  /** Kills the process and waits until its files can be removed. */
  private static void end(Process process) {
    process.destroyForcibly();
    process
        .onExit()
        .orTimeout(10, TimeUnit.SECONDS)
        .exceptionally(late -> process)
        .join();
  }

  private static List<String> lines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
