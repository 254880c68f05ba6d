package lapidary.search;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lapidary.models.FileFailure;
import lapidary.models.FolderLock;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.Pca;
import org.jspecify.annotations.Nullable;

/**
 * A collection on the disk: {@code manifest.bin}, {@code pca.bin} if vectors are reduced, and segments. A commit writes a new
 * segment, then swaps the manifest; a process killed at any moment leaves the old manifest or the new one, each with all of
 * its segments. Segments are merged so that each is more than twice as large as the next, which keeps them few and the bytes
 * written per item logarithmic. Not thread-safe.
 */
final class CollectionFolder implements AutoCloseable {
  private static final String MANIFEST = "manifest.bin";
  private static final String PCA = "pca.bin";
  private static final Pattern SEGMENT = Pattern.compile("segment-[0-9]+\\.bin");
  private static final String LOCK = "lock";
  private static final Pattern TEMPORARY =
      Pattern.compile("\\.(manifest|pca|segment-[0-9]+)\\.bin\\..+\\.tmp");
  private static final int READ_ATTEMPTS = 5;

  /**
   * One segment and the rows it put into memory, dead ones included.
   */
  private record Segment(long generation, int firstRow, int rows, Set<String> removed) {
    long weight() {
      return (long) rows + removed.size();
    }
  }

  /**
   * A folder that was read.
   *
   * @param spec what the collection was made with
   * @param rows its content
   * @param folder where changes go
   */
  record Opened(CollectionSpec spec, Rows rows, CollectionFolder folder) {}

  private final Path path;
  private final int dimensions;
  private final List<Segment> segments;
  private Manifest manifest;
  private @Nullable FolderLock lock;

  private CollectionFolder(Path path, int dimensions, Manifest manifest, List<Segment> segments) {
    this.path = path;
    this.dimensions = dimensions;
    this.manifest = manifest;
    this.segments = segments;
  }

  /** Makes an empty collection in a folder that does not exist or is empty. */
  static void create(Path path, CollectionSpec spec) {
    requireEmpty(path);
    spec.pca().ifPresent(pca -> PcaFile.write(path.resolve(PCA), pca));
    // Last: a folder without a manifest is not a collection yet.
    new Manifest(0, spec.name(), spec.model(), spec.pca().isPresent(), List.of())
        .write(path.resolve(MANIFEST));
  }

  private static void requireEmpty(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    if (!Files.isDirectory(path) || !names(path).stream().allMatch(CollectionFolder::isLeftover)) {
      throw new InvalidInputException(
          path + " is there already and not an empty folder; choose another or remove it");
    }
  }

  /** What a killed creation can leave behind. */
  private static boolean isLeftover(String name) {
    return name.equals(PCA) || TEMPORARY.matcher(name).matches();
  }

  /** Reads a collection. While another process commits, segments may vanish between the manifest and them: read again then. */
  static Opened open(Path path) {
    for (int attempt = 1; ; attempt++) {
      Manifest manifest = readManifest(path);
      try {
        return load(path, manifest);
      } catch (NoSuchFileException e) {
        boolean changed = readManifest(path).generation() != manifest.generation();
        if (!changed || attempt == READ_ATTEMPTS) {
          throw new InvalidInputException(
              path + " is damaged: " + Path.of(e.getFile()).getFileName()
                  + " is missing; restore it from a copy or index again",
              e);
        }
      }
    }
  }

  private static Manifest readManifest(Path path) {
    try {
      return Manifest.read(path.resolve(MANIFEST));
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          path + " holds no collection (it has no " + MANIFEST
              + "); give the folder that \"index create\" made",
          e);
    }
  }

  private static Opened load(Path path, Manifest manifest) throws NoSuchFileException {
    Optional<Pca> pca =
        manifest.reduced() ? Optional.of(PcaFile.read(path.resolve(PCA))) : Optional.empty();
    CollectionSpec spec = new CollectionSpec(manifest.name(), manifest.model(), pca);
    Rows rows = new Rows(spec.dimensions());
    List<Segment> segments = new ArrayList<>();
    for (long generation : manifest.segments()) {
      int first = rows.size();
      Set<String> removed =
          SegmentFile.read(segmentFile(path, generation), rows, spec.dimensions());
      segments.add(new Segment(generation, first, rows.size() - first, removed));
    }
    return new Opened(
        spec, rows, new CollectionFolder(path, spec.dimensions(), manifest, segments));
  }

  /**
   * Makes sure that no other process and no other opened collection changes this folder until {@link #close}.
   *
   * @throws InvalidInputException if another one does, or did since the folder was read
   */
  void lock() {
    if (lock != null) {
      return;
    }
    FolderLock taken = FolderLock.take(path, LOCK);
    if (readManifest(path).generation() != manifest.generation()) {
      taken.close();
      throw new InvalidInputException(
          path + " was changed by another process since it was opened; open it again");
    }
    lock = taken;
    deleteUnused();
  }

  /**
   * Makes durable what changed since the last commit. The folder has to be locked.
   *
   * @param rows the collection's content
   * @param removed ids removed since the last commit
   * @return whether everything was written anew, without dead rows, so that {@code rows} have to be compacted now
   */
  boolean commit(Rows rows, Set<String> removed) {
    int kept = keptSegments(rows, removed);
    List<Segment> merged = segments.subList(kept, segments.size());
    int firstRow = merged.isEmpty() ? committedRows() : merged.get(0).firstRow();
    Set<String> gone = kept == 0 ? Set.of() : gone(merged, removed);
    List<Integer> added = liveRows(rows, firstRow);
    Manifest next =
        manifest.next(segments.stream().limit(kept).map(Segment::generation).toList());
    SegmentFile.write(segmentFile(path, next.generation()), gone, rows, added, dimensions);
    next.write(path.resolve(MANIFEST));
    manifest = next;
    merged.clear();
    int size = kept == 0 ? added.size() : rows.size() - firstRow;
    segments.add(new Segment(next.generation(), firstRow, size, gone));
    deleteUnused();
    return kept == 0;
  }

  /** Ids to remove from the segments before the merged ones; before the first segment there is nothing to remove from. */
  private static Set<String> gone(List<Segment> merged, Set<String> removed) {
    Set<String> gone = new LinkedHashSet<>();
    merged.forEach(segment -> gone.addAll(segment.removed()));
    gone.addAll(removed);
    return gone;
  }

  /** Segments that the next commit leaves as they are: those more than twice as large as what follows them. */
  private int keptSegments(Rows rows, Set<String> removed) {
    if (rows.size() > 2 * rows.count()) {
      return 0;
    }
    long weight = (long) rows.size() - committedRows() + removed.size();
    int kept = segments.size();
    while (kept > 0 && segments.get(kept - 1).weight() <= 2 * weight) {
      weight += segments.get(--kept).weight();
    }
    return kept;
  }

  private int committedRows() {
    return segments.stream().mapToInt(Segment::rows).sum();
  }

  private static List<Integer> liveRows(Rows rows, int from) {
    return IntStream.range(from, rows.size()).filter(rows::isLive).boxed().toList();
  }

  /** Deletes segments that no manifest names any more and what a killed process left half-written. */
  private void deleteUnused() {
    Set<String> used = new LinkedHashSet<>();
    manifest.segments().forEach(generation -> used.add(segmentName(generation)));
    for (String name : names(path)) {
      boolean ours = SEGMENT.matcher(name).matches() || TEMPORARY.matcher(name).matches();
      if (ours && !used.contains(name)) {
        deleteQuietly(path.resolve(name));
      }
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // A file nobody reads only takes space; the next commit tries again.
    }
  }

  private static List<String> names(Path path) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (IOException e) {
      throw FileFailure.reading(
          "folder " + path, e, "give the folder of a collection that can be read");
    }
    return names;
  }

  private static Path segmentFile(Path path, long generation) {
    return path.resolve(segmentName(generation));
  }

  private static String segmentName(long generation) {
    return "segment-" + generation + ".bin";
  }

  @Override
  public void close() {
    if (lock != null) {
      lock.close();
      lock = null;
    }
  }
}
