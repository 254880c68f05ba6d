package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import lapidary.runtime.serving.OverloadedException;
import lapidary.search.http.route.ServerLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when requests are slow: the model of the fixture waits until it is released. */
@Timeout(120)
final class LoadTest {
  private static final String SEARCH = "/v1/collections/greys/search";
  private static final byte[] IMAGE = GreyEmbedder.png(9, 0, 0, 9, 0, 0);

  @TempDir
  Path folder;

  private final HeldModel model = new HeldModel();

  @Test
  void moreWorkThanPlacesIsTurnedAwayAndTheRestIsAnswered() throws Exception {
    try (Fixture fixture = Fixture.start(folder, patient(1, 1), model)) {
      List<CompletableFuture<Client.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        answers.add(fixture.client.uploading(SEARCH, IMAGE));
      }
      // One is worked on and one waits, both until released: the other four are answered now.
      while (done(answers) < 4) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      List<CompletableFuture<Client.Answer>> held =
          answers.stream().filter(answer -> !answer.isDone()).toList();
      assertThat(held).hasSize(2);
      List<CompletableFuture<Client.Answer>> turnedAway =
          answers.stream().filter(CompletableFuture::isDone).toList();
      assertThat(turnedAway).hasSize(4);
      for (CompletableFuture<Client.Answer> answer : turnedAway) {
        assertThat(answer.get().status()).isEqualTo(429);
        assertThat(answer.get().error()).contains("as much work as it takes");
        assertThat(answer.get().response().headers().firstValue("Retry-After")).hasValue("1");
      }
      assertThat(fixture.client.get("/v2/health/ready").status()).isEqualTo(200);
      model.release();
      for (CompletableFuture<Client.Answer> answer : held) {
        assertThat(answer.get().ids()).startsWith("left");
      }
      assertThat(fixture.client.post(SEARCH, "{\"id\":\"left\"}").status()).isEqualTo(200);
    }
  }

  /** What is in a body is looked at only by a worker: many large ones at once would take many times their size. */
  @Test
  void aWaitingBodyIsNotTakenApart() throws Exception {
    try (Fixture fixture = Fixture.start(folder, patient(1, 1), model)) {
      CompletableFuture<Client.Answer> held = fixture.client.uploading(SEARCH, IMAGE);
      model.awaitBegun(held);
      byte[] nothing = "no image".getBytes(StandardCharsets.US_ASCII);
      CompletableFuture<Client.Answer> first = fixture.client.uploading(SEARCH, nothing);
      CompletableFuture<Client.Answer> second = fixture.client.uploading(SEARCH, nothing);
      CompletableFuture.anyOf(first, second).get();
      CompletableFuture<Client.Answer> waiting = first.isDone() ? second : first;
      assertThat((first.isDone() ? first : second).get().status()).isEqualTo(429);
      assertThat(waiting).isNotDone();
      model.release();
      assertThat(waiting.get().error()).contains("is not an image");
      assertThat(held.get().status()).isEqualTo(200);
    }
  }

  @Test
  void aLargeBodyWithoutAPlaceIsDroppedAndAnswered() throws Exception {
    Duration time = Duration.ofSeconds(30);
    ServerLimits limits = new ServerLimits(32 << 20, 1, 0, time, time);
    try (Fixture fixture = Fixture.start(folder, Fixture.limited(limits), model)) {
      CompletableFuture<Client.Answer> held = fixture.client.uploading(SEARCH, IMAGE);
      model.awaitBegun(held);
      for (int i = 0; i < 3; i++) {
        Client.Answer answer = fixture.client.upload("POST", SEARCH, new byte[16 << 20], Map.of());
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.response().headers().firstValue("Retry-After")).hasValue("1");
      }
      assertThat(fixture.client.get("/v1/collections/greys/projection").status())
          .isEqualTo(429);
      model.release();
      assertThat(held.get().status()).isEqualTo(200);
    }
  }

  /** A body that never comes, announced or in parts, does not hold the answer up for as long as a request may take. */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 60000", "Transfer-Encoding: chunked"})
  void aBodyThatDoesNotComeIsNotWaitedForWithoutAPlace(String length) throws Exception {
    try (Fixture fixture = Fixture.start(folder, patient(1, 0), model);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.server.port())) {
      CompletableFuture<Client.Answer> held = fixture.client.uploading(SEARCH, IMAGE);
      model.awaitBegun(held);
      // Half of what a request may take, so that waiting for it would be seen here.
      socket.setSoTimeout(15_000);
      String head = "POST " + SEARCH + " HTTP/1.1\r\nHost: localhost\r\n"
          + "Content-Type: image/png\r\n" + length + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      // To the end: the connection is closed, since what would come is not a request.
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 429").contains("Retry-After: 1");
      model.release();
      assertThat(held.get().status()).isEqualTo(200);
    }
  }

  /** A tree of JSON takes many times the bytes that an image of the same length takes. */
  @Test
  void jsonIsShorterThanAnImageMayBe() throws Exception {
    try (Fixture fixture = Fixture.start(folder)) {
      String json = "{\"vector\":[" + "{},".repeat(2 << 20) + "1]}";
      Client.Answer answer = fixture.client.post(SEARCH, json);
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.error()).isEqualTo("the body is longer than 4194304 bytes; send less");
    }
  }

  @Test
  void aModelThatIsOverloadedIsAskedAgainLater() throws Exception {
    try (Fixture fixture = Fixture.start(folder, patient(1, 1), () -> {
      throw new OverloadedException("2 rows wait already; ask again later");
    })) {
      Client.Answer answer = fixture.client.uploading(SEARCH, IMAGE).get();
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.error()).isEqualTo("2 rows wait already; ask again later");
      assertThat(answer.response().headers().firstValue("Retry-After")).hasValue("1");
    }
  }

  private static long done(List<CompletableFuture<Client.Answer>> answers) {
    return answers.stream().filter(CompletableFuture::isDone).count();
  }

  @Test
  void aRequestThatTakesTooLongIsGivenUp() throws Exception {
    ServerLimits limits =
        new ServerLimits(64 << 10, 1, 4, Duration.ofMillis(300), Duration.ofSeconds(20));
    try (Fixture fixture = Fixture.start(folder, Fixture.limited(limits), model)) {
      Client.Answer answer = fixture.client.uploading(SEARCH, IMAGE).get();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.error()).isEqualTo("the request took longer than 0.3 s; try again later");
      model.release();
    }
  }

  @Test
  void aBodyThatTricklesInIsGivenUp() throws Exception {
    ServerLimits limits =
        new ServerLimits(64 << 10, 1, 0, Duration.ofMillis(500), Duration.ofSeconds(20));
    try (Fixture fixture = Fixture.start(folder, Fixture.limited(limits), model);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.server.port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      String head =
          "POST " + SEARCH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: 1000\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 8 && socket.getInputStream().available() == 0; i++) {
        out.write(' ');
        out.flush();
        TimeUnit.MILLISECONDS.sleep(100);
      }
      byte[] answer = new byte[4096];
      int length = socket.getInputStream().read(answer);
      assertThat(new String(answer, 0, length, StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 408")
          .contains("took too long to arrive");
      // The only place is free again.
      assertThat(fixture.client.post(SEARCH, "{\"id\":\"left\"}").status()).isEqualTo(200);
    }
  }

  @Test
  void aFailureInsideIsLoggedAndToldAsNothingButAFailure() throws Exception {
    try (Fixture fixture = Fixture.start(folder, patient(1, 1), () -> {
      throw new IllegalStateException("secret detail");
    })) {
      Client.Answer answer = fixture.client.uploading(SEARCH, IMAGE).get();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.text())
          .matches(
              "\\{\"error\":\"the server failed to answer; its log says why, at request \\S+\"}");
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static ServerOptions patient(int workers, int waiting) {
    Duration time = Duration.ofSeconds(30);
    return Fixture.limited(new ServerLimits(64 << 10, workers, waiting, time, time));
  }
}
