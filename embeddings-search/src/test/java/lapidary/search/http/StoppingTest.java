package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lapidary.search.http.route.ServerLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is being stopped answers what it has begun, however slow the client, and nothing else holds it up. */
@Timeout(120)
final class StoppingTest {
  private static final String SEARCH = "/v1/collections/greys/search";
  private static final byte[] IMAGE = GreyEmbedder.png(9, 0, 0, 9, 0, 0);
  private static final int LONGEST_WAIT = 40;

  @TempDir
  Path folder;

  private final HeldModel model = new HeldModel();

  @Test
  void finishesTheRequestInFlightAndTakesNoNewOne() throws Exception {
    try (Fixture fixture = Fixture.start(folder, patient(), model)) {
      CompletableFuture<Client.Answer> inFlight = fixture.client.uploading(SEARCH, IMAGE);
      model.awaitBegun(inFlight);
      assertThat(inFlight).isNotDone();
      CompletableFuture<Void> stopping = stopOnceQuiet(fixture);
      untilRefused(fixture.server.port());
      assertThat(stopping).isNotDone();
      assertThat(inFlight).isNotDone();
      model.release();
      assertThat(inFlight.get(LONGEST_WAIT, TimeUnit.SECONDS).ids()).startsWith("left");
      stopping.get(LONGEST_WAIT, TimeUnit.SECONDS);
    }
  }

  /** A phone that sends an image may be out of reach for a moment. */
  @Test
  void waitsForABodyThatPauses() throws Exception {
    String body = "{\"id\":\"left\"}";
    try (Fixture fixture = Fixture.start(folder, patient(), () -> {});
        Socket socket = connected(fixture, 1 << 16)) {
      // The server says Continue once it begins to read the body: then the request is in flight.
      write(
          socket,
          "POST " + SEARCH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n");
      assertThat(head(socket)).startsWith("HTTP/1.1 100");
      write(socket, body.substring(0, 5));
      CompletableFuture<Void> stopping = stopOnceQuiet(fixture);
      assertThat(stopping).isNotDone();
      write(socket, body.substring(5));
      assertThat(text(socket)).startsWith("HTTP/1.1 200").contains("\"right\"");
      stopping.get(LONGEST_WAIT, TimeUnit.SECONDS);
    }
  }

  @Test
  void writesAnAnswerToItsEndForAClientThatReadsSlowly() throws Exception {
    try (Fixture fixture = Fixture.startLarge(folder, patient());
        Socket socket = connected(fixture, 1 << 12)) {
      String query = "{\"id\":\"left\",\"k\":200}";
      write(
          socket,
          "POST " + SEARCH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: " + query.length() + "\r\n\r\n" + query);
      // More than the buffers of both sides hold: the rest is being written until it is read.
      String head = head(socket);
      assertThat(head).startsWith("HTTP/1.1 200");
      CompletableFuture<Void> stopping = stopOnceQuiet(fixture);
      assertThat(stopping).isNotDone();
      // A chunk of length 0 is the end. Not compared as texts, whose difference would be 8 MB long.
      assertThat(text(socket).endsWith("\r\n0\r\n\r\n")).isTrue();
      stopping.get(LONGEST_WAIT, TimeUnit.SECONDS);
    }
  }

  @Test
  void aStoppedServerListensNoMoreAndStopsOnlyOnce() throws Exception {
    Fixture fixture = Fixture.start(folder);
    int port = fixture.server.port();
    fixture.close();
    fixture.close();
    assertThat(fixture.server.port()).isEqualTo(port);
    Client late = new Client(port);
    assertThatThrownBy(() -> late.get("/v2/health/live")).isInstanceOf(ConnectException.class);
  }

  /** Begins to stop and returns once the server has closed a connection that was kept alive: it has looked at the others too. */
  private static CompletableFuture<Void> stopOnceQuiet(Fixture fixture) throws IOException {
    try (Socket keptAlive = connected(fixture, 1 << 16)) {
      write(keptAlive, "GET /v2/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(head(keptAlive)).startsWith("HTTP/1.1 200");
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(fixture.server::close);
      text(keptAlive);
      return stopping;
    }
  }

  /** New connections are refused, or answered with 503 in the moment before. */
  private static void untilRefused(int port) throws Exception {
    String last = "nothing";
    for (int attempt = 0; attempt < 200; attempt++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(5_000);
        write(socket, "GET /v2/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
        last = head(socket);
        if (last.startsWith("HTTP/1.1 503")) {
          return;
        }
      } catch (SocketTimeoutException e) {
        throw new AssertionError("a connection was taken and not answered", e);
      } catch (IOException e) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("the server still takes requests, and answers: " + last);
  }

  private static Socket connected(Fixture fixture, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(receiveBuffer);
    socket.setSoTimeout(LONGEST_WAIT * 1_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), fixture.server.port()));
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Up to the empty line. */
  private static String head(Socket socket) throws IOException {
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
  private static String text(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static ServerOptions patient() {
    Duration time = Duration.ofSeconds(30);
    return Fixture.limited(new ServerLimits(8 << 20, 2, 8, time, time));
  }
}
