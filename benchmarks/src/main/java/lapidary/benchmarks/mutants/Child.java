package lapidary.benchmarks.mutants;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that tries mutants until it is done or dead. Not thread-safe. */
final class Child implements AutoCloseable {
  /** The longest that a mutant may take. */
  static final Duration DEADLINE = Duration.ofSeconds(10);

  private static final Duration START = Duration.ofSeconds(60);

  /** Address space in KiB: the machine's memory is not the mutants'. */
  private static final long MOST_SPACE = 6L << 20;

  private static final String GONE = "gone";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /** What became of one mutant; the index is -1 when there is none left. */
  record Result(int index, Outcome outcome, String said) {}

  private Child(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "mutants-reader");
    reader.setDaemon(true);
    reader.start();
  }

  static Child start(long seed, int from, int to, Path folder, List<Path> sound)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (File.separatorChar == '/') {
      command.addAll(
          List.of("sh", "-c", "ulimit -c 0; ulimit -v " + MOST_SPACE + "; exec \"$@\"", "sh"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-XX:ErrorFile=" + folder.resolve("hs_err.log"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Attempts.class.getName()));
    command.addAll(List.of("" + seed, "" + from, "" + to, folder.toString()));
    sound.forEach(file -> command.add(file.toString()));
    return new Child(new ProcessBuilder(command)
        .redirectError(folder.resolve("stderr.txt").toFile())
        .start());
  }

  /** Waits for the next mutant. */
  Result next() throws InterruptedException {
    String begun = line(START, Attempts.BEGIN);
    if (!begun.startsWith(Attempts.BEGIN)) {
      return new Result(-1, exit() == 0 ? Outcome.OPENED : Outcome.DEATH, "exit code " + exit());
    }
    int index = Integer.parseInt(begun.substring(Attempts.BEGIN.length()));
    String ended = line(DEADLINE, Attempts.END);
    if (ended.startsWith(Attempts.END)) {
      String said = ended.substring(Attempts.END.length());
      String[] words = said.split(" ", 2);
      return new Result(index, Outcome.valueOf(words[0]), words.length > 1 ? words[1] : "");
    }
    return ended.equals(GONE)
        ? new Result(index, Outcome.DEATH, "exit code " + exit())
        : new Result(index, Outcome.HANG, "no answer in " + DEADLINE.toSeconds() + " s");
  }

  private int exit() throws InterruptedException {
    return process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  /** The next line with a beginning; "" if there is none in time. */
  private String line(Duration within, String beginning) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        return "";
      }
      if (line.startsWith(beginning) || line.equals(GONE)) {
        return line;
      }
    }
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lines.add(GONE);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
