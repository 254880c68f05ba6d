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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import lapidary.models.DataSource;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.Sha256;
import lapidary.models.WordNetClass;

/**
 * Image files: single ones, folders and zip archives of them, in the order given, those of a folder or an archive sorted by name.
 * Archives stay open until it is closed. Reading photos is thread-safe.
 */
final class Photos implements PictureSet, AutoCloseable {
  /** More than a photo has; what an archive says of its entries is not believed. */
  private static final int LARGEST = Pixels.MAX_FILE_BYTES;

  private final String name;
  private final Naming naming;
  private final Map<String, Photo> all = new LinkedHashMap<>();
  private final List<ZipFile> archives = new ArrayList<>();

  /** What photos are called. */
  enum Naming {
    /**
     * By their path within the folder or archive that was named, with slashes on every system, a single file by its name: wherever the
     * folder lies, its photos are called the same.
     */
    WITHIN,
    /** By their path as it was given. */
    PATH;

    String of(Path within, Place place) {
      return this == PATH ? place.path() : slashed(within);
    }
  }

  /**
   * One image file.
   *
   * @param id what it is called
   * @param label the folder it lies in; the class in words where that is a number of WordNet
   * @param place where its bytes are
   */
  record Photo(String id, String label, Place place) {
    Picture picture() {
      return Picture.read(id, label, place.path(), place::read);
    }

    boolean sameFile(Photo other) {
      return normal(Path.of(place.path())).equals(normal(Path.of(other.place.path())));
    }

    /** What tells it from what may be there another time: name, size and time. */
    String stamp() {
      return id + '\0' + place.stamp();
    }
  }

  /** Where the bytes of a photo are. */
  private interface Place {
    /** What a person finds it by; within an archive the archive's path, a slash and the entry's name. */
    String path();

    byte[] read() throws IOException;

    String stamp();
  }

  /** A file by itself. */
  private record Alone(Path file) implements Place {
    @Override
    public String path() {
      return file.toString();
    }

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
    public String path() {
      return archive.getName() + "/" + entry.getName();
    }

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

  private Photos(String name, Naming naming) {
    this.name = name;
    this.naming = naming;
  }

  /**
   * Lists the photos.
   *
   * @throws InvalidInputException if an input is not there or holds no image, or two files would be called the same
   */
  static Photos of(List<Path> inputs, Naming naming) {
    Path first = inputs.get(0).toAbsolutePath().normalize().getFileName();
    Photos photos = new Photos(first == null ? "photos" : first.toString(), naming);
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
    return all.values().stream().skip(from).map(Photo::picture).iterator();
  }

  @Override
  public DataSource source(String filesSha256) {
    return new DataSource(name, filesSha256, "unknown");
  }

  /** Names, sizes and times: reading all bytes would take as long as decoding small pictures. */
  @Override
  public Map<String, String> identity() {
    MessageDigest digest = Sha256.digest();
    for (Photo photo : all.values()) {
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
    Path named = normal(input);
    for (Path file : ImageFiles.expand(List.of(input))) {
      Path whole = normal(file);
      Path within = whole.equals(named) ? whole.getFileName() : named.relativize(whole);
      add(within, labelOf(whole), new Alone(file));
    }
  }

  /** Takes a photo once, however often it is named. */
  private void add(Path within, String label, Place place) {
    Photo photo = new Photo(naming.of(within, place), label, place);
    Photo other = all.putIfAbsent(photo.id(), photo);
    if (other != null && !other.sameFile(photo)) {
      throw new InvalidInputException(
          other.place().path() + " and " + photo.place().path() + " would both be called "
              + photo.id() + "; name the folder that holds both");
    }
  }

  private static Path normal(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static String slashed(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(Path::toString)
        .collect(Collectors.joining("/"));
  }

  private static String labelOf(Path file) {
    Path folder = file.getParent();
    Path name = folder == null ? null : folder.getFileName();
    return name == null ? "" : WordNetClass.inWords(name.toString());
  }

  private void addArchive(Path file) {
    try {
      ZipFile archive = new ZipFile(file.toFile());
      archives.add(archive);
      int before = all.size();
      Path place = normal(file);
      String stamp = stamp(file);
      archive.stream()
          .filter(entry -> !entry.isDirectory() && isPhoto(entry, file))
          .sorted(Comparator.comparing(ZipEntry::getName))
          .forEach(entry -> add(
              Path.of(entry.getName()),
              labelOf(place.resolve(entry.getName())),
              new Packed(archive, entry, stamp)));
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
