package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lapidary.search.http.route.ServerLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send slowly, read slowly, or stop: nobody else waits for them. */
@Timeout(180)
final class SlowClientsTest {
  private static final String SEARCH = "/v1/collections/greys/search";
  private static final String JSON = "Content-Type: application/json";
  private static final String LEFT = "{\"id\":\"left\"}";
  private static final String ALL = "{\"id\":\"left\",\"k\":200}";

  @TempDir
  Path folder;

  private final List<Wire> wires = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Wire wire : wires) {
      wire.close();
    }
  }

  /** One worker, and one request may wait: what a slow body took would be missing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 17825792",
        "Content-Length: 60000",
        "Transfer-Encoding: chunked",
        "Content-Length: 60000\r\nExpect: 100-continue"
      })
  void bodiesThatTrickleStopNoSearch(String length) throws Exception {
    try (Fixture fixture = Fixture.start(folder, patient(), () -> {})) {
      for (int i = 0; i < 66; i++) {
        wires.add(Wire.to(fixture).post(SEARCH, JSON, length));
      }
      for (int round = 0; round < 3; round++) {
        for (Wire wire : wires) {
          trickle(wire, length.startsWith("Transfer") ? "1\r\n \r\n" : " ");
        }
        assertThat(fixture.client.post(SEARCH, LEFT).status()).isEqualTo(200);
      }
      close();
    }
  }

  /** What was refused need not be taken to its end. */
  private static void trickle(Wire wire, String text) {
    try {
      wire.send(text);
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  /** No single byte of it is late. */
  @Test
  void aHeadThatTricklesIsCutOff() throws Exception {
    try (Fixture fixture = Fixture.start(folder, within(Duration.ofMillis(500)), () -> {});
        Wire wire = Wire.to(fixture).send("GET /v2/health/live HTTP/1.1\r\n")) {
      assertThat(closedWhileSending(wire, "X-More: of the same\r\n")).isTrue();
      assertThat(fixture.client.get("/v2/health/live").status()).isEqualTo(200);
    }
  }

  /** The time begins with the head, not with the connection. */
  @Test
  void aConnectionThatLivesLongerThanAHeadMayTakeIsKept() throws Exception {
    try (Fixture fixture = Fixture.start(folder, within(Duration.ofMillis(400)), () -> {});
        Wire wire = Wire.to(fixture)) {
      for (int i = 0; i < 8; i++) {
        wire.send("HEAD /v2/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(wire.status()).contains(" 200 ");
        TimeUnit.MILLISECONDS.sleep(150);
      }
    }
  }

  private static boolean closedWhileSending(Wire wire, String text) throws Exception {
    for (int i = 0; i < 100; i++) {
      try {
        wire.send(text);
      } catch (IOException e) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return false;
  }

  /** 40 answers of 8 MB, of which the limits hold few: the others are refused in time, and none holds a thread. */
  @Test
  void answersThatNobodyReadsTakeBoundedMemory() throws Exception {
    try (Fixture fixture = Fixture.startLarge(folder, withMemory(96L << 20))) {
      int held = 0;
      for (int i = 0; i < 40; i++) {
        Wire wire = Wire.narrowTo(fixture);
        wires.add(wire.postJson(SEARCH, ALL));
        String head = wire.head();
        if (head.startsWith("HTTP/1.1 200")) {
          held++;
        } else {
          assertThat(head).startsWith("HTTP/1.1 429").contains("Retry-After: 1");
        }
      }
      // A third of 96 MB, and an eighth of that for small ones.
      assertThat(held).isBetween(1, 4);
      assertThat(fixture.client.post(SEARCH, LEFT).status()).isEqualTo(200);
      assertThat(fixture.client.get("/v2/health/ready").status()).isEqualTo(200);
      close();
      assertThat(answeredInTheEnd(fixture.client, ALL)).isTrue();
    }
  }

  /** The server sees a closed connection when it writes the next time. */
  private static boolean answeredInTheEnd(Client client, String query) throws Exception {
    for (int attempt = 0; attempt < 200; attempt++) {
      if (client.post(SEARCH, query).status() == 200) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return false;
  }

  @Test
  void anAnswerThatIsReadTooSlowlyIsCutOff() throws Exception {
    try (Fixture fixture = Fixture.startLarge(folder, within(Duration.ofSeconds(3)))) {
      try (Wire wire = Wire.narrowTo(fixture).postJson(SEARCH, ALL)) {
        assertThat(wire.status()).contains(" 200 ");
        TimeUnit.SECONDS.sleep(4);
        assertThat(wire.countRest()).isLessThan(LargeItems.BYTES);
      }
    }
  }

  /** A client that sends all before it reads sees why it was refused. */
  @Test
  void aBodyThatIsTooLargeIsAnsweredAndNotReset() throws Exception {
    try (Fixture fixture = Fixture.start(folder, patient(), () -> {})) {
      for (int i = 0; i < 3; i++) {
        try (Wire wire = Wire.to(fixture)) {
          wire.post(SEARCH, JSON, "Connection: close", "Content-Length: 17825792")
              .send(new byte[17_825_792]);
          assertThat(wire.rest())
              .startsWith("HTTP/1.1 413")
              .endsWith("{\"error\":\"the body is longer than 65536 bytes; send less\"}");
        }
      }
    }
  }

  /** Who waits for leave to send learns that there is none. */
  @Test
  void aBodyThatIsTooLargeIsNotAskedFor() throws Exception {
    try (Fixture fixture = Fixture.start(folder, patient(), () -> {});
        Wire wire = Wire.to(fixture)) {
      wire.post(SEARCH, JSON, "Content-Length: 17825792", "Expect: 100-continue");
      assertThat(wire.status()).contains(" 413 ");
    } catch (SocketTimeoutException e) {
      throw new AssertionError("neither refused nor asked for", e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n{}\r\n", "5\r\n{}\r\n0\r\n\r\n", "-1\r\n\r\n"})
  void brokenChunksAreTheClientsFault(String chunks) throws Exception {
    try (Fixture fixture = Fixture.start(folder, patient(), () -> {});
        Wire wire = Wire.to(fixture)) {
      wire.post(SEARCH, JSON, "Transfer-Encoding: chunked").send(chunks);
      assertThat(wire.rest()).startsWith("HTTP/1.1 400").contains("{\"error\":\"");
      assertThat(fixture.client.post(SEARCH, LEFT).status()).isEqualTo(200);
    }
  }

  private static ServerOptions patient() {
    return within(Duration.ofSeconds(20));
  }

  private static ServerOptions within(Duration time) {
    return Fixture.limited(new ServerLimits(64 << 10, 1, 1, time, Duration.ofSeconds(20)));
  }

  private static ServerOptions withMemory(long bytes) {
    Duration time = Duration.ofSeconds(20);
    return Fixture.limited(new ServerLimits(64 << 10, 1, 8, time, time).withMemory(bytes));
  }
}
