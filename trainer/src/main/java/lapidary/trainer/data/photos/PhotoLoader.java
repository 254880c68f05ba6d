package lapidary.trainer.data.photos;

import java.io.IOException;
import java.util.SplittableRandom;
import lapidary.models.FileFailure;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;

/**
 * Decodes photos batch by batch, in an order the caller gives, ahead of the caller and on several threads. What a photo looks
 * like depends on the seed and its row alone: not on the number of threads, on its place in the order, nor on the other
 * photos. Nothing is kept between passes. Immutable, thread-safe.
 *
 * <pre>{@code
 * PhotoLoader loader = new PhotoLoader(data.train(), ImageInput.resnet(224), Augmentation.FLIP, LoaderOptions.standard());
 * try (PhotoBatches batches = loader.open(order, 32, seedOfTheEpoch)) {
 *   while (batches.hasNext()) {
 *     PhotoBatch batch = batches.next();
 *   }
 * }
 * }</pre>
 */
public final class PhotoLoader {
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final PhotoSet photos;
  private final ImageInput input;
  private final Augmentation augmentation;
  private final LoaderOptions options;

  /**
   * A loader.
   *
   * @param photos what to load
   * @param input size, channels and resize rule
   * @param augmentation what is changed at random; {@link Augmentation#NONE} for photos to measure on
   * @param options threads and memory
   */
  public PhotoLoader(
      PhotoSet photos, ImageInput input, Augmentation augmentation, LoaderOptions options) {
    this.photos = photos;
    this.input = input;
    this.augmentation = augmentation;
    this.options = options;
  }

  /** The photos that are loaded. */
  public PhotoSet photos() {
    return photos;
  }

  /** One pass: each row of {@code order} once, as often as it is in there, cut into batches of {@code batchSize}. */
  public PhotoBatches open(long[] order, int batchSize, long seed) {
    return open(order, batchSize, seed, 0);
  }

  /**
   * The rest of a pass, from one of its batches on; the batches are those of the whole pass.
   *
   * @param order rows of the photos
   * @param batchSize photos a batch, at least 1
   * @param seed what is random is drawn from this and the row: give each epoch its own
   * @param firstBatch number of the first batch, 0 for all; the number of batches is allowed and gives none
   * @throws InvalidInputException if a number is out of range, or a batch has more than 2 GiB
   */
  public PhotoBatches open(long[] order, int batchSize, long seed, int firstBatch) {
    for (long row : order) {
      if (row < 0 || row >= photos.count()) {
        throw new InvalidInputException(
            "row " + row + " of " + photos.count() + " photos; rows are numbered from 0");
      }
    }
    if (batchSize < 1
        || firstBatch < 0
        || (long) firstBatch * batchSize > order.length + batchSize - 1L) {
      throw new InvalidInputException("batch " + firstBatch + " of " + batchSize + " photos each is"
          + " not part of an order of " + order.length);
    }
    requireFits(Math.min(batchSize, order.length));
    return new PhotoBatches(this, order, batchSize, seed, firstBatch);
  }

  /** A batch is decoded into one array. */
  private void requireFits(int rows) {
    int most = MAX_BYTES / size().values();
    if (rows > most) {
      throw new InvalidInputException(
          "a batch of " + rows + " photos of " + size().height() + "×"
              + size().width() + " pixels does not fit into one array, which holds " + most
              + " of them; give a smaller --batch or --size");
    }
  }

  LoaderOptions options() {
    return options;
  }

  ImageInput.Size size() {
    return input.size();
  }

  /** Decodes one photo. */
  Pixels load(PhotoFiles.Opened files, int row, long seed) {
    String name = photos.name(row);
    try {
      byte[] encoded = files.read(photos.path(row));
      return augmentation.apply(encoded, name, input, random(seed, row));
    } catch (IOException e) {
      if (FileFailure.isExhausted(e)) {
        // Not this photo's fault, so not one to be skipped: the others would follow.
        throw FileFailure.ofMachine(name + " cannot be read", e);
      }
      throw new InvalidInputException(
          name + " cannot be read: " + e.getMessage() + "; mend it, replace it or remove it", e);
    }
  }

  /** Two rounds, so that neighbouring rows and neighbouring seeds have nothing to do with each other. */
  private static SplittableRandom random(long seed, int row) {
    return new SplittableRandom(new SplittableRandom(seed).nextLong() + row).split();
  }
}
