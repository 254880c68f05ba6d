package lapidary.search.store.lucene;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.index.UpgradeIndexMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.slf4j.LoggerFactory;

/** The folder of an index. Thread-safe. */
final class Folder implements AutoCloseable {
  /** The files that say what belongs to a store, of this format and of the one before. */
  private static final Pattern COMMIT = Pattern.compile("segments_.*|manifest\\.bin");

  /** What Lucene writes before it commits. */
  private static final Pattern UNCOMMITTED =
      Pattern.compile("_.*|pending_segments_.*|write\\.lock");

  /** The format before this one. */
  private static final Pattern OLD_FORMAT =
      Pattern.compile("manifest\\.bin|pca\\.bin|segment-[0-9]+\\.bin|lock");

  private static final int LARGEST_BUFFER_MB = 256;

  private final Path path;
  private final Directory directory;

  Folder(Path path, Directory directory) {
    this.path = path;
    this.directory = directory;
  }

  /** Opens a folder, made if it is missing. */
  static Folder open(Path path) {
    try {
      return new Folder(path, FSDirectory.open(path));
    } catch (IOException e) {
      throw FileFailure.changing(
          "cannot write " + path, path, e, "choose a folder you can write to");
    }
  }

  /**
   * Opens a folder that has to be there.
   *
   * @throws InvalidInputException if it is not
   */
  static Folder existing(Path path) {
    if (!Files.isDirectory(path)) {
      throw Failure.absent(path);
    }
    return open(path);
  }

  /**
   * Refuses a folder that holds anything but what a killed creation can leave behind.
   *
   * @throws InvalidInputException if it does
   */
  static void requireEmpty(Path path) {
    if (Files.exists(path)
        && (!Files.isDirectory(path)
            || !names(path).stream().allMatch(name -> UNCOMMITTED.matcher(name).matches()))) {
      throw new InvalidInputException(
          path + " is there already and not an empty folder; choose another or remove it");
    }
  }

  static boolean holdsStore(Path path) {
    return Files.isDirectory(path)
        && names(path).stream().anyMatch(name -> COMMIT.matcher(name).matches());
  }

  private static List<String> names(Path path) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    } catch (IOException e) {
      throw FileFailure.reading(
          "folder " + path, e, "give the folder of a collection that can be read");
    }
    return names;
  }

  Path path() {
    return path;
  }

  Directory directory() {
    return directory;
  }

  /** The file that says what belongs to the last commit; empty if there was none. */
  String lastCommit() throws IOException {
    String commit = SegmentInfos.getLastCommitSegmentsFileName(directory);
    return commit == null ? "" : commit;
  }

  /**
   * Lucene's writer, and with it the right to change the index.
   *
   * @param graph whether segments get a graph
   * @param rewritten segments that a forced merge writes anew, even one that is alone
   */
  IndexWriter writer(IndexWriterConfig.OpenMode mode, boolean graph, Set<String> rewritten)
      throws IOException {
    double megabytes = Runtime.getRuntime().maxMemory() / (double) (1 << 20);
    return new IndexWriter(
        directory,
        new IndexWriterConfig(new Words())
            .setOpenMode(mode)
            .setCommitOnClose(false)
            .setCodec(new StoreCodec(graph))
            .setRAMBufferSizeMB(Math.max(16, Math.min(LARGEST_BUFFER_MB, megabytes / 8)))
            .setMergePolicy(rewriting(rewritten))
            .setMergeScheduler(new QuietMerges()));
  }

  /** Merges beside changes. One that fails is told to whoever changes next, not to the console as well. */
  private static final class QuietMerges extends ConcurrentMergeScheduler {
    @Override
    protected void handleMergeException(Throwable failure) {
      LoggerFactory.getLogger(Folder.class).debug("segments stay unmerged", failure);
    }
  }

  private static MergePolicy rewriting(Set<String> segments) {
    MergePolicy usual = new TieredMergePolicy();
    return segments.isEmpty()
        ? usual
        : new UpgradeIndexMergePolicy(usual) {
          @Override
          protected boolean shouldUpgradeSegment(SegmentCommitInfo segment) {
            return segments.contains(segment.info.name);
          }
        };
  }

  /** Deletes what is left of the format before this one, after something else was committed. */
  void deleteOldFormat() {
    for (String name : names(path)) {
      if (OLD_FORMAT.matcher(name).matches()) {
        try {
          Files.deleteIfExists(path.resolve(name));
        } catch (IOException e) {
          // Nobody reads it; it only takes space.
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      directory.close();
    } catch (IOException e) {
      // It was only told that nobody comes in any more.
    }
  }
}
