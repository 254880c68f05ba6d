package lapidary.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that an item was made of, as it lies in the folder that its collection names. Immutable, thread-safe. */
public final class OriginalPicture {
  /** What a camera makes; a longer file is not for looking at in a browser. */
  private static final long MAX_BYTES = 64L << 20;

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

  /** A copy of the file. */
  public byte[] bytes() {
    return content.clone();
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
      return new OriginalPicture(type(content).orElseThrow(() -> missing(spec, id)), content);
    } catch (IOException e) {
      LOG.error("the picture of {} in {} cannot be read", id, folder, e);
      throw new EnvironmentException(
          "the picture of \"" + id + "\" cannot be read, the server's log says why", e);
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

  /** By what the file begins with, whatever it is called: a browser is given no page to run. */
  private static Optional<String> type(byte[] content) {
    String head = new String(content, 0, Math.min(12, content.length), StandardCharsets.ISO_8859_1);
    if (head.startsWith("\u0089PNG")) {
      return Optional.of("image/png");
    } else if (head.startsWith("\u00ff\u00d8\u00ff")) {
      return Optional.of("image/jpeg");
    } else if (head.startsWith("GIF8")) {
      return Optional.of("image/gif");
    } else if (head.startsWith("RIFF") && head.endsWith("WEBP")) {
      return Optional.of("image/webp");
    }
    return head.startsWith("BM") ? Optional.of("image/bmp") : Optional.empty();
  }
}
