package lapidary.search.embed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import lapidary.models.DataSource;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.Sha256;

/**
 * Image files, by their names: single ones, folders and zip archives of them, in the order given, those of a folder or an
 * archive sorted by name. Archives stay open until it is closed. Reading photos is thread-safe.
 */
final class Photos implements PictureSet, AutoCloseable {
  /** More than a photo has; what an archive says of its entries is not believed. */
  private static final int LARGEST = Pixels.MAX_FILE_BYTES;

  private final String name;
  private final List<Photo> all = new ArrayList<>();
  private final List<ZipFile> archives = new ArrayList<>();

  /**
   * One image file.
   *
   * @param id its path; within an archive the archive's path, a slash and the entry's name
   * @param label the folder it lies in
   * @param place where its bytes are
   */
  record Photo(String id, String label, Place place) {
    Picture picture() {
      return Picture.read(id, label, place::read);
    }

    /** What tells it from what may be there another time: name, size and time. */
    String stamp() {
      return id + '\0' + place.stamp();
    }
  }

  /** Where the bytes of a photo are. */
  private interface Place {
    byte[] read() throws IOException;

    String stamp();
  }

  /** A file by itself. */
  private record Alone(Path file) implements Place {
    @Override
    public byte[] read() throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        // One more than allowed: decoding refuses it by its size.
        return in.readNBytes(LARGEST + 1);
      }
    }

    @Override
    public String stamp() {
      return Photos.stamp(file);
    }
  }

  /** An entry of an archive. */
  private record Packed(ZipFile archive, ZipEntry entry, String archiveStamp) implements Place {
    @Override
    public byte[] read() throws IOException {
      try (InputStream in = archive.getInputStream(entry)) {
        byte[] bytes = in.readNBytes(LARGEST);
        if (in.read() >= 0) {
          throw new IOException("it has more than " + LARGEST + " bytes");
        }
        return bytes;
      }
    }

    @Override
    public String stamp() {
      return archiveStamp + ' ' + entry.getSize() + ' ' + entry.getCrc();
    }
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.size() + " " + found.lastModifiedTime().toInstant();
    } catch (IOException e) {
      // It will be skipped when it is its turn.
      return "missing";
    }
  }

  private Photos(String name) {
    this.name = name;
  }

  /**
   * Lists the photos.
   *
   * @throws InvalidInputException if an input is not there, or holds no image
   */
  static Photos of(List<Path> inputs) {
    Path first = inputs.get(0).toAbsolutePath().normalize().getFileName();
    Photos photos = new Photos(first == null ? "photos" : first.toString());
    try {
      inputs.forEach(photos::add);
      return photos;
    } catch (RuntimeException e) {
      photos.close();
      throw e;
    }
  }

  @Override
  public int count() {
    return all.size();
  }

  @Override
  public Iterator<Picture> from(int from) {
    return all.subList(from, all.size()).stream().map(Photo::picture).iterator();
  }

  @Override
  public DataSource source(String filesSha256) {
    return new DataSource(name, filesSha256, "unknown");
  }

  /** Names, sizes and times: reading all bytes would take as long as decoding small pictures. */
  @Override
  public Map<String, String> identity() {
    MessageDigest digest = Sha256.digest();
    for (Photo photo : all) {
      digest.update(photo.stamp().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
    }
    return Map.of("pictures", all.size() + " files, " + HexFormat.of().formatHex(digest.digest()));
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
        .forEach(file -> all.add(new Photo(file.toString(), folderOf(file), new Alone(file))));
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
      String stamp = stamp(file);
      archive.stream()
          .filter(entry -> !entry.isDirectory() && isPhoto(entry, file))
          .sorted(Comparator.comparing(ZipEntry::getName))
          .forEach(entry -> all.add(new Photo(
              file + "/" + entry.getName(),
              folderOf(Path.of(file + ".d", entry.getName())),
              new Packed(archive, entry, stamp))));
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
