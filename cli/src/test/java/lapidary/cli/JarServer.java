package lapidary.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A Maven repository in this process, with connections that break when it is told to. */
final class JarServer implements AutoCloseable {
  private static final int NEVER = Integer.MAX_VALUE;

  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final AtomicLong sent = new AtomicLong();
  private volatile int breakAfter = NEVER;
  private volatile boolean ranges = true;

  private JarServer(HttpServer server) {
    this.server = server;
  }

  static JarServer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    JarServer jars = new JarServer(server);
    server.createContext("/", jars::answer);
    server.start();
    return jars;
  }

  void put(String path, byte[] bytes) {
    files.put("/maven2/" + path, bytes);
  }

  /** Connections break after so many bytes of a body. */
  JarServer breakingAfter(int bytes) {
    breakAfter = bytes;
    return this;
  }

  JarServer whole() {
    breakAfter = NEVER;
    return this;
  }

  /** All of a file is sent whatever is asked for. */
  JarServer withoutRanges() {
    ranges = false;
    return this;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/maven2";
  }

  /** Bytes of bodies sent so far. */
  long sent() {
    return sent.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] bytes = files.get(exchange.getRequestURI().getPath());
    if (bytes == null) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    String range = ranges ? exchange.getRequestHeaders().getFirst("Range") : null;
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    int length = bytes.length - from;
    exchange.sendResponseHeaders(range == null ? 200 : 206, length);
    int given = Math.min(length, breakAfter);
    OutputStream body = exchange.getResponseBody();
    body.write(bytes, from, given);
    body.flush();
    sent.addAndGet(given);
    // Of a body that is not whole this breaks the connection.
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
