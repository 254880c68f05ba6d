package lapidary.benchmarks.service;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Connections that announce a body and send it a byte a second, until they are closed. */
final class SlowSenders implements AutoCloseable {
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
  private final List<Socket> open = new ArrayList<>();

  private SlowSenders() {}

  /**
   * Opens connections that trickle.
   *
   * @param path where they post
   * @param announced bytes of each body, as its header says
   */
  static SlowSenders start(String url, String path, int count, long announced) throws IOException {
    SlowSenders senders = new SlowSenders();
    URI server = URI.create(url);
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket(server.getHost(), server.getPort());
      senders.open.add(socket);
      socket
          .getOutputStream()
          .write(("POST " + path + " HTTP/1.1\r\nHost: " + server.getAuthority()
                  + "\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: "
                  + announced + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      Future<?> unused =
          senders.clock.scheduleAtFixedRate(() -> senders.trickle(socket), 1, 1, TimeUnit.SECONDS);
    }
    return senders;
  }

  private void trickle(Socket socket) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write('-');
      out.flush();
    } catch (IOException e) {
      closed(socket);
    }
  }

  private synchronized void closed(Socket socket) {
    open.remove(socket);
  }

  /** Connections that the server has not closed yet, as far as writing to them told. */
  synchronized int left() {
    return open.size();
  }

  @Override
  public void close() throws IOException {
    clock.shutdownNow();
    for (Socket socket : List.copyOf(open)) {
      socket.close();
    }
  }
}
