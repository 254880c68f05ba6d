package lapidary.search.pca;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import lapidary.models.EnvironmentException;

/**
 * Vectors put aside in a temporary file, so that activations that are too many for the memory are computed once and read as
 * often as a fit needs. Takes columns · 4 bytes of disk a row, in the folder of {@code java.io.tmpdir}; closing deletes the file.
 * One thread may append while none reads; reading is thread-safe.
 */
public final class VectorSpool implements RowSource, AutoCloseable {
  private final FileChannel file;
  private final int columns;
  private int count;

  private VectorSpool(FileChannel file, int columns) {
    this.file = file;
    this.columns = columns;
  }

  /**
   * An empty spool for vectors of one width.
   *
   * @throws EnvironmentException if no temporary file can be made
   */
  public static VectorSpool of(int columns) {
    try {
      Path path = Files.createTempFile("lapidary-vectors", ".f32");
      return new VectorSpool(
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE),
          columns);
    } catch (IOException e) {
      throw failed("cannot make a temporary file", e);
    }
  }

  /**
   * Appends one vector, [columns].
   *
   * @throws lapidary.models.InvalidInputException if it has another width or a value that is not a finite number
   * @throws EnvironmentException if the disk is full
   */
  public void add(float[] vector) {
    FiniteVector.require(vector, columns, "vector " + count);
    ByteBuffer bytes = ByteBuffer.allocate(columns * Float.BYTES);
    bytes.asFloatBuffer().put(vector);
    try {
      long at = position(count, 0);
      while (bytes.hasRemaining()) {
        at += file.write(bytes, at);
      }
    } catch (IOException e) {
      throw failed("cannot put vector " + count + " aside", e);
    }
    count++;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void read(int row, int from, float[] target) {
    ByteBuffer bytes = ByteBuffer.allocate(target.length * Float.BYTES);
    try {
      long at = position(row, from);
      while (bytes.hasRemaining()) {
        int read = file.read(bytes, at);
        if (read < 0) {
          throw new EOFException("there is no row " + row);
        }
        at += read;
      }
    } catch (IOException e) {
      throw failed("cannot read vector " + row + " back", e);
    }
    bytes.flip().asFloatBuffer().get(target);
  }

  private long position(int row, int from) {
    return ((long) row * columns + from) * Float.BYTES;
  }

  private static EnvironmentException failed(String what, IOException e) {
    return new EnvironmentException(
        what + " in " + System.getProperty("java.io.tmpdir") + ": " + e.getMessage()
            + "; make room there, or name another folder by -Djava.io.tmpdir",
        e);
  }

  /** Deletes the file. Closing again does nothing. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw failed("cannot delete a temporary file", e);
    }
  }
}
