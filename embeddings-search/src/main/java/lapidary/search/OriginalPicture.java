package lapidary.search;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import lapidary.models.EnvironmentException;
import lapidary.models.ImageFormat;
import lapidary.models.InvalidInputException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that an item was made of, as it lies in the folder that its collection names. Immutable, thread-safe. */
public final class OriginalPicture {
  /** What a camera makes; a longer file is not for looking at in a browser. */
  private static final long MAX_BYTES = 64L << 20;

  /** As many as tell the formats apart. */
  private static final int HEAD_BYTES = 12;

  private static final Logger LOG = LoggerFactory.getLogger(OriginalPicture.class);

  private final String mediaType;
  private final byte[] content;

  private OriginalPicture(String mediaType, byte[] content) {
    this.mediaType = mediaType;
    this.content = content;
  }

  /** Such as {@code image/jpeg}. */
  public String mediaType() {
    return mediaType;
  }

  /** The file as it is. Not copied, since it may be long: leave it as it is. */
  public byte[] bytes() {
    return content;
  }

  /**
   * Reads the picture of an item.
   *
   * @throws NotFoundException if the collection names no folder, or there is no such picture within it
   * @throws InvalidInputException if it is too long
   */
  static OriginalPicture read(CollectionSpec spec, String id) {
    Path folder = spec.pictures()
        .map(Path::of)
        .orElseThrow(() -> new NotFoundException("collection " + spec.name()
            + " names no folder of pictures; index one folder of image files to see originals"));
    try {
      Path file = within(folder, id).orElseThrow(() -> missing(spec, id));
      requireShort(Files.size(file), id);
      byte[] content = Files.readAllBytes(file);
      // By what it begins with, whatever it is called: a browser is given no page to run.
      ImageFormat format = ImageFormat.of(content).orElseThrow(() -> missing(spec, id));
      return new OriginalPicture(format.mediaType(), content);
    } catch (IOException e) {
      LOG.error("the picture of {} in {} cannot be read", id, folder, e);
      throw new EnvironmentException(
          "the picture of \"" + id + "\" cannot be read, the server's log says why", e);
    }
  }

  /** Whether {@link #read} would find a picture that is short enough. */
  static boolean isThere(CollectionSpec spec, String id) {
    return spec.pictures().filter(folder -> isThere(Path.of(folder), id)).isPresent();
  }

  private static boolean isThere(Path folder, String id) {
    try {
      Optional<Path> file = within(folder, id);
      return file.isPresent() && Files.size(file.get()) <= MAX_BYTES && isPicture(file.get());
    } catch (IOException e) {
      LOG.warn("whether there is a picture of {} in {} cannot be seen", id, folder, e);
      return false;
    }
  }

  private static boolean isPicture(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return ImageFormat.of(content.readNBytes(HEAD_BYTES)).isPresent();
    }
  }

  /** A regular file within the folder, wherever links lead: an id is what somebody wrote. */
  private static Optional<Path> within(Path folder, String id) throws IOException {
    try {
      Path file = folder.resolve(id);
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      Path real = file.toRealPath();
      return real.startsWith(folder.toRealPath()) ? Optional.of(real) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static void requireShort(long bytes, String id) {
    if (bytes > MAX_BYTES) {
      throw new InvalidInputException("the picture of \"" + id + "\" has " + bytes + " bytes, and "
          + MAX_BYTES + " is the most; look at its thumbnail");
    }
  }

  private static NotFoundException missing(CollectionSpec spec, String id) {
    return new NotFoundException("the folder of collection " + spec.name() + " has no picture of \""
        + id + "\" any more; look at its thumbnail");
  }
}
