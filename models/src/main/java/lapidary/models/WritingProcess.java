package lapidary.models;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A process, told apart from every other. A process id alone is not enough: ids are used again, every container counts its own,
 * and a folder may be shared with another machine.
 *
 * @param place stands for one start of one machine's kernel and one name space of process ids within it
 * @param pid its number there
 * @param start when it began, in the kernel's ticks: unlike a date it does not move when the clock is set
 */
record WritingProcess(String place, long pid, long start) {
  private static final Path PROCESSES = Path.of("/proc");
  private static final int PLACE_DIGITS = 12;

  /** Where the system does not say enough. It is nobody's place, so that nothing is ever proved of it. */
  private static final String UNKNOWN = "0".repeat(PLACE_DIGITS);

  private static final WritingProcess CURRENT = find();

  static WritingProcess current() {
    return CURRENT;
  }

  private static WritingProcess find() {
    long pid = ProcessHandle.current().pid();
    try {
      Stat self = Stat.of("self");
      // Another number there means that /proc shows another container's processes.
      return new WritingProcess(self.pid == pid ? here() : UNKNOWN, pid, self.start);
    } catch (IOException e) {
      return new WritingProcess(UNKNOWN, pid, 0);
    }
  }

  private static String here() throws IOException {
    StringBuilder place =
        new StringBuilder(Files.readString(PROCESSES.resolve("sys/kernel/random/boot_id")));
    place.append(Files.readSymbolicLink(PROCESSES.resolve("self/ns/pid")));
    Path time = PROCESSES.resolve("self/ns/time");
    if (Files.exists(time)) {
      // Start times are shown as the reader's own name space of time counts them.
      place.append(Files.readSymbolicLink(time));
    }
    byte[] bytes = place.toString().getBytes(StandardCharsets.UTF_8);
    return Sha256.of(bytes).substring(0, PLACE_DIGITS);
  }

  /** Whether it is certain that the process has ended. Of another machine's or container's process nothing is certain. */
  boolean isGone() {
    if (place.equals(UNKNOWN) || !place.equals(CURRENT.place)) {
      return false;
    }
    try {
      Stat now = Stat.of(Long.toString(pid));
      return now.start != start || now.dead;
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * What the kernel says of a process, see proc_pid_stat(5).
   *
   * @param dead ended, though its parent has not asked for its exit code yet
   */
  private record Stat(long pid, long start, boolean dead) {
    private static final int STATE = 0;
    private static final int THREADS = 17;
    private static final int START = 19;

    static Stat of(String process) throws IOException {
      // A program's name may hold any bytes, blanks and brackets among them.
      String text =
          Files.readString(PROCESSES.resolve(process).resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
      return new Stat(
          Long.parseLong(text.substring(0, text.indexOf(' '))),
          Long.parseLong(fields[START]),
          // Of a process whose first thread alone has ended, the others may still write.
          fields[STATE].equals("Z") && Long.parseLong(fields[THREADS]) <= 1);
    }
  }
}
