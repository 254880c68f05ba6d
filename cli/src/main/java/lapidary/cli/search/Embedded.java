package lapidary.cli.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lapidary.cli.option.DataOption;
import lapidary.models.DataSource;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.runtime.Embedder;
import lapidary.search.Item;
import lapidary.search.Thumbnail;
import lapidary.search.pca.RowSource;
import lapidary.search.pca.VectorSpool;

/**
 * Items and their vectors, side by side. Vectors lie in a temporary file, however many they are; closing deletes it. Filled and
 * read by one thread.
 */
public final class Embedded implements AutoCloseable {
  /** Images kept to try a file on that is made of the vectors. */
  private static final int SAMPLES = 12;

  private final VectorSpool vectors;
  private final Embedder embedder;
  private final List<Item> items = new ArrayList<>();
  private final List<Thumbnail> thumbnails = new ArrayList<>();
  private final List<Pixels> samples = new ArrayList<>();
  private int skipped;
  private DataSource source = new DataSource("none", "", "unknown");

  Embedded(Embedder embedder) {
    this.embedder = embedder;
    this.vectors = VectorSpool.of(embedder.width());
  }

  /** One image before it is embedded: an item, its pixels in the model's size and its small picture. */
  record Image(Item item, Pixels pixels, Thumbnail thumbnail) {}

  /** Embeds images in one batch and takes them in. */
  void add(List<Image> images) {
    float[][] rows = embedder.embed(batch(images.stream().map(Image::pixels).toList()));
    for (int i = 0; i < images.size(); i++) {
      vectors.add(rows[i]);
      items.add(images.get(i).item());
      thumbnails.add(images.get(i).thumbnail());
      if (samples.size() < SAMPLES) {
        samples.add(images.get(i).pixels());
      }
    }
  }

  /** One batch of single images, filled up with black ones where the file takes batches of one size only. */
  private Pixels batch(List<Pixels> images) {
    Pixels first = images.get(0);
    List<Pixels> all = new ArrayList<>(images);
    if (fixedBatch(embedder) > images.size()) {
      int missing = (int) fixedBatch(embedder) - images.size();
      int size = first.height() * first.width() * first.channels();
      all.add(Pixels.of(
          missing, first.height(), first.width(), first.channels(), new byte[missing * size]));
    }
    return Pixels.joined(all);
  }

  /** The batch size of a file that takes no other, else −1. */
  static long fixedBatch(Embedder embedder) {
    return embedder.model().inputs().get(0).shape().get(0);
  }

  void skip() {
    skipped++;
  }

  void from(DataSource data) {
    source = data;
  }

  List<Item> items() {
    return List.copyOf(items);
  }

  List<String> labels() {
    return items.stream().map(Item::label).toList();
  }

  /** The vectors, [items, width]. */
  RowSource rows() {
    return vectors;
  }

  /** Vectors from {@code from} to {@code to}, in memory. */
  float[][] rows(int from, int to) {
    float[][] rows = new float[to - from][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = vectors.row(from + i);
    }
    return rows;
  }

  /** A small picture of each item; none where none were asked for. */
  List<Thumbnail> thumbnails() {
    return List.copyOf(thumbnails);
  }

  /** The first images, a dozen at most, whose vectors are the first rows. */
  Pixels samples() {
    if (samples.isEmpty()) {
      throw new InvalidInputException("there are no images; give at least one");
    }
    return Pixels.joined(samples);
  }

  /** How many images were left out because they cannot be decoded. */
  int skipped() {
    return skipped;
  }

  /** Which data the items are. */
  DataSource source() {
    return source;
  }

  @Override
  public void close() {
    vectors.close();
  }

  public static String id(DataOption.Split split, int index) {
    return String.format(Locale.ROOT, "%s-%05d", split, index);
  }
}
