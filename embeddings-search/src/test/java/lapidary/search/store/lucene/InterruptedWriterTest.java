package lapidary.search.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import lapidary.search.store.Entry;
import lapidary.search.store.Item;
import lapidary.search.store.Snapshot;
import lapidary.search.store.Thumbnail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Java closes a file under a thread that is interrupted while it writes: the store goes on with the next change all the same. */
@Timeout(60)
final class InterruptedWriterTest {
  private static final int INTERRUPTS = 60;

  @TempDir
  Path folder;

  private final List<String> acknowledged = new ArrayList<>();

  @Test
  void whatWasAcknowledgedStaysAndTheNextChangeIsMade() throws Exception {
    Random random = new Random(5);
    try (LuceneStore store = LuceneStore.create(folder, 2, new byte[0])) {
      for (int i = 0; i < INTERRUPTS; i++) {
        interruptAfter(store, i, random.nextInt(6_000));
        save(store, "after-" + i);
        requireAcknowledged(store);
      }
    }
    try (LuceneStore again = LuceneStore.open(folder)) {
      requireAcknowledged(again);
    }
    assertThat(LuceneStore.damages(folder)).isEmpty();
  }

  @Test
  void whoIsInterruptedBeforeHeBeginsLeavesTheStoreUsable() {
    try (LuceneStore store = LuceneStore.create(folder, 2, new byte[0])) {
      for (int i = 0; i < 3; i++) {
        save(store, "before-" + i);
        Thread.currentThread().interrupt();
        saveOrFail(store, "interrupted-" + i);
        // Whether or not it is still said: it is not of the next change.
        Thread.interrupted();
        save(store, "after-" + i);
        requireAcknowledged(store);
      }
    }
  }

  private void interruptAfter(LuceneStore store, int round, int microseconds) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer = new Thread(() -> {
      begun.countDown();
      boolean saved = true;
      for (int i = 0; saved && !stop.get(); i++) {
        saved = saveOrFail(store, round + "-" + i);
      }
    });
    writer.start();
    begun.await();
    TimeUnit.MICROSECONDS.sleep(microseconds);
    writer.interrupt();
    stop.set(true);
    writer.join();
  }

  private boolean saveOrFail(LuceneStore store, String id) {
    try {
      save(store, id);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private void save(LuceneStore store, String id) {
    store.commit(store.put(List.of(new Entry(Item.of(id), new float[] {1, 0}, Thumbnail.none()))));
    acknowledged.add(id);
  }

  private void requireAcknowledged(LuceneStore store) {
    try (Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.items(0, Integer.MAX_VALUE))
          .extracting(Item::id)
          .containsAll(acknowledged);
    }
  }
}
