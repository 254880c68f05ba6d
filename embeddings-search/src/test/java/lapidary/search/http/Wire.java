package lapidary.search.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A connection on which a test sends and reads bytes as slowly, and as wrongly, as it likes. */
final class Wire implements AutoCloseable {
  private static final int LONGEST_MILLIS = 40_000;

  private final Socket socket = new Socket();

  private Wire(int port, int receiveBuffer) throws IOException {
    socket.setReceiveBufferSize(receiveBuffer);
    socket.setSoTimeout(LONGEST_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  static Wire to(Fixture fixture) throws IOException {
    return to(fixture.server.port());
  }

  static Wire to(int port) throws IOException {
    return new Wire(port, 1 << 16);
  }

  /** One whose system takes little of an answer that is not read. */
  static Wire narrowTo(Fixture fixture) throws IOException {
    return narrowTo(fixture.server.port());
  }

  static Wire narrowTo(int port) throws IOException {
    return new Wire(port, 1 << 12);
  }

  /** Sends the head of a request, with the lines given. */
  Wire post(String path, String... lines) throws IOException {
    return send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", lines)
        + "\r\n\r\n");
  }

  Wire postJson(String path, String json) throws IOException {
    return post(path, "Content-Type: application/json", "Content-Length: " + json.length())
        .send(json);
  }

  Wire send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  Wire send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** The first line that is answered. */
  String status() throws IOException {
    return head().lines().findFirst().orElseThrow();
  }

  /** Up to the empty line. */
  String head() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection was closed after: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** All that comes until the server closes the connection. */
  String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** How many bytes come until the connection ends, in whatever way. */
  long countRest() throws IOException {
    byte[] buffer = new byte[1 << 16];
    long count = 0;
    try {
      for (int n; (n = socket.getInputStream().read(buffer)) >= 0; ) {
        count += n;
      }
    } catch (SocketException e) {
      return count;
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
