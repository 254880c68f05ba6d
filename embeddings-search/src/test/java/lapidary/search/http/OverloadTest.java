package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lapidary.search.Collection;
import lapidary.search.Samples;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server in a process with a heap of 96 MiB, which ends if that is not enough, and far more work than it takes. */
@Timeout(300)
final class OverloadTest {
  /** With those that are left open, fewer connections than a heap of 96 MiB has room for. */
  private static final int FLOOD = 800;

  private static final String HEAP = "96m";
  private static final String SEARCH = "/v1/collections/many/search";
  private static final String ITEMS = "/v1/collections/many/items?limit=1000";
  private static final String FIRST = "{\"id\":\"0\"}";
  private static final byte[] LARGE = new byte[1 << 20];

  @TempDir
  Path folder;

  private final List<Wire> wires = new ArrayList<>();

  @Test
  void nothingThatClientsDoTakesMoreThanTheHeap() throws Exception {
    Path many = folder.resolve("many");
    fill(many);
    Process process = ServeUntilKilled.startWithin(HEAP, many);
    try (BufferedReader said = process.inputReader()) {
      int port = Integer.parseInt(said.readLine());
      Client client = new Client(port);
      leaveAnswersUnread(port);
      requireServed(client);
      sendHalfOfLargeBodies(port);
      requireServed(client);
      Map<Integer, Integer> answers = flood(client);
      assertThat(answers.keySet()).isSubsetOf(200, 429);
      assertThat(answers.get(200)).isPositive();
      close();
      requireServed(client);
      assertThat(process.isAlive()).isTrue();
    } finally {
      close();
      process.destroyForcibly().waitFor();
    }
  }

  /** A thousand items that are an answer of a megabyte. */
  private static void fill(Path many) {
    float[][] vectors = Samples.gaussian(5, 1000, 3);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      items.add(
          new Item(Integer.toString(i), "", Map.of("fact", AttributeValue.of("x".repeat(1000)))));
    }
    try (Collection collection = Collection.create(many, Samples.spec("many", 3))) {
      collection.add(items, vectors);
      collection.commit();
    }
  }

  /** 150 MB in all. */
  private void leaveAnswersUnread(int port) throws IOException {
    for (int i = 0; i < 150; i++) {
      Wire wire = Wire.narrowTo(port);
      wires.add(wire.send("GET " + ITEMS + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
      assertThat(wire.status()).containsAnyOf(" 200 ", " 429 ");
    }
  }

  /** As much again, of which as much is taken as there is room for. */
  private void sendHalfOfLargeBodies(int port) throws Exception {
    List<CompletableFuture<Void>> sending = new ArrayList<>();
    for (int i = 0; i < 66; i++) {
      Wire wire = Wire.to(port);
      wires.add(wire);
      sending.add(CompletableFuture.runAsync(() -> sendHalf(wire)));
    }
    CompletableFuture.allOf(sending.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
  }

  private static void sendHalf(Wire wire) {
    try {
      wire.post(SEARCH, "Content-Type: image/png", "Content-Length: " + 2 * LARGE.length);
      wire.send(LARGE);
    } catch (IOException e) {
      // Refused, and not read to its end.
      assertThat(e).hasMessageMatching("(?i).*(pipe|reset|abort).*");
    }
  }

  private static void requireServed(Client client) throws Exception {
    assertThat(client.get("/v2/health/ready").status()).isEqualTo(200);
    assertThat(client.post(SEARCH, FIRST).status()).isEqualTo(200);
  }

  /** Far more at the same time than there are places for; gives how often which status was answered. */
  private static Map<Integer, Integer> flood(Client client) {
    List<CompletableFuture<Client.Answer>> asked = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      asked.add(client.posting(SEARCH, FIRST));
    }
    Map<Integer, Integer> answers = new HashMap<>();
    asked.forEach(answer -> answers.merge(answer.join().status(), 1, Integer::sum));
    return answers;
  }

  private void close() throws IOException {
    for (Wire wire : wires) {
      wire.close();
    }
  }
}
