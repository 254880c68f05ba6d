package lapidary.search.embed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntConsumer;
import lapidary.models.DataSource;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.Sha256;
import lapidary.search.Collection;
import lapidary.search.pca.RowSource;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;
import org.jspecify.annotations.Nullable;

/**
 * Items and their vectors, side by side. Vectors and small pictures lie in a file, however many they are; {@link #close} deletes it. For
 * one thread; reading vectors is thread-safe.
 */
public final class Embedded implements AutoCloseable {
  /** Images kept to try a file on that is made of the vectors. */
  private static final int SAMPLES = 12;

  /** Items of a collection that are added at a time. */
  private static final int PART = 256;

  private final BatchFile vectors;
  private final @Nullable KeptFolder folder;
  private final IntConsumer kept;
  private final List<Item> items = new ArrayList<>();
  private final List<Pixels> samples = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final MessageDigest digest = Sha256.digest();
  private DataSource source = new DataSource("none", "", "unknown");
  private int pictures;
  private volatile boolean needsSamples = true;
  private boolean finished;
  private boolean closed;

  private Embedded(int width, @Nullable KeptFolder folder, IntConsumer kept) {
    this.folder = folder;
    this.kept = kept;
    this.vectors = folder == null
        ? BatchFile.temporary(width)
        : BatchFile.kept(folder.batches(), width, this::recall);
  }

  /**
   * Nothing yet.
   *
   * @param folder where batches outlive the process, and which this takes over; none for a temporary file
   * @param kept is told of how many pictures batches stay when this is closed
   */
  static Embedded in(@Nullable KeptFolder folder, int width, IntConsumer kept) {
    try {
      return new Embedded(width, folder, kept);
    } catch (RuntimeException | Error e) {
      if (folder != null) {
        folder.close();
      }
      throw e;
    }
  }

  private void recall(BatchRecord.Facts batch) {
    pictures += batch.pictures();
    batch.rows().forEach(row -> take(row.item(), row.sha256()));
    refused.addAll(batch.refused());
  }

  void take(EmbeddedBatch batch) {
    vectors.append(batch);
    pictures += batch.pictures();
    for (EmbeddedPicture picture : batch.embedded()) {
      take(picture.item(), picture.sha256());
      Pixels pixels = picture.pixels();
      if (pixels != null && samples.size() < SAMPLES) {
        samples.add(pixels);
        needsSamples = samples.size() < SAMPLES;
      }
    }
    batch.refused().forEach(reason -> refused.add(String.valueOf(reason.getMessage())));
  }

  private void take(Item item, String sha256) {
    items.add(item);
    if (!sha256.isEmpty()) {
      digest.update(sha256.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Whether the pixels of more pictures are wanted. Thread-safe. */
  boolean needsSamples() {
    return needsSamples;
  }

  /** How many pictures were embedded or refused. */
  int pictures() {
    return pictures;
  }

  /** Why pictures have no vector, in order. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  /** All pictures of a set have come. */
  void complete(PictureSet set) {
    source = set.source(HexFormat.of().formatHex(digest.digest()));
  }

  /** What is known of each image that was taken in, in order. */
  public List<Item> items() {
    return List.copyOf(items);
  }

  /** The items' labels, in order. */
  public List<String> labels() {
    return items.stream().map(Item::label).toList();
  }

  /** The vectors, [items, width]. */
  public RowSource rows() {
    return vectors;
  }

  /** Vectors from {@code from} to {@code to}, in memory. */
  public float[][] rows(int from, int to) {
    float[][] rows = new float[to - from][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = vectors.row(from + i);
    }
    return rows;
  }

  /** Adds the items to a collection in parts, so that their unreduced vectors are never in memory all at once. */
  public void addTo(Collection collection) {
    for (int from = 0; from < items.size(); from += PART) {
      int to = Math.min(items.size(), from + PART);
      collection.add(items.subList(from, to), rows(from, to), thumbnails(from, to));
    }
  }

  /** A small picture of each item, read back into memory; none where none were asked for. */
  public List<Thumbnail> thumbnails() {
    return thumbnails(0, items.size());
  }

  private List<Thumbnail> thumbnails(int from, int to) {
    return vectors.rows(from, to).stream().map(BatchRecord.Row::thumbnail).toList();
  }

  /**
   * The first images, a dozen at most, whose vectors are the first rows.
   *
   * @throws InvalidInputException if there are none, or they were embedded by an earlier process
   */
  public Pixels samples() {
    if (samples.isEmpty()) {
      throw new InvalidInputException("there are no images; give at least one");
    }
    return Pixels.joined(samples);
  }

  /** How many images were left out because they cannot be decoded. */
  public int skipped() {
    return refused.size();
  }

  /** Which data the items are. */
  public DataSource source() {
    return source;
  }

  /**
   * The vectors have served their purpose: what {@link BulkEmbedding#resumingIn} keeps for another run is deleted on closing. Without
   * effect elsewhere.
   */
  public void finished() {
    finished = true;
  }

  /** Deletes the file, but one that is kept and has not served its purpose. Closing again does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    vectors.close();
    if (folder != null && (finished || items.isEmpty())) {
      folder.remove();
    } else if (folder != null) {
      folder.close();
      kept.accept(pictures);
    }
  }
}
