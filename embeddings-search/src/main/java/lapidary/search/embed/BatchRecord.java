package lapidary.search.embed;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.FiniteVector;
import lapidary.search.store.Item;
import lapidary.search.store.ItemBytes;
import lapidary.search.store.Thumbnail;

/**
 * The bytes of a batch in a {@link BatchFile}: how many pictures, rows and refusals there are (three ints), the vectors (rows · width
 * floats), then of each row item, digest and small picture, and the refusals' sentences, each part behind its length (int).
 * Little-endian, as processors have it. Stateless.
 */
final class BatchRecord {
  /** Bytes before the vectors. */
  static final int COUNTS = 3 * Integer.BYTES;

  private BatchRecord() {}

  /** What is known of a row but its vector. */
  record Row(Item item, String sha256, Thumbnail thumbnail) {}

  /** A batch without its vectors. */
  record Facts(int pictures, List<Row> rows, List<String> refused) {}

  /** An empty direct buffer, whose bytes the system takes as they are. */
  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Puts a batch into a buffer.
   *
   * @param reused taken if it has room
   * @param before bytes to leave in front
   * @throws InvalidInputException if a vector has another width or a value that is not a finite number
   */
  static ByteBuffer encode(EmbeddedBatch batch, int width, ByteBuffer reused, int before) {
    List<byte[]> facts = facts(batch);
    int rows = batch.embedded().size();
    int length = Math.addExact(before + COUNTS + bytes(facts), vectorBytes(rows, width));
    ByteBuffer record = length <= reused.capacity() ? reused.clear() : buffer(length);
    record.position(before);
    record.putInt(batch.pictures()).putInt(rows).putInt(batch.refused().size());
    for (EmbeddedPicture picture : batch.embedded()) {
      FiniteVector.require(
          picture.raw(), width, "the vector of " + picture.item().id());
      record.asFloatBuffer().put(picture.raw());
      record.position(record.position() + width * Float.BYTES);
    }
    facts.forEach(fact -> record.putInt(fact.length).put(fact));
    return record.flip();
  }

  static int vectorBytes(int rows, int width) {
    return Math.multiplyExact(Math.multiplyExact(rows, width), Float.BYTES);
  }

  private static int bytes(List<byte[]> facts) {
    int bytes = 0;
    for (byte[] fact : facts) {
      bytes = Math.addExact(bytes, Integer.BYTES + fact.length);
    }
    return bytes;
  }

  private static List<byte[]> facts(EmbeddedBatch batch) {
    List<byte[]> facts = new ArrayList<>();
    for (EmbeddedPicture picture : batch.embedded()) {
      facts.add(ItemBytes.of(picture.item()));
      facts.add(utf8(picture.sha256()));
      facts.add(picture.thumbnail().bytes());
    }
    batch.refused().forEach(reason -> facts.add(utf8(String.valueOf(reason.getMessage()))));
    return facts;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #encode} has written.
   *
   * @param counts the three counts
   * @param facts what stands behind the vectors
   * @throws IOException if these are not the bytes of a batch
   */
  static Facts decode(ByteBuffer counts, ByteBuffer facts) throws IOException {
    int pictures = counts.getInt();
    int rows = counts.getInt();
    int refusals = counts.getInt();
    try {
      List<Row> read = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        read.add(new Row(
            ItemBytes.read(ByteBuffer.wrap(bytes(facts))),
            text(facts),
            Thumbnail.stored(bytes(facts))));
      }
      List<String> refused = new ArrayList<>();
      for (int i = 0; i < refusals; i++) {
        refused.add(text(facts));
      }
      return new Facts(pictures, read, refused);
    } catch (BufferUnderflowException e) {
      throw new IOException("it is not a batch of pictures", e);
    }
  }

  private static String text(ByteBuffer facts) throws IOException {
    return new String(bytes(facts), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer facts) throws IOException {
    int length = facts.getInt();
    if (length < 0 || length > facts.remaining()) {
      throw new IOException("a length of " + length + " does not fit its batch");
    }
    byte[] bytes = new byte[length];
    facts.get(bytes);
    return bytes;
  }
}
