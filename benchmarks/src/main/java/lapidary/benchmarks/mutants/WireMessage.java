package lapidary.benchmarks.mutants;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A message of an ONNX file as a tree that can be edited and written again. What does not parse stays bytes. Not thread-safe. */
final class WireMessage {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  final MessageKind kind;
  final List<Field> fields = new ArrayList<>();

  WireMessage(MessageKind kind) {
    this.kind = kind;
  }

  /** A field: a number, bytes, or a message. {@link #excess} is added to the length that is written. */
  static final class Field {
    int number;
    int wire;
    long value;
    byte[] bytes = {};

    @Nullable
    WireMessage message;

    long excess;

    static Field number(int number, long value) {
      Field field = new Field();
      field.number = number;
      field.value = value;
      return field;
    }

    static Field bytes(int number, byte[] bytes) {
      Field field = new Field();
      field.number = number;
      field.wire = LENGTH;
      field.bytes = bytes;
      return field;
    }

    static Field message(int number, WireMessage message) {
      Field field = bytes(number, new byte[0]);
      field.message = message;
      return field;
    }

    Field copy() {
      Field copy = new Field();
      copy.number = number;
      copy.wire = wire;
      copy.value = value;
      copy.bytes = bytes.clone();
      copy.message = message == null ? null : message.copy();
      return copy;
    }
  }

  WireMessage copy() {
    WireMessage copy = new WireMessage(kind);
    fields.forEach(field -> copy.fields.add(field.copy()));
    return copy;
  }

  /** @throws IllegalArgumentException if the bytes are not a message */
  static WireMessage parse(MessageKind kind, byte[] bytes) {
    WireMessage message = new WireMessage(kind);
    Cursor cursor = new Cursor(bytes);
    while (cursor.at < bytes.length) {
      message.fields.add(cursor.field(kind));
    }
    return message;
  }

  /** This message and all below it, in file order. */
  Stream<WireMessage> all() {
    return Stream.concat(
        Stream.of(this),
        fields.stream().flatMap(f -> f.message == null ? Stream.empty() : f.message.all()));
  }

  /** All messages of a kind. */
  List<WireMessage> all(MessageKind wanted) {
    return all().filter(message -> message.kind == wanted).toList();
  }

  /** The fields with a number. */
  List<Field> with(int number) {
    return fields.stream().filter(field -> field.number == number).toList();
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Field field : fields) {
      varint(out, (long) field.number << 3 | field.wire);
      if (field.wire == VARINT) {
        varint(out, field.value);
      } else {
        byte[] content = field.message == null ? field.bytes : field.message.bytes();
        if (field.wire == LENGTH) {
          varint(out, content.length + field.excess);
        }
        out.writeBytes(content);
      }
    }
    return out.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      out.write((int) (rest & 0x7f) | 0x80);
    }
    out.write((int) rest);
  }

  /** Where parsing stands. */
  private static final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes) {
      this.bytes = bytes;
    }

    Field field(MessageKind kind) {
      long tag = varint();
      Field field = new Field();
      field.number = (int) (tag >>> 3);
      field.wire = (int) (tag & 7);
      switch (field.wire) {
        case VARINT -> field.value = varint();
        case FIXED64 -> field.bytes = take(Long.BYTES);
        case FIXED32 -> field.bytes = take(Integer.BYTES);
        case LENGTH -> part(field, kind, take(varint()));
        default -> throw new IllegalArgumentException("wire type " + field.wire);
      }
      return field;
    }

    private static void part(Field field, MessageKind kind, byte[] content) {
      field.bytes = content;
      MessageKind child = kind.in(field.number);
      if (child != null) {
        field.message = parse(child, content);
        field.bytes = new byte[0];
      }
    }

    private byte[] take(long length) {
      if (length < 0 || length > bytes.length - at) {
        throw new IllegalArgumentException("a length of " + length);
      }
      byte[] taken = java.util.Arrays.copyOfRange(bytes, at, at + (int) length);
      at += (int) length;
      return taken;
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        int next = take(1)[0];
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("a number without end");
    }
  }
}
