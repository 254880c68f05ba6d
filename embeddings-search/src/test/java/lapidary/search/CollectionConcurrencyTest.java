package lapidary.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import lapidary.search.store.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class CollectionConcurrencyTest {
  private static final int PAIRS = 120;
  /** More with {@code -Dlapidary.opens=10000}. */
  private static final int OPENS = Integer.getInteger("lapidary.opens", 60);

  /** A batch replaces both halves of every pair, so a search that saw half a batch would see two labels. */
  @Test
  void searchesSeeEveryBatchWholeOrNotAtAllWhileItIsCommitted(@TempDir Path temporary)
      throws Exception {
    Path folder = temporary.resolve("c");
    ExecutorService threads = Executors.newFixedThreadPool(3);
    AtomicBoolean done = new AtomicBoolean();
    try (Collection collection = Collection.create(folder, Samples.spec("pairs", 6))) {
      replaceAll(collection, 0);
      collection.commit();
      Callable<Integer> searcher = () -> {
        int searches = 0;
        for (; !done.get(); searches++) {
          List<Hit> hits = collection.search(new float[] {1, 0, 0, 0, 0, 0}, 2 * PAIRS);
          assertThat(hits).hasSize(2 * PAIRS).extracting(Hit::id).doesNotHaveDuplicates();
          assertThat(hits).extracting(Hit::label).containsOnly(hits.get(0).label());
        }
        return searches;
      };
      List<Future<Integer>> searchers =
          List.of(threads.submit(searcher), threads.submit(searcher), threads.submit(searcher));
      for (int batch = 1; batch < 25; batch++) {
        replaceAll(collection, batch);
        collection.commit();
      }
      done.set(true);
      for (Future<Integer> one : searchers) {
        assertThat(one.get()).isPositive();
      }
    } finally {
      done.set(true);
      threads.shutdown();
    }
  }

  private static void replaceAll(Collection collection, int batch) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 2 * PAIRS; i++) {
      items.add(Item.of("item-" + i, "batch-" + batch));
    }
    collection.add(items, Samples.gaussian(batch, 2 * PAIRS, 6));
  }

  /** Another process reads while one commits: what it reads is one of the committed states. */
  @Test
  void openingWhileAnotherCommitsReadsOneCommittedState(@TempDir Path temporary) throws Exception {
    Path folder = temporary.resolve("c");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    AtomicBoolean done = new AtomicBoolean();
    try (Collection writer = Collection.create(folder, Samples.spec("read", 6))) {
      replaceAll(writer, 0);
      writer.commit();
      Future<Integer> reader = thread.submit(() -> {
        int opened = 0;
        for (; !done.get(); opened++) {
          try (Collection collection = Collection.open(folder)) {
            List<Hit> hits = collection.search(new float[6], 1_000);
            assertThat(hits).hasSize(2 * PAIRS);
            assertThat(hits).extracting(Hit::label).containsOnly(hits.get(0).label());
          }
        }
        return opened;
      });
      for (int batch = 1; batch < 25; batch++) {
        replaceAll(writer, batch);
        writer.commit();
      }
      done.set(true);
      assertThat(reader.get()).isPositive();
    } finally {
      done.set(true);
      thread.shutdown();
    }
  }

  /** A commit deletes files of the one before it, which a reader may just be opening. */
  @Test
  @Timeout(300)
  void noReaderFindsDamageWhileAnotherProcessCommitsAsFastAsItCan(@TempDir Path temporary)
      throws Exception {
    Path folder = temporary.resolve("c");
    Collection.create(folder, Samples.spec("read", 24)).close();
    Process writer = CommitUntilKilled.start(folder, 0);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (BufferedReader said = writer.inputReader()) {
      assertThat(said.readLine()).isEqualTo("0");
      AtomicLong commits = new AtomicLong();
      Future<?> counted =
          threads.submit(() -> said.lines().forEach(line -> commits.incrementAndGet()));
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(threads.submit(() -> openAgainAndAgain(folder, commits)));
      }
      int opened = 0;
      for (Future<Integer> reader : readers) {
        opened += reader.get();
      }
      assertThat(writer.isAlive()).isTrue();
      writer.toHandle().destroyForcibly();
      counted.get();
      assertThat(opened).isGreaterThanOrEqualTo(OPENS);
      assertThat(commits.get()).isPositive();
      System.out.println(
          opened + " times opened beside " + commits.get() + " commits, none refused");
    } finally {
      writer.toHandle().destroyForcibly();
      threads.shutdown();
    }
  }

  /** However slow the writer is, some of it is beside a commit. */
  private static int openAgainAndAgain(Path folder, AtomicLong commits) {
    int opened = 0;
    int before = 0;
    for (; opened < OPENS / 2 || commits.get() == 0; opened++) {
      try (Collection collection = Collection.open(folder)) {
        int count = collection.info().count();
        assertThat(count).isGreaterThanOrEqualTo(before);
        before = count;
      }
    }
    return opened;
  }
}
