package lapidary.search.embed;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import lapidary.models.EnvironmentException;
import lapidary.models.FileFailure;
import lapidary.search.pca.RowSource;
import org.jspecify.annotations.Nullable;

/**
 * Embedded batches in a file, one behind the other: length (int), CRC-32C (int), {@link BatchRecord}. A file that is kept is forced to
 * the disk with each batch; what a killed process or a power cut left half written is cut off when it is opened again. One thread
 * may append while none reads; reading is thread-safe.
 */
final class BatchFile implements RowSource, AutoCloseable {
  private static final int HEADER = 2 * Integer.BYTES;

  private final FileChannel file;
  private final @Nullable Path kept;
  private final int columns;
  private final List<Batch> batches = new ArrayList<>();
  private ByteBuffer record = BatchRecord.buffer(0);
  private int count;
  private long end;

  /**
   * Where a batch is.
   *
   * @param first number of its first row
   * @param rows how many it has
   * @param at position of its record
   * @param length bytes of that
   */
  private record Batch(int first, int rows, long at, int length) {}

  private BatchFile(FileChannel file, @Nullable Path kept, int columns) {
    this.file = file;
    this.kept = kept;
    this.columns = columns;
  }

  /**
   * A file that is gone when it is closed, in the folder of temporary files.
   *
   * @throws EnvironmentException if it cannot be made
   */
  static BatchFile temporary(int columns) {
    try {
      Path path = Files.createTempFile("lapidary-vectors", ".batches");
      return new BatchFile(
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE),
          null,
          columns);
    } catch (IOException e) {
      throw temporaryFailed("cannot make a temporary file", e);
    }
  }

  /**
   * A file that stays, and what is in it.
   *
   * @param found is given each whole batch, in order
   */
  static BatchFile kept(Path path, int columns, Consumer<BatchRecord.Facts> found) {
    try {
      BatchFile opened = new BatchFile(
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
          path,
          columns);
      try {
        opened.recall(found);
        return opened;
      } catch (IOException | RuntimeException | Error e) {
        opened.file.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileFailure.writing(path, e);
    }
  }

  private void recall(Consumer<BatchRecord.Facts> found) throws IOException {
    int length;
    while ((length = whole()) > 0) {
      ByteBuffer counts = read(end + HEADER, BatchRecord.COUNTS);
      place(counts.getInt(Integer.BYTES), length);
      found.accept(facts(batches.get(batches.size() - 1)));
    }
    file.truncate(end);
  }

  /** The length of the record at the end of what is known, or 0 if there is none that is whole. */
  private int whole() throws IOException {
    long left = file.size() - end - HEADER;
    if (left < BatchRecord.COUNTS) {
      return 0;
    }
    ByteBuffer header = read(end, HEADER);
    int length = header.getInt();
    boolean fits = length >= BatchRecord.COUNTS && length <= left;
    return fits && checksum(read(end + HEADER, length)) == header.getInt() ? length : 0;
  }

  private void place(int rows, int length) {
    batches.add(new Batch(count, rows, end + HEADER, length));
    count += rows;
    end += HEADER + (long) length;
  }

  private static int checksum(ByteBuffer record) {
    CRC32C crc = new CRC32C();
    crc.update(record.duplicate());
    return (int) crc.getValue();
  }

  /**
   * Appends a batch.
   *
   * @throws lapidary.models.InvalidInputException if a vector has another width or a value that is not a finite number
   * @throws EnvironmentException if the disk is full
   */
  void append(EmbeddedBatch batch) {
    record = BatchRecord.encode(batch, columns, record, HEADER);
    int length = record.remaining() - HEADER;
    record.putInt(0, length);
    record.putInt(Integer.BYTES, checksum(record.slice(HEADER, length)));
    try {
      write(record, end);
      if (kept != null) {
        file.force(false);
      }
    } catch (ClosedByInterruptException e) {
      throw new CancellationException("interrupted while vectors are put aside");
    } catch (IOException e) {
      cutOff();
      throw kept == null
          ? temporaryFailed("cannot put vector " + count + " aside", e)
          : FileFailure.writing(kept, e);
    }
    place(batch.embedded().size(), length);
  }

  /** Gives back what a batch that did not fit has taken. */
  private void cutOff() {
    try {
      file.truncate(end);
    } catch (IOException e) {
      // It is cut off when the file is opened again.
    }
  }

  private void write(ByteBuffer bytes, long at) throws IOException {
    long to = at;
    while (bytes.hasRemaining()) {
      to += file.write(bytes, to);
    }
  }

  private ByteBuffer read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    long from = at;
    while (bytes.hasRemaining()) {
      int read = file.read(bytes, from);
      if (read < 0) {
        throw new EOFException("it ends too early");
      }
      from += read;
    }
    return bytes.flip();
  }

  private BatchRecord.Facts facts(Batch batch) throws IOException {
    int vectors = BatchRecord.vectorBytes(batch.rows(), columns);
    int length = batch.length() - BatchRecord.COUNTS - vectors;
    ByteBuffer counts = read(batch.at(), BatchRecord.COUNTS);
    return BatchRecord.decode(counts, read(batch.at() + BatchRecord.COUNTS + vectors, length));
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
    Batch batch = batches.get(batchOf(row));
    long at = batch.at()
        + BatchRecord.COUNTS
        + ((long) (row - batch.first()) * columns + from) * Float.BYTES;
    try {
      read(at, target.length * Float.BYTES).asFloatBuffer().get(target);
    } catch (IOException e) {
      throw readingFailed("vector " + row, e);
    }
  }

  /** What is known of rows from {@code from} (inclusive) to {@code to} (exclusive). */
  List<BatchRecord.Row> rows(int from, int to) {
    List<BatchRecord.Row> rows = new ArrayList<>();
    while (from + rows.size() < to) {
      int next = from + rows.size();
      Batch batch = batches.get(batchOf(next));
      try {
        rows.addAll(facts(batch)
            .rows()
            .subList(next - batch.first(), Math.min(batch.rows(), to - batch.first())));
      } catch (IOException e) {
        throw readingFailed("item " + next, e);
      }
    }
    return rows;
  }

  /** The last batch that begins at the row or before: those without rows begin where the next does. */
  private int batchOf(int row) {
    int low = 0;
    int high = batches.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (batches.get(middle).first() <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private RuntimeException readingFailed(String what, IOException e) {
    return kept == null
        ? temporaryFailed("cannot read " + what + " back", e)
        : FileFailure.reading(kept.toString(), e, "remove it and begin again");
  }

  private static EnvironmentException temporaryFailed(String what, IOException e) {
    return new EnvironmentException(
        what + " in " + System.getProperty("java.io.tmpdir") + ": " + e.getMessage()
            + "; make room there, or name another folder by -Djava.io.tmpdir",
        e);
  }

  /** Deletes a temporary file. Closing again does nothing. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw kept == null
          ? temporaryFailed("cannot delete a temporary file", e)
          : FileFailure.writing(kept, e);
    }
  }
}
