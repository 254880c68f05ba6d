package lapidary.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file of named chunks. PNG puts the length before the name and a checksum after the content; RIFF, and so WebP, puts the name
 * first and pads to an even length.
 *
 * @param bytes the file, or a part of it
 * @param start where the first chunk begins
 * @param lengthFirst whether the length comes before the name
 */
record Chunks(ByteBuffer bytes, int start, boolean lengthFirst) {
  private static final int CHECKSUM = 4;

  static Chunks ofPng(byte[] encoded) {
    return new Chunks(ByteBuffer.wrap(encoded), 8, true);
  }

  static Chunks ofWebp(byte[] encoded) {
    return new Chunks(ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN), 12, false);
  }

  /** The chunks of a WebP animation's frame, which begin behind its own 16 bytes. */
  static Chunks ofWebpFrame(ByteBuffer frame) {
    return new Chunks(frame, 16, false);
  }

  /** The content of the first chunk of that name, in the file's byte order; empty if there is not one or it is cut short. */
  Optional<ByteBuffer> find(String name) {
    byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
    byte[] found = new byte[wanted.length];
    for (long at = start; at + 8 <= bytes.limit(); ) {
      long length = Integer.toUnsignedLong(bytes.getInt((int) at + (lengthFirst ? 0 : 4)));
      bytes.get((int) at + (lengthFirst ? 4 : 0), found);
      if (Arrays.equals(found, wanted)) {
        return at + 8 + length > bytes.limit()
            ? Optional.empty()
            : Optional.of(bytes.slice((int) at + 8, (int) length).order(bytes.order()));
      }
      at += 8 + length + (lengthFirst ? CHECKSUM : length & 1);
    }
    return Optional.empty();
  }
}
