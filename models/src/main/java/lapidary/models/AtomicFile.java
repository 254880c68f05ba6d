package lapidary.models;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Publishes a file whole or not at all: written beside the target under a temporary name, forced to the disk, then moved over
 * the target in one step. A reader sees the old content or the new, never a part. What a killed process left in the folder under
 * such a name is removed before, see {@link Temporaries}; whether a failure is the machine's or the path's, {@link FileFailure}
 * says. Stateless.
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
   * @throws InvalidInputException if the target cannot be written, being not allowed or no place for a file; nothing is left behind
   * @throws EnvironmentException if the disk is full, read-only or broken; nothing is left behind
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
   * @throws InvalidInputException if the target cannot be written, being not allowed or no place for a file; nothing is left behind
   * @throws EnvironmentException if the disk is full, read-only or broken; nothing is left behind
   */
  public static void publish(Path target, Filler filler) {
    publishAll(List.of(new Entry(target, filler)));
  }

  /**
   * A file to publish with others.
   *
   * @param target where
   * @param filler what
   */
  public record Entry(Path target, Filler filler) {}

  /**
   * Publishes files that belong together: all are filled before the first is moved to its target, and a failure at any of them
   * leaves every target as it was.
   *
   * @throws InvalidInputException if a target cannot be written, being not allowed or no place for a file; nothing is left behind
   * @throws EnvironmentException if the disk is full, read-only or broken; nothing is left behind
   */
  public static void publishAll(List<Entry> entries) {
    List<StagedFile> files =
        entries.stream().map(entry -> new StagedFile(entry.target())).toList();
    files.stream().map(StagedFile::folder).distinct().forEach(Temporaries::clear);
    try {
      for (int i = 0; i < files.size(); i++) {
        files.get(i).fill(entries.get(i).filler());
      }
      StagedFile.moveAll(files);
    } finally {
      files.forEach(StagedFile::discard);
    }
  }
}
