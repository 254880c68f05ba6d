package lapidary.search.store.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.search.store.Item;
import lapidary.search.store.Snapshot;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.DocValuesProducer;
import org.apache.lucene.codecs.FieldsProducer;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.NormsProducer;
import org.apache.lucene.codecs.PointsReader;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.jspecify.annotations.Nullable;

/** Finds what is damaged: Lucene ends each file by a checksum of it. Stateless. */
final class IntegrityCheck {
  /** How far the square of a unit vector's length may be from 1. */
  private static final double ROUNDING = 1e-4;

  /** Files of Lucene that end by a checksum. */
  private static final Pattern FILE = Pattern.compile("_.*|segments_.*");

  private static final int PAGE = 1_000;
  private static final int ATTEMPTS = 5;

  private IntegrityCheck() {}

  /** Reads what answers depend on: everything but pictures. */
  static void requireReadable(View view) throws IOException {
    for (LeafReaderContext context : view.reader().leaves()) {
      CodecReader leaf = (CodecReader) context.reader();
      check(leaf.getDocValuesReader(), DocValuesProducer::checkIntegrity);
      check(leaf.getNormsReader(), NormsProducer::checkIntegrity);
      check(leaf.getPostingsReader(), FieldsProducer::checkIntegrity);
      check(leaf.getPointsReader(), PointsReader::checkIntegrity);
      check(leaf.getVectorReader(), KnnVectorsReader::checkIntegrity);
    }
  }

  /** Checks a part of a segment. */
  @FunctionalInterface
  private interface Check<T> {
    void of(T part) throws IOException;
  }

  /** Segments lack the parts that none of their documents has. */
  private static <T> void check(@Nullable T part, Check<T> check) throws IOException {
    if (part != null) {
      check.of(part);
    }
  }

  static List<String> damages(Path path) {
    try (Folder folder = Folder.existing(path)) {
      List<String> damages = filesOf(folder);
      return damages.isEmpty() ? itemsOf(path) : damages;
    }
  }

  private static List<String> filesOf(Folder folder) {
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        String commit = folder.lastCommit();
        List<String> damages = filesOf(folder, commit);
        // A commit under way may have deleted files of the one that was read.
        if (damages.isEmpty() || commit.equals(folder.lastCommit())) {
          return damages;
        }
      }
    } catch (IOException e) {
      throw Failure.opening(folder.path(), e);
    }
    throw new InvalidInputException(folder.path()
        + " changes faster than it can be checked; stop whoever changes it and check again");
  }

  private static List<String> filesOf(Folder folder, String commit) {
    if (commit.isEmpty()) {
      throw Failure.absent(folder.path());
    }
    List<String> damages = new ArrayList<>();
    try {
      for (String file : SegmentInfos.readCommit(folder.directory(), commit).files(true)) {
        damageOf(folder, file).ifPresent(damages::add);
      }
    } catch (IOException | RuntimeException e) {
      damages.add(sentence(Failure.opening(folder.path(), e)));
    } catch (OutOfMemoryError e) {
      damages.addAll(all(folder));
      if (damages.isEmpty()) {
        throw e;
      }
    }
    return List.copyOf(damages);
  }

  /**
   * Refuses a damaged folder for which memory did not suffice: some lengths are believed before the checksum of their file is read.
   *
   * @throws InvalidInputException naming the first damaged file
   */
  static void requireWhole(Folder folder, OutOfMemoryError e) {
    List<String> damages = all(folder);
    if (!damages.isEmpty()) {
      throw new InvalidInputException(damages.get(0), e);
    }
  }

  /** What is damaged of all files, those of no commit included. */
  private static List<String> all(Folder folder) {
    try {
      return Stream.of(folder.directory().listAll())
          .filter(file -> FILE.matcher(file).matches())
          .flatMap(file -> damageOf(folder, file).stream())
          .toList();
    } catch (IOException e) {
      throw Failure.opening(folder.path(), e);
    }
  }

  private static Optional<String> damageOf(Folder folder, String file) {
    try (IndexInput in = folder.directory().openInput(file, IOContext.READONCE)) {
      CodecUtil.checksumEntireFile(in);
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.of(sentence(Failure.opening(folder.path(), e)));
    }
  }

  private static List<String> itemsOf(Path path) {
    List<String> damages = new ArrayList<>();
    try (LuceneStore store = LuceneStore.open(path);
        Snapshot snapshot = store.snapshot()) {
      for (int from = 0; from < snapshot.count(); from += PAGE) {
        for (Item item : snapshot.items(from, PAGE)) {
          snapshot.thumbnail(item.id());
          float[] unit = snapshot.vector(item.id()).orElseThrow();
          if (!isUnit(unit)) {
            damages.add("the vector of \"" + item.id() + "\" does not have length 1 or 0");
          }
        }
      }
    } catch (InvalidInputException e) {
      damages.add(sentence(e));
    }
    return List.copyOf(damages);
  }

  private static String sentence(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }

  private static boolean isUnit(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    return squares == 0 || Math.abs(squares - 1) < ROUNDING;
  }
}
