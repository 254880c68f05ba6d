package lapidary.runtime.check;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import lapidary.models.wire.WireReader;

/**
 * The fields of one message of an ONNX file, one after the other: numbers are read, parts are skipped unless they are asked for.
 * For files whose structure {@link OnnxFileCheck} has passed. Not thread-safe.
 *
 * <pre>{@code
 * for (OnnxFields fields = OnnxFields.of(reader); fields.next(); ) {
 *   if (fields.isPart(7)) { … fields.part() … }
 * }
 * }</pre>
 */
public final class OnnxFields {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private final WireReader reader;
  private final long end;
  private int field;
  private int wireType;
  private long number;
  private long fieldEnd;

  private OnnxFields(WireReader reader, long end) {
    this.reader = reader;
    this.end = end;
    this.fieldEnd = reader.position();
  }

  /** The fields of a whole file. */
  public static OnnxFields of(WireReader reader) {
    return new OnnxFields(reader, reader.size());
  }

  /** Goes to the next field; false at the end of the message. */
  public boolean next() throws IOException {
    reader.skip(fieldEnd - reader.position(), end);
    if (reader.position() >= end) {
      return false;
    }
    long tag = reader.varint();
    field = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    if (wireType == VARINT) {
      number = reader.varint();
      fieldEnd = reader.position();
    } else if (wireType == LENGTH) {
      number = reader.length(end);
      fieldEnd = reader.position() + number;
    } else {
      fieldEnd = reader.position() + (wireType == FIXED64 ? Long.BYTES : Integer.BYTES);
    }
    return true;
  }

  /** Whether the present field is this one and a number. */
  public boolean isNumber(int wanted) {
    return field == wanted && wireType == VARINT;
  }

  /** Whether the present field is this one and a text, a message or bytes. */
  public boolean isPart(int wanted) {
    return field == wanted && wireType == LENGTH;
  }

  /** The number in the present field. */
  public long number() {
    return number;
  }

  /** The message in the present field, to be read before {@link #next}. */
  public OnnxFields part() {
    return new OnnxFields(reader, fieldEnd);
  }

  /** The text in the present field. */
  public String text() throws IOException {
    return reader.text((int) number);
  }

  /** Where the text, message or bytes in the present field begin, in bytes from the file's first. */
  public long begin() {
    return fieldEnd - number;
  }

  /** The length of the text or message in the present field, in bytes. */
  public long length() {
    return number;
  }

  /** Whether the present field is this one and a real number. */
  public boolean isFixed(int wanted) {
    return field == wanted && (wireType == FIXED32 || wireType == FIXED64);
  }

  /** The real number of single precision in the present field, or {@code otherwise} if it is of double precision. */
  public float real(float otherwise) throws IOException {
    if (wireType != FIXED32) {
      return otherwise;
    }
    return ByteBuffer.wrap(reader.bytes(Float.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getFloat();
  }

  /** The bytes in the present field. */
  public byte[] bytes() throws IOException {
    return reader.bytes((int) number);
  }

  /** The first numbers of a packed list in the present field, at most {@code most}. */
  public List<Long> packed(int most) throws IOException {
    long back = reader.position();
    List<Long> numbers = new ArrayList<>();
    while (reader.position() < fieldEnd && numbers.size() < most) {
      numbers.add(reader.varint());
    }
    if (reader.position() > fieldEnd) {
      throw new WireReader.DamagedWireException("a number that runs over the end of its list");
    }
    reader.back(back);
    return numbers;
  }

  /** How many numbers a packed list in the present field has. */
  public long packedCount() throws IOException {
    long back = reader.position();
    long count = 0;
    for (; reader.position() < fieldEnd; count++) {
      reader.varint();
    }
    if (reader.position() > fieldEnd) {
      throw new WireReader.DamagedWireException("a number that runs over the end of its list");
    }
    reader.back(back);
    return count;
  }
}
