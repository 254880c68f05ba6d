package lapidary.search.embed;

import java.io.IOException;
import java.util.Optional;
import lapidary.models.FileFailure;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.Sha256;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;
import lapidary.search.store.ThumbnailSize;

/**
 * A picture on its way to a vector: what it is called, and where its bytes or its pixels are. A file is read and decoded when a
 * worker gets to it. Immutable; decoding is thread-safe where reading is.
 */
public final class Picture {
  /**
   * Large pictures are decoded to at least so many times the size that the model takes. Under twice the side of the small picture that
   * is too coarse to make one of.
   */
  private static final int FINER = 8;

  private final String id;
  private final String label;
  private final Source source;

  private Picture(String id, String label, Source source) {
    this.id = id;
    this.label = label;
    this.source = source;
  }

  /** Reads the bytes of a picture file, on the worker that decodes them. Ends early when its thread is interrupted. */
  @FunctionalInterface
  public interface Content {
    /** All bytes. */
    byte[] read() throws IOException;
  }

  /** Makes pixels of the model's size, and a small picture if it is wanted. */
  @FunctionalInterface
  private interface Source {
    Decoded decode(ImageInput input, Optional<ThumbnailSize> thumbnail, Item item);
  }

  /**
   * A picture that is ready for the model.
   *
   * @param sha256 digest of its file; empty if there was none
   */
  record Decoded(Item item, Pixels pixels, Thumbnail thumbnail, String sha256) {}

  /**
   * A picture file.
   *
   * @param id names it among all others, and in errors
   * @param label the class it belongs to; may be empty
   * @param content reads a PNG, JPEG, GIF, BMP or WebP file
   */
  public static Picture read(String id, String label, Content content) {
    return read(id, label, id, content);
  }

  /**
   * A picture file that is called otherwise than the place where it lies.
   *
   * @param place what errors call it, such as its path
   */
  static Picture read(String id, String label, String place, Content content) {
    return new Picture(
        id,
        label,
        (input, thumbnail, item) -> decoded(bytes(content, place), place, input, thumbnail, item));
  }

  /** A picture file in memory; see {@link #read}. The bytes must not change until it is embedded. */
  public static Picture of(String id, String label, byte[] encoded) {
    return read(id, label, () -> encoded);
  }

  /**
   * A decoded picture.
   *
   * @param pixels one image; if it is not of the model's size, it is brought to it as files are
   */
  public static Picture of(String id, String label, Pixels pixels) {
    return new Picture(
        id,
        label,
        (input, thumbnail, item) -> new Decoded(
            item,
            hasSize(pixels, input.size()) ? pixels : input.fit(pixels),
            thumbnail.map(size -> size.of(pixels, 0)).orElseGet(Thumbnail::none),
            ""));
  }

  /**
   * Makes it ready.
   *
   * @throws InvalidInputException if it cannot be read or is not a picture
   * @throws lapidary.models.EnvironmentException if the machine fails to read it
   */
  Decoded decode(ImageInput input, Optional<ThumbnailSize> thumbnail) {
    return source.decode(input, thumbnail, Item.of(id, label));
  }

  private static byte[] bytes(Content content, String place) {
    try {
      return content.read();
    } catch (IOException e) {
      throw FileFailure.reading(place, e, "give an image file that can be read");
    }
  }

  /** Decoded once for both where the model takes colours too: decoding costs more than all else. */
  private static Decoded decoded(
      byte[] bytes, String place, ImageInput input, Optional<ThumbnailSize> thumbnail, Item item) {
    String sha256 = Sha256.of(bytes);
    int enough = input.resize().enough(input.size());
    boolean fine = thumbnail.filter(size -> FINER * enough >= 2 * size.side()).isPresent();
    if (input.size().channels() != 3 || !fine) {
      Thumbnail small = thumbnail.map(size -> size.of(bytes, place)).orElseGet(Thumbnail::none);
      return new Decoded(item, input.decode(bytes, place), small, sha256);
    }
    Pixels picture = Pixels.decode(bytes, place, 3, enough);
    try {
      return new Decoded(item, input.fit(picture), thumbnail.get().of(picture), sha256);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(place + ": " + e.getMessage(), e);
    }
  }

  private static boolean hasSize(Pixels pixels, ImageInput.Size size) {
    return pixels.count() == 1
        && pixels.height() == size.height()
        && pixels.width() == size.width()
        && pixels.channels() == size.channels();
  }
}
