package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.HandlerType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import lapidary.search.http.route.Refusal;
import lapidary.search.http.route.Route;
import lapidary.search.http.route.ServerLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a request may take, and what becomes of one that would take more. */
@Timeout(180)
final class LimitsTest {
  private static final String SEARCH = "/v1/collections/greys/search";
  private static final String LEFT = "{\"id\":\"left\"}";
  private static final byte[] IMAGE = GreyEmbedder.png(9, 0, 0, 9, 0, 0);

  @TempDir
  Path folder;

  private final HeldModel model = new HeldModel();

  @Test
  void packedBodiesAreUnpacked() throws Exception {
    try (Fixture fixture = Fixture.start(folder, options(1, 1), () -> {})) {
      Client.Answer answer = packed(fixture.client, "gzip", gzip(LEFT));
      assertThat(answer.ids()).startsWith("all");
      assertThat(packed(fixture.client, "identity", bytes(LEFT)).ids()).isEqualTo(answer.ids());
      Client.Answer other = packed(fixture.client, "br", bytes(LEFT));
      assertThat(other.status()).isEqualTo(415);
      assertThat(other.error()).contains("Content-Encoding br is not taken here; send gzip");
    }
  }

  /** 64 kB of gzip are 64 MB of spaces. */
  @Test
  void aPackedBodyIsAsLongAsItIsUnpacked() throws Exception {
    try (Fixture fixture = Fixture.start(folder, options(1, 1), () -> {})) {
      Client.Answer bomb = packed(fixture.client, "gzip", gzip(" ".repeat(60 << 20)));
      assertThat(bomb.status()).isEqualTo(413);
      assertThat(bomb.error()).isEqualTo("the body is longer than 65536 bytes; send less");
      String full = LEFT + " ".repeat((64 << 10) - LEFT.length());
      assertThat(packed(fixture.client, "gzip", gzip(full)).status()).isEqualTo(200);
      assertThat(packed(fixture.client, "gzip", gzip(full + " ")).status()).isEqualTo(413);
    }
  }

  @Test
  void aDamagedPackedBodyIsTheClientsFault() throws Exception {
    try (Fixture fixture = Fixture.start(folder, options(1, 1), () -> {})) {
      byte[] whole = gzip(LEFT);
      for (byte[] damaged :
          List.of(bytes(LEFT), Arrays.copyOf(whole, whole.length - 9), Arrays.copyOf(whole, 5))) {
        Client.Answer answer = packed(fixture.client, "gzip", damaged);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("the body is not gzip");
      }
    }
  }

  private static Client.Answer packed(Client client, String encoding, byte[] body)
      throws Exception {
    return client.send(client
        .request(SEARCH)
        .POST(BodyPublishers.ofByteArray(body))
        .header("Content-Type", "application/json")
        .header("Content-Encoding", encoding));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes(text));
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void workIsNotBegunOnceItsClientHasGivenUp() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    Runnable counted = () -> {
      runs.incrementAndGet();
      model.run();
    };
    try (Fixture fixture = Fixture.start(folder, options(1, 2), counted)) {
      CompletableFuture<Client.Answer> held = fixture.client.uploading(SEARCH, IMAGE, 0);
      model.awaitBegun(held);
      Client.Answer late = fixture.client.uploading(SEARCH, IMAGE, 100).get();
      assertThat(late.status()).isEqualTo(504);
      assertThat(late.error())
          .isEqualTo("the 100 ms that the header X-Envoy-Expected-Rq-Timeout-Ms gives have"
              + " passed; allow more");
      CompletableFuture<Client.Answer> patient = fixture.client.uploading(SEARCH, IMAGE, 30_000);
      model.release();
      assertThat(held.get().status()).isEqualTo(200);
      assertThat(patient.get().status()).isEqualTo(200);
    }
    assertThat(runs).hasValue(2);
  }

  @Test
  void aDeadlineIsANumber() throws Exception {
    try (Fixture fixture = Fixture.start(folder, options(1, 1), () -> {});
        Wire wire = Wire.to(fixture)) {
      wire.post(
          SEARCH,
          "Content-Type: application/json",
          "X-Envoy-Expected-Rq-Timeout-Ms: soon",
          "Content-Length: 0",
          "Connection: close");
      assertThat(wire.rest())
          .startsWith("HTTP/1.1 400")
          .contains("X-Envoy-Expected-Rq-Timeout-Ms is soon; give whole milliseconds");
    }
  }

  /** All places of large work are taken, and its only worker. */
  @Test
  void aSearchByIdDoesNotWaitBehindPictures() throws Exception {
    try (Fixture fixture = Fixture.start(folder, options(1, 1), model)) {
      CompletableFuture<Client.Answer> held = fixture.client.uploading(SEARCH, IMAGE);
      model.awaitBegun(held);
      CompletableFuture<Client.Answer> first = fixture.client.uploading(SEARCH, IMAGE);
      CompletableFuture<Client.Answer> second = fixture.client.uploading(SEARCH, IMAGE);
      CompletableFuture.anyOf(first, second).get();
      for (int i = 0; i < 20; i++) {
        assertThat(fixture.client.post(SEARCH, LEFT).status()).isEqualTo(200);
      }
      assertThat(held).isNotDone();
      model.release();
      assertThat(held.get().status()).isEqualTo(200);
    }
  }

  /** A route may have fewer places than the server. */
  @Test
  void aRouteDoesNotTakeMoreThanItsOwnPlaces() throws Exception {
    Route route = Route.work(
        HandlerType.POST,
        "/v1/movies/recommend",
        Route.Limits.WORK.atMost(1),
        exchange -> exchange.work(body -> {
          model.run();
          return new Refusal("none");
        }));
    ServerOptions options = options(4, 4);
    try (SearchServer server =
        SearchServer.start(List.of(new Feature("movies", List.of(route))), options)) {
      String path = "http://127.0.0.1:" + server.port() + route.path();
      CompletableFuture<Integer> held = Client.statusOfPosting(path);
      while (!model.hasBegun()) {
        Thread.sleep(10);
      }
      assertThat(Client.statusOfPosting(path).get()).isEqualTo(429);
      model.release();
      assertThat(held.get()).isEqualTo(200);
      assertThat(Client.statusOfPosting(path).get()).isEqualTo(200);
    }
  }

  /** Three MiB of memory are one for large work, and that is 98,304 pixels. */
  @Test
  void aPictureOfMorePixelsThanTheServerHoldsIsRefusedFromItsHeader() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    ServerOptions options = options(1, 1, 3 << 20);
    try (Fixture fixture = Fixture.start(folder, options, runs::incrementAndGet)) {
      Client.Answer large = fixture.client.upload("POST", SEARCH, picture(400, 300), Map.of());
      assertThat(large.status()).isEqualTo(413);
      assertThat(large.error())
          .isEqualTo("the image has 400×300 pixels, more than the 98304 that this server takes;"
              + " make it smaller first");
      assertThat(runs).hasValue(0);
      assertThat(
              fixture.client.upload("POST", SEARCH, picture(320, 300), Map.of()).status())
          .isEqualTo(200);
    }
  }

  private static byte[] picture(int width, int height) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", out);
    return out.toByteArray();
  }

  /** 48 MiB of memory are 4 for an answer of one worker. */
  @Test
  void anAnswerIsNotLongerThanTheServerHolds() throws Exception {
    try (Fixture fixture = Fixture.startLarge(folder, options(1, 1, 48 << 20))) {
      Client.Answer answer = fixture.client.post(SEARCH, "{\"id\":\"left\",\"k\":200}");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error()).isEqualTo("the answer is longer than 4194304 bytes; ask for less");
      assertThat(fixture.client.post(SEARCH, "{\"id\":\"left\",\"k\":20}").status())
          .isEqualTo(200);
    }
  }

  private static ServerOptions options(int workers, int waiting) {
    return options(workers, waiting, 384L << 20);
  }

  private static ServerOptions options(int workers, int waiting, long memory) {
    Duration time = Duration.ofSeconds(30);
    return Fixture.limited(new ServerLimits(64 << 10, workers, waiting, time, time, memory));
  }
}
