package lapidary.models;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Publishes a file whole or not at all: written beside the target under a temporary name, forced to the disk, then moved over
 * the target in one step. A reader sees the old content or the new, never a part. Stateless.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the content of a file to a stream, which the caller closes. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code out}. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Fills a file that exists, empty, under a temporary name. */
  @FunctionalInterface
  public interface Filler {
    /** Writes everything to the file {@code temporary}. */
    void fill(Path temporary) throws IOException;
  }

  /**
   * Publishes {@code target} with what {@code content} writes; parent folders are made.
   *
   * @throws InvalidInputException if the target cannot be written; nothing is left behind
   */
  public static void write(Path target, Content content) {
    publish(target, temporary -> {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        content.writeTo(out);
      }
    });
  }

  /** Publishes {@code target} as UTF-8 text; see {@link #write(Path, Content)}. */
  public static void writeText(Path target, String text) {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Publishes {@code target} with what {@code filler} puts into the temporary file; parent folders are made.
   *
   * @throws InvalidInputException if the target cannot be written; nothing is left behind
   */
  public static void publish(Path target, Filler filler) {
    Path absolute = target.toAbsolutePath().normalize();
    Path temporary = null;
    try {
      Path folder = absolute.getParent();
      if (folder == null || Files.isDirectory(absolute)) {
        throw new IOException("it is a folder");
      }
      Files.createDirectories(folder);
      temporary = create(folder, absolute);
      filler.fill(temporary);
      force(temporary);
      Files.move(
          temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      temporary = null;
      forceFolder(folder);
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot write " + target + ": " + reason(e) + "; choose a folder you can write to", e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  /** Not Files.createTempFile, whose files only their owner may read: what is published follows the user's umask. */
  private static Path create(Path folder, Path target) throws IOException {
    String unique = ProcessHandle.current().pid() + "-" + Thread.currentThread().getId();
    Path temporary = folder.resolve("." + target.getFileName() + "." + unique + ".tmp");
    Files.deleteIfExists(temporary);
    return Files.createFile(temporary);
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Makes the move itself durable. Windows cannot open a folder and does not need to. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file's own bytes are on the disk already; only the durability of its name is the file
      // system's business.
    }
  }

  private static void deleteQuietly(@org.jspecify.annotations.Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // The first failure is the one worth reporting.
    }
  }

  private static String reason(IOException e) {
    String type = e.getClass().getSimpleName().replace("Exception", "");
    return e.getMessage() == null || e instanceof java.nio.file.FileSystemException
        ? type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT) + " ("
            + e.getMessage() + ")"
        : e.getMessage();
  }
}
