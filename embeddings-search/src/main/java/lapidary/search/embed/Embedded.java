package lapidary.search.embed;

import java.util.ArrayList;
import java.util.List;
import lapidary.models.DataSource;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.search.Collection;
import lapidary.search.pca.RowSource;
import lapidary.search.pca.VectorSpool;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;

/**
 * Items and their vectors, side by side. Vectors lie in a temporary file, however many they are; closing deletes it. Filled and
 * read by one thread.
 */
public final class Embedded implements AutoCloseable {
  /** Images kept to try a file on that is made of the vectors. */
  private static final int SAMPLES = 12;

  /** Items of a collection that are added at a time. */
  private static final int PART = 256;

  private final VectorSpool vectors;
  private final VectorModel model;
  private final List<Item> items = new ArrayList<>();
  private final List<Thumbnail> thumbnails = new ArrayList<>();
  private final List<Pixels> samples = new ArrayList<>();
  private int skipped;
  private DataSource source = new DataSource("none", "", "unknown");

  private Embedded(VectorModel model) {
    this.model = model;
    this.vectors = VectorSpool.of(model.width());
  }

  /**
   * Nothing yet.
   *
   * @throws lapidary.models.EnvironmentException if no temporary file can be made
   */
  public static Embedded by(VectorModel model) {
    return new Embedded(model);
  }

  /**
   * One image before it is embedded.
   *
   * @param item what is known of it
   * @param pixels itself, in the model's size
   * @param thumbnail its small picture, or none
   */
  public record Image(Item item, Pixels pixels, Thumbnail thumbnail) {}

  /**
   * Embeds images in one batch and takes them in.
   *
   * @param images 1 to {@link VectorModel#batch}
   */
  public void add(List<Image> images) {
    float[][] rows =
        model.embed(Pixels.joined(images.stream().map(Image::pixels).toList()));
    for (int i = 0; i < images.size(); i++) {
      vectors.add(rows[i]);
      items.add(images.get(i).item());
      thumbnails.add(images.get(i).thumbnail());
      if (samples.size() < SAMPLES) {
        samples.add(images.get(i).pixels());
      }
    }
  }

  void skip() {
    skipped++;
  }

  /** Says which data the items are. */
  public void from(DataSource data) {
    source = data;
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
    List<Item> all = items();
    List<Thumbnail> pictures = thumbnails();
    for (int from = 0; from < all.size(); from += PART) {
      int to = Math.min(all.size(), from + PART);
      collection.add(all.subList(from, to), rows(from, to), pictures.subList(from, to));
    }
  }

  /** A small picture of each item; none where none were asked for. */
  public List<Thumbnail> thumbnails() {
    return List.copyOf(thumbnails);
  }

  /**
   * The first images, a dozen at most, whose vectors are the first rows.
   *
   * @throws InvalidInputException if there are none
   */
  public Pixels samples() {
    if (samples.isEmpty()) {
      throw new InvalidInputException("there are no images; give at least one");
    }
    return Pixels.joined(samples);
  }

  /** How many images were left out because they cannot be decoded. */
  public int skipped() {
    return skipped;
  }

  /** Which data the items are. */
  public DataSource source() {
    return source;
  }

  @Override
  public void close() {
    vectors.close();
  }
}
