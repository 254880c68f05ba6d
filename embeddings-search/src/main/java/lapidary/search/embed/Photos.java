package lapidary.search.embed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;

/**
 * Image files, by their names: single ones, folders and zip archives of them, in the order given, those of a folder or an
 * archive sorted by name. Archives stay open until it is closed. Reading photos is thread-safe.
 */
final class Photos implements AutoCloseable {
  /** More than a photo has; what an archive says of its entries is not believed. */
  private static final int LARGEST = Pixels.MAX_FILE_BYTES;

  private final List<Photo> all = new ArrayList<>();
  private final List<ZipFile> archives = new ArrayList<>();

  /**
   * One image file.
   *
   * @param id its path; within an archive the archive's path, a slash and the entry's name
   * @param label the folder it lies in
   */
  record Photo(String id, String label, Content content) {
    /** The file's bytes. */
    byte[] read() {
      try {
        return content.read();
      } catch (IOException e) {
        throw FileFailure.reading(id, e, "give an image file that can be read");
      }
    }
  }

  /** Reads the bytes of a photo. */
  @FunctionalInterface
  interface Content {
    byte[] read() throws IOException;
  }

  private Photos() {}

  /**
   * Lists the photos.
   *
   * @throws InvalidInputException if an input is not there, or holds no image
   */
  static Photos of(List<Path> inputs) {
    Photos photos = new Photos();
    try {
      inputs.forEach(photos::add);
      return photos;
    } catch (RuntimeException e) {
      photos.close();
      throw e;
    }
  }

  List<Photo> all() {
    return List.copyOf(all);
  }

  private void add(Path input) {
    if (input.toString().toLowerCase(Locale.ROOT).endsWith(".zip") && Files.isRegularFile(input)) {
      addArchive(input);
      return;
    }
    if (!Files.exists(input)) {
      throw new InvalidInputException("cannot read " + input
          + "; give an image file, a folder or a zip archive that exists and can be read");
    }
    ImageFiles.expand(List.of(input))
        .forEach(file ->
            all.add(new Photo(file.toString(), folderOf(file), () -> Files.readAllBytes(file))));
  }

  private static String folderOf(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    Path name = folder == null ? null : folder.getFileName();
    return name == null ? "" : name.toString();
  }

  private void addArchive(Path file) {
    try {
      ZipFile archive = new ZipFile(file.toFile());
      archives.add(archive);
      int before = all.size();
      archive.stream()
          .filter(entry -> !entry.isDirectory() && isPhoto(entry, file))
          .sorted(Comparator.comparing(ZipEntry::getName))
          .forEach(entry -> all.add(new Photo(
              file + "/" + entry.getName(),
              folderOf(Path.of(file + ".d", entry.getName())),
              () -> read(archive, entry))));
      if (all.size() == before) {
        throw new InvalidInputException(file + " holds no images; give an archive of photos");
      }
    } catch (IOException e) {
      if (FileFailure.isMachines(e)) {
        throw FileFailure.ofMachine("cannot read " + file, e);
      }
      throw new InvalidInputException(
          file + " is not a zip archive that can be read: " + e.getMessage() + "; make it again",
          e);
    }
  }

  private static boolean isPhoto(ZipEntry entry, Path archive) {
    String name = entry.getName();
    if (List.of(name.split("[/\\\\]", -1)).contains("..") || name.startsWith("/")) {
      throw new InvalidInputException(archive + " has an entry \"" + name
          + "\" that leads out of it; make the archive again without it");
    }
    return !name.startsWith("__MACOSX/") && ImageFiles.isImage(name);
  }

  private static byte[] read(ZipFile archive, ZipEntry entry) throws IOException {
    try (InputStream in = archive.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(LARGEST);
      if (in.read() >= 0) {
        throw new IOException("it has more than " + LARGEST + " bytes");
      }
      return bytes;
    }
  }

  @Override
  public void close() {
    for (ZipFile archive : archives) {
      try {
        archive.close();
      } catch (IOException e) {
        throw FileFailure.reading(archive.getName(), e, "make the archive again");
      }
    }
  }
}
