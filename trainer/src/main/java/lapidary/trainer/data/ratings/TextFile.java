package lapidary.trainer.data.ratings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;

/**
 * A file of text, whole.
 *
 * @param path where it came from
 * @param text its characters, without a byte order mark
 * @param sha256 digest of its bytes
 */
record TextFile(Path path, String text, String sha256) {
  private static final long MAX_BYTES = Integer.MAX_VALUE - 16;

  /** Refuses a file that is not there, is empty, or is not in this character set. */
  static TextFile read(Path path, Charset charset) {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new InvalidInputException(path + " has " + Files.size(path) + " bytes, more than "
            + MAX_BYTES + "; give a part of it");
      }
      byte[] bytes = Files.readAllBytes(path);
      if (bytes.length == 0) {
        throw new InvalidInputException(path + " is empty; give a file with ratings");
      }
      String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new TextFile(
          path, text.startsWith("\ufeff") ? text.substring(1) : text, Sha256.of(bytes));
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(path + " is not " + charset + " text; convert it", e);
    } catch (IOException e) {
      String reason = Files.exists(path) ? e.getMessage() : "it does not exist";
      throw new InvalidInputException("cannot read " + path + ": " + reason, e);
    }
  }

  /** The path with a line, counted from 1. */
  String line(long number) {
    return path + ", line " + number;
  }
}
