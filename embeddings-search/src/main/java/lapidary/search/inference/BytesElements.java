package lapidary.search.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import lapidary.models.InvalidInputException;

/** Texts as raw contents have them: the length of each in four little-endian bytes, then its bytes in UTF-8. Stateless. */
final class BytesElements {
  private BytesElements() {}

  /**
   * Reads all texts.
   *
   * @param what what they are of, for errors
   * @param count how many there are to be
   */
  static String[] read(String what, ByteBuffer content, long count) {
    // A text has four bytes at least: a shape cannot make memory be taken that nobody sent.
    if (count > content.remaining() / Integer.BYTES) {
      throw unfit(what, count);
    }
    ByteBuffer rest = content.slice().order(ByteOrder.LITTLE_ENDIAN);
    String[] texts = new String[(int) count];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = next(what, rest, i, count);
    }
    if (rest.hasRemaining()) {
      throw unfit(what, count);
    }
    return texts;
  }

  private static String next(String what, ByteBuffer rest, int index, long count) {
    int length = rest.remaining() < Integer.BYTES ? -1 : rest.getInt();
    if (length < 0 || length > rest.remaining()) {
      throw unfit(what, count);
    }
    ByteBuffer bytes = rest.slice(rest.position(), length);
    rest.position(rest.position() + length);
    return text(what, bytes, index);
  }

  /** Reads one text. */
  static String text(String what, ByteBuffer bytes, int index) {
    CharsetDecoder strict = StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    try {
      return strict.decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          what + ": element " + index
              + " is not text in UTF-8, which is all that a model takes as BYTES; encode it so",
          e);
    }
  }

  /** Writes all texts. */
  static ByteBuffer write(String[] texts) {
    byte[][] encoded = new byte[texts.length][];
    int size = 0;
    for (int i = 0; i < texts.length; i++) {
      encoded[i] = texts[i].getBytes(StandardCharsets.UTF_8);
      size = Math.addExact(size, Integer.BYTES + encoded[i].length);
    }
    ByteBuffer content = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] text : encoded) {
      content.putInt(text.length).put(text);
    }
    return content.flip();
  }

  private static InvalidInputException unfit(String what, long count) {
    return new InvalidInputException(what + ": its raw bytes are not " + count
        + " texts; send the length of each in four little-endian bytes, then its bytes");
  }
}
