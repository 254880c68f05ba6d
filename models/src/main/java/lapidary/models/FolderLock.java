package lapidary.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to change a folder, held by one of all processes, and within a process once. It is a lock on a file in the folder: the
 * system takes it from a process that is killed, and the file, which says who holds it, stays. Thread-safe.
 */
public final class FolderLock implements AutoCloseable {
  /**
   * Folder to holder. Where POSIX is followed, closing any channel of a file gives back all locks of the process on it: a file that
   * this process has locked must not even be opened again.
   */
  private static final Map<Object, String> HELD = new ConcurrentHashMap<>();

  /** Beyond the text, which others may read: some systems do not let others read what is locked. */
  private static final long LOCKED_BYTE = 1 << 30;

  private static final int LONGEST_RECORD = 400;
  private static final int LONGEST_COMMAND = 200;

  private final Object key;
  private final FileChannel channel;

  private FolderLock(Object key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /**
   * Takes the lock, or says who holds it.
   *
   * @param folder there already
   * @param file the name of the file in it, made if it is missing
   * @throws InvalidInputException if another process or another part of this one holds it, or the folder cannot be written
   * @throws EnvironmentException if the file system has no locks
   */
  public static FolderLock take(Path folder, String file) {
    Object key = key(folder);
    String holder = thisProcess();
    String other = HELD.putIfAbsent(key, holder);
    if (other != null) {
      throw held(folder, other);
    }
    try {
      return new FolderLock(key, locked(folder, file, holder));
    } catch (RuntimeException e) {
      HELD.remove(key);
      throw e;
    }
  }

  /**
   * Refuses a folder that is being changed at this moment.
   *
   * @throws InvalidInputException saying by whom
   */
  public static void requireFree(Path folder, String file) {
    if (Files.exists(folder.resolve(file))) {
      take(folder, file).close();
    }
  }

  private static FileChannel locked(Path folder, String name, String holder) {
    Path file = folder.resolve(name);
    FileChannel channel = open(folder, file);
    boolean taken = false;
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        throw held(folder, holder(file));
      }
      record(channel, holder);
      taken = true;
      return channel;
    } catch (IOException e) {
      throw new EnvironmentException(
          "cannot lock " + file + ": " + e.getMessage()
              + "; choose a folder on a file system that has locks",
          e);
    } finally {
      if (!taken) {
        closeQuietly(channel);
      }
    }
  }

  private static FileChannel open(Path folder, Path file) {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw FileFailure.changing(
          "cannot change " + folder, file, e, "make it writable or choose another folder");
    }
  }

  /** The system's own number of the folder, whatever path leads to it. */
  private static Object key(Path folder) {
    try {
      Object number = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
      return number == null ? folder.toRealPath() : number;
    } catch (IOException e) {
      throw FileFailure.changing("cannot change " + folder, folder, e, "make it first");
    }
  }

  private static InvalidInputException held(Path folder, String holder) {
    return new InvalidInputException(folder + " is being changed by " + holder
        + "; wait until that is done or stop it, or choose another folder");
  }

  private static String holder(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LONGEST_RECORD), StandardCharsets.UTF_8)
          .replaceAll("\\p{Cntrl}", " ")
          .strip();
      return text.isEmpty() ? "another process" : text;
    } catch (IOException e) {
      return "another process";
    }
  }

  private static String thisProcess() {
    String command = System.getProperty("sun.java.command", "");
    return "process " + ProcessHandle.current().pid()
        + host().map(name -> " on " + name).orElse("")
        + " since " + Instant.now().truncatedTo(ChronoUnit.SECONDS)
        + (command.isEmpty()
            ? ""
            : " (" + command.substring(0, Math.min(LONGEST_COMMAND, command.length())) + ")");
  }

  /** Asked of the kernel: a name service may take seconds to answer. */
  private static Optional<String> host() {
    try {
      return Optional.of(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
    } catch (IOException e) {
      return Optional.ofNullable(System.getenv("COMPUTERNAME"));
    }
  }

  /** What cannot be written, on a full disk, only leaves others without an answer. */
  private static void record(FileChannel channel, String text) {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      // As said.
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The system gives the lock back when the process ends at the latest.
    }
  }

  /** Gives the lock back. Closing again does nothing. */
  @Override
  public void close() {
    synchronized (channel) {
      if (channel.isOpen()) {
        record(channel, "");
        closeQuietly(channel);
        HELD.remove(key);
      }
    }
  }
}
