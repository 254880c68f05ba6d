package lapidary.search.grpc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * A client that begins to send messages and does not end them, which gRPC's own client cannot: HTTP/2 by hand (RFC 9113), headers as
 * literals (RFC 7541, §6.2.2). All that it sends fits the window that a connection begins with.
 */
final class Trickle implements AutoCloseable {
  /** What a message says of its length. */
  static final int ANNOUNCED = 30_000;

  /** What is sent of it. */
  static final int SENT = 6_000;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int LONGEST_MILLIS = 40_000;

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;
  private final Set<Integer> ended = new HashSet<>();
  private int stream = 1;

  Trickle(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LONGEST_MILLIS);
    out = new DataOutputStream(socket.getOutputStream());
    in = new DataInputStream(socket.getInputStream());
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  /** Begins a call to run a model, and the message of it. */
  void begin() throws IOException {
    frame(HEADERS, END_HEADERS, stream, headers());
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    new DataOutputStream(message).writeByte(0);
    new DataOutputStream(message).writeInt(ANNOUNCED);
    message.write(new byte[SENT]);
    frame(DATA, 0, stream, message.toByteArray());
    out.flush();
    stream += 2;
  }

  /** Whether the server ends so many calls, within 40 s. */
  boolean ended(int count) throws IOException {
    while (ended.size() < count) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int of = in.readInt();
      in.skipNBytes(length);
      boolean last = type == HEADERS && (flags & END_STREAM) != 0;
      if (last || type == RST_STREAM) {
        ended.add(of);
      }
    }
    return ended.size() >= count;
  }

  private static byte[] headers() throws IOException {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    literal(headers, ":method", "POST");
    literal(headers, ":scheme", "http");
    literal(headers, ":path", "/inference.GRPCInferenceService/ModelInfer");
    literal(headers, ":authority", "127.0.0.1");
    literal(headers, "content-type", "application/grpc");
    literal(headers, "te", "trailers");
    return headers.toByteArray();
  }

  private static void literal(ByteArrayOutputStream headers, String name, String value)
      throws IOException {
    headers.write(0);
    for (String text : new String[] {name, value}) {
      headers.write(text.length());
      headers.write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void frame(int type, int flags, int of, byte[] content) throws IOException {
    out.writeByte(content.length >> 16);
    out.writeShort(content.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(of);
    out.write(content);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
