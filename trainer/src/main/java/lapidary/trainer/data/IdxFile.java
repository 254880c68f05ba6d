package lapidary.trainer.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;

/**
 * An idx file of unsigned bytes, gzipped or not: a magic number, big-endian 32-bit sizes, then the values (LeCun, Cortes,
 * Burges 1998). {@code idx3} holds images [N, H, W], {@code idx1} labels [N]. A header is checked against the file's size before
 * memory is taken for what it claims. Immutable, thread-safe.
 */
public final class IdxFile {
  private static final int UNSIGNED_BYTE = 0x0800;
  private static final int GZIP_MAGIC = 0x1f8b;
  /** Deflate cannot shrink more than 1032 to 1 (zlib's technical notes), so a larger claim is a lie. */
  private static final long DEFLATE_LIMIT = 1032;

  private final byte[] header;
  private final byte[] values;

  private IdxFile(byte[] header, byte[] values) {
    this.header = header;
    this.values = values;
  }

  /**
   * Reads grey images: magic number 2051.
   *
   * @throws InvalidInputException if the file cannot be read or is damaged
   */
  public static IdxFile images(Path file) {
    return open(file, 3);
  }

  /**
   * Reads labels: magic number 2049.
   *
   * @throws InvalidInputException if the file cannot be read or is damaged
   */
  public static IdxFile labels(Path file) {
    return open(file, 1);
  }

  private static IdxFile open(Path file, int rank) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, Files.size(file), file.toString(), rank);
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot read " + file + ": " + e.getMessage() + "; give a file you can read", e);
    }
  }

  /**
   * Reads an idx file of {@code rank} sizes from a stream of {@code size} bytes, which the caller closes.
   *
   * @param source what to call the stream in an error
   */
  static IdxFile read(InputStream in, long size, String source, int rank) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    if (size == 0) {
      throw damaged(source, "it is empty");
    }
    buffered.mark(2);
    boolean gzip = (buffered.read() << 8 | buffered.read()) == GZIP_MAGIC;
    buffered.reset();
    try {
      return gzip
          ? read(
              new GZIPInputStream(buffered, 1 << 16), new Claim(source, size * DEFLATE_LIMIT), rank)
          : read(buffered, new Claim(source, size), rank);
    } catch (EOFException e) {
      throw new InvalidInputException(
          source + " is damaged: the gzip stream ends too early; get the file again", e);
    } catch (ZipException e) {
      throw new InvalidInputException(
          source + " is damaged: " + e.getMessage() + "; get the file again", e);
    }
  }

  private static IdxFile read(InputStream in, Claim claim, int rank) throws IOException {
    byte[] header = in.readNBytes(4 + 4 * rank);
    int count = claim.check(header, rank);
    byte[] values = in.readNBytes(count);
    if (values.length < count) {
      throw damaged(
          claim.source,
          "its header promises " + count + " values and " + values.length + " are there");
    }
    if (in.read() >= 0) {
      throw damaged(claim.source, "bytes follow the " + count + " values its header promises");
    }
    return new IdxFile(header, values);
  }

  /** What a file of at most {@code limit} bytes may claim about itself. */
  private record Claim(String source, long limit) {
    /** The number of values that the header claims. */
    int check(byte[] header, int rank) {
      int wanted = UNSIGNED_BYTE | rank;
      if (header.length < 4) {
        throw damaged(source, "it ends within its magic number");
      }
      int magic = ByteBuffer.wrap(header).getInt();
      if (magic != wanted) {
        throw new InvalidInputException(
            source + " has magic number " + Integer.toUnsignedString(magic) + ", wanted " + wanted
                + " (" + kind(rank) + "); " + hint(magic));
      }
      if (header.length < 4 + 4 * rank) {
        throw damaged(source, "it ends within its header");
      }
      return product(header, rank);
    }

    private int product(byte[] header, int rank) {
      long product = 1;
      for (int i = 0; i < rank; i++) {
        long size = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(4 + 4 * i));
        if (size == 0) {
          throw damaged(source, "its header says size 0 in dimension " + i);
        }
        product *= size;
        if (product > Math.min(limit, Integer.MAX_VALUE - 16)) {
          throw damaged(
              source,
              "its header promises " + sizes(header, rank)
                  + " values, more than the file can hold");
        }
      }
      return (int) product;
    }

    private static String sizes(byte[] header, int rank) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < rank; i++) {
        text.append(i == 0 ? "" : "×")
            .append(Integer.toUnsignedString(ByteBuffer.wrap(header).getInt(4 + 4 * i)));
      }
      return text.toString();
    }

    private static String kind(int rank) {
      return rank == 3 ? "idx3 images of unsigned bytes" : "idx1 labels of unsigned bytes";
    }

    private static String hint(int magic) {
      return switch (magic) {
        case UNSIGNED_BYTE | 1 -> "these are labels, give the images";
        case UNSIGNED_BYTE | 3 -> "these are images, give the labels";
        default -> "give an idx file, gzipped or not";
      };
    }
  }

  private static InvalidInputException damaged(String source, String what) {
    return new InvalidInputException(source + " is damaged: " + what + "; get the file again");
  }

  /** The values as images [N, H, W, 1]; only of a file read by {@link #images}. */
  public Pixels toPixels() {
    return Pixels.of(size(0), size(1), size(2), 1, values);
  }

  /** The values as class numbers; only of a file read by {@link #labels}. */
  public int[] toLabels() {
    int[] labels = new int[size(0)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = values[i] & 0xff;
    }
    return labels;
  }

  /** The number of images or labels. */
  public int count() {
    return size(0);
  }

  /** Feeds the decompressed file's bytes to a digest. */
  void update(MessageDigest digest) {
    digest.update(header);
    digest.update(values);
  }

  private int size(int dimension) {
    return ByteBuffer.wrap(header).getInt(4 + 4 * dimension);
  }
}
