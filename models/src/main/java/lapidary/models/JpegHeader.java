package lapidary.models;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the markers of a JPEG file say (ITU-T T.81 annex B) that the platform's reader does not: the Exif block, the
 * number of components and scans, Adobe's colour transform and whether the file has an end.
 *
 * @param exif the TIFF structure of the first Exif block
 * @param adobe the colour transform of Adobe's APP14 marker: 0 none, 1 YCbCr, 2 YCCK
 * @param components number of components, 0 without a frame
 * @param scans number of scans
 * @param ended whether there is an end-of-image marker
 */
record JpegHeader(
    Optional<ByteBuffer> exif, Optional<Integer> adobe, int components, int scans, boolean ended) {
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);

  /** Reads the markers of a whole file. Never fails: what is not there is left out. */
  static JpegHeader of(byte[] encoded) {
    return new Markers(encoded).read();
  }

  /** One pass over the markers. */
  private static final class Markers {
    private final byte[] bytes;
    private Optional<ByteBuffer> exif = Optional.empty();
    private Optional<Integer> adobe = Optional.empty();
    private int components;
    private int scans;
    private boolean ended;

    Markers(byte[] bytes) {
      this.bytes = bytes;
    }

    JpegHeader read() {
      int at = 2;
      while (!ended && at + 3 < bytes.length) {
        if (bytes[at] != (byte) 0xff || stuffed(bytes[at + 1] & 0xff)) {
          at++;
        } else {
          at += marker(bytes[at + 1] & 0xff, at + 4, size(at + 2));
        }
      }
      ended |= bytes.length >= 2
          && bytes[bytes.length - 2] == (byte) 0xff
          && bytes[bytes.length - 1] == (byte) 0xd9;
      return new JpegHeader(exif, adobe, components, scans, ended);
    }

    /** Not a marker with a segment: a stuffed byte, a fill byte, a restart or a start of image. */
    private static boolean stuffed(int code) {
      return code == 0 || code == 0xff || code == 1 || (code >= 0xd0 && code <= 0xd8);
    }

    /** Takes note of a segment whose content starts at {@code from}; the answer is how far the next marker may be looked for. */
    private int marker(int code, int from, int size) {
      if (code == 0xd9) {
        ended = true;
      } else if (code == 0xda) {
        scans++;
      } else if (code == 0xe1 && exif.isEmpty() && begins(from, EXIF)) {
        exif = Optional.of(slice(from + EXIF.length, from + size - 2));
      } else if (code == 0xee && begins(from, ADOBE) && from + 11 < bytes.length) {
        adobe = Optional.of(bytes[from + 11] & 0xff);
      } else if (isFrame(code) && from + 5 < bytes.length) {
        components = bytes[from + 5] & 0xff;
      }
      return 2 + Math.max(2, size);
    }

    private static boolean isFrame(int code) {
      return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
    }

    private ByteBuffer slice(int from, int to) {
      int end = Math.min(to, bytes.length);
      return ByteBuffer.wrap(bytes, Math.min(from, end), Math.max(0, end - from))
          .slice();
    }

    private boolean begins(int from, byte[] with) {
      return from + with.length <= bytes.length
          && Arrays.equals(bytes, from, from + with.length, with, 0, with.length);
    }

    private int size(int at) {
      return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }
  }
}
