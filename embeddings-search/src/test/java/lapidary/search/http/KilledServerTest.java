package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lapidary.search.Collection;
import lapidary.search.Samples;
import lapidary.search.store.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers killed while four clients write: what was answered with success is there. More with {@code -Dlapidary.kills=200}. */
final class KilledServerTest {
  private static final int KILLS = Integer.getInteger("lapidary.kills", 5);
  private static final int CLIENTS = 4;
  private static final int IDS = 25;

  /** The label of an item that was removed. */
  private static final String GONE = "";

  /** What each item may be: what was acknowledged last, and what was asked for since. */
  private final Map<String, Set<String>> possible = new ConcurrentHashMap<>();

  @Test
  void everyAcknowledgedWriteSurvivesKillsAtRandomMoments(@TempDir Path temporary)
      throws Exception {
    Path folder = temporary.resolve("killed");
    Collection.create(folder, Samples.spec("killed", 3)).close();
    Random random = new Random(11);
    long acknowledged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged += killAfter(folder, random.nextInt(400), kill);
      assertThat(Collection.damages(folder)).isEmpty();
      requirePossible(folder);
    }
    System.out.println(KILLS + " servers killed, " + acknowledged + " acknowledged writes of "
        + CLIENTS + " clients, none lost");
    requireNothingLeftOver(folder);
  }

  /** Gives how many writes were acknowledged. */
  private long killAfter(Path folder, int milliseconds, int round) throws Exception {
    Process server = ServeUntilKilled.start(folder);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    CountDownLatch begun = new CountDownLatch(1);
    try (BufferedReader said = server.inputReader()) {
      Client client = new Client(Integer.parseInt(said.readLine()));
      List<Future<Long>> writing = new ArrayList<>();
      for (int c = 0; c < CLIENTS; c++) {
        int number = c;
        writing.add(clients.submit(() -> write(client, number, round, begun)));
      }
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      TimeUnit.MILLISECONDS.sleep(milliseconds);
      server.toHandle().destroyForcibly();
      long acknowledged = 0;
      for (Future<Long> each : writing) {
        acknowledged += each.get();
      }
      return acknowledged;
    } finally {
      server.destroyForcibly().waitFor();
      clients.shutdown();
    }
  }

  /** Puts and removes items of its own until nobody answers. */
  private long write(Client client, int number, int round, CountDownLatch begun) throws Exception {
    Random random = new Random(number + 31L * round);
    for (long acknowledged = 0; ; acknowledged++) {
      String id = number + "-" + random.nextInt(IDS);
      String wanted = random.nextInt(4) == 0 ? GONE : round + "." + acknowledged;
      possible.computeIfAbsent(id, KilledServerTest::absent).add(wanted);
      try {
        ask(client, id, wanted);
      } catch (IOException e) {
        return acknowledged;
      }
      possible.get(id).retainAll(Set.of(wanted));
      begun.countDown();
    }
  }

  private static Set<String> absent(String id) {
    Set<String> labels = ConcurrentHashMap.newKeySet();
    labels.add(GONE);
    return labels;
  }

  private static void ask(Client client, String id, String label) throws Exception {
    String path = "/v1/collections/killed/items/" + id;
    Client.Answer answer = label.equals(GONE)
        ? client.delete(path)
        : client.put(path, "{\"vector\":[1,2,3],\"label\":\"" + label + "\"}");
    assertThat(answer.status()).as(answer.text()).isIn(200, 201, 204, 404);
  }

  private void requirePossible(Path folder) {
    try (Collection collection = Collection.open(folder)) {
      Map<String, String> found = new HashMap<>();
      collection
          .items(0, Integer.MAX_VALUE)
          .forEach(item -> assertThat(found.put(item.id(), item.label())).isNull());
      assertThat(possible.keySet()).containsAll(found.keySet());
      possible.forEach((id, labels) -> {
        String label = found.getOrDefault(id, GONE);
        assertThat(labels).as(id).contains(label);
        // What is there now is what the next round begins with.
        labels.retainAll(Set.of(label));
      });
    }
  }

  /** What a killed writer leaves is deleted by the next one. */
  private static void requireNothingLeftOver(Path folder) throws IOException {
    try (Collection collection = Collection.open(folder)) {
      collection.add(Item.of("last"), new float[] {1, 2, 3});
      collection.commit();
    }
    Set<String> commits;
    try (Stream<Path> files = Files.list(folder)) {
      commits = files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains("segments"))
          .collect(Collectors.toSet());
    }
    assertThat(commits).hasSize(1);
    assertThat(Collection.damages(folder)).isEmpty();
  }
}
