package lapidary.trainer.data.photos;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import lapidary.models.InvalidInputException;

/**
 * Photos in a zip file, read in place: nothing is ever written to the disk. An archive with a name that leads out of it, or
 * one that would expand beyond measure, is refused whole.
 *
 * @param file the zip file
 */
record PhotoZip(Path file) implements PhotoFiles {
  /** Pictures are compressed already; even flat ones stay under this. */
  private static final long MOST_EXPANSION = 1_000;
  /** What any archive may expand to, however small it is. */
  private static final long FREE_BYTES = 64 << 20;

  @Override
  public String where() {
    return file.toString();
  }

  @Override
  public List<String> list() {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = zip.stream().toList();
      entries.forEach(entry -> requireInside(entry.getName()));
      requireBounded(entries);
      return entries.stream()
          .map(ZipEntry::getName)
          .filter(path -> !PhotoFiles.isHidden(path))
          .distinct()
          .sorted()
          .toList();
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  @Override
  public Opened open() {
    try {
      return new OpenZip(new ZipFile(file.toFile()));
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private void requireInside(String name) {
    boolean outside = name.startsWith("/")
        || name.contains("\\")
        || name.contains(":")
        || Arrays.asList(name.split("/")).contains("..");
    if (outside) {
      throw new InvalidInputException(file + " holds an entry \"" + name
          + "\" that leads out of the archive; make the zip again with relative names");
    }
  }

  private void requireBounded(List<? extends ZipEntry> entries) throws IOException {
    long allowed = FREE_BYTES + MOST_EXPANSION * Files.size(file);
    long total = 0;
    for (ZipEntry entry : entries) {
      total += Math.max(0, entry.getSize());
      if (total > allowed) {
        throw new InvalidInputException(file + " would expand to more than " + allowed
            + " bytes; it is not an archive of photos");
      }
    }
  }

  private InvalidInputException damaged(IOException e) {
    return new InvalidInputException(
        file + " cannot be read as a zip file: " + e.getMessage() + "; get it again", e);
  }

  /** An open archive. */
  private record OpenZip(ZipFile zip) implements Opened {
    @Override
    public InputStream stream(String path) throws IOException {
      ZipEntry entry = zip.getEntry(path);
      if (entry == null) {
        throw new FileNotFoundException(path + " is there no more");
      }
      WholeFile.requireSize(entry.getSize(), path);
      return new WholeFile(zip.getInputStream(entry), path, OptionalLong.of(entry.getCrc()));
    }

    @Override
    public void close() {
      try {
        zip.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException("a file that was read cannot be closed", e);
      }
    }
  }
}
