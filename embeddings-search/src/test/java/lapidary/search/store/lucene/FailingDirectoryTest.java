package lapidary.search.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.search.store.Changes;
import lapidary.search.store.Entry;
import lapidary.search.store.Item;
import lapidary.search.store.Snapshot;
import lapidary.search.store.Thumbnail;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Disks that fill up at every place of a commit: what was not made durable is not served, and everybody is told. */
@Timeout(60)
final class FailingDirectoryTest {
  @TempDir
  Path folder;

  private final AtomicBoolean noSync = new AtomicBoolean();
  private final AtomicBoolean noFiles = new AtomicBoolean();
  private final AtomicBoolean noRename = new AtomicBoolean();
  private final AtomicBoolean noMerging = new AtomicBoolean();
  private final AtomicBoolean noReading = new AtomicBoolean();
  private LuceneStore store;

  @BeforeEach
  void open() throws IOException {
    LuceneStore.create(folder, 2, new byte[0]).close();
    store = LuceneStore.open(new Folder(folder, new Failing()), LuceneStore.GRAPH_FROM);
    save("before");
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Lets nothing through that is switched off. */
  private final class Failing extends FilterDirectory {
    Failing() throws IOException {
      super(FSDirectory.open(folder));
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
      boolean merges = context.context == IOContext.Context.MERGE;
      return unless(merges ? noMerging : noFiles).createOutput(name, context);
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
      unless(noSync).sync(names);
    }

    @Override
    public void rename(String from, String to) throws IOException {
      unless(noRename).rename(from, to);
    }

    @Override
    public IndexInput openInput(String name, IOContext context) throws IOException {
      boolean reads = name.startsWith(IndexFileNames.SEGMENTS) && noReading.get();
      return (reads ? unless(noReading) : in).openInput(name, context);
    }

    private org.apache.lucene.store.Directory unless(AtomicBoolean fails) throws IOException {
      if (fails.get()) {
        throw new IOException("No space left on device");
      }
      return in;
    }
  }

  private static Entry entry(String id) {
    return new Entry(Item.of(id), new float[] {1, 0}, Thumbnail.none());
  }

  private void save(String id) {
    store.commit(store.put(List.of(entry(id))));
  }

  @Test
  void whatCouldNotBeWrittenIsNeitherServedNorThereLater() {
    for (AtomicBoolean fault : List.of(noSync, noFiles, noRename)) {
      fault.set(true);
      assertThatThrownBy(() -> save("lost"))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContainingAll("cannot change " + folder, "No space left", "make room");
      assertThat(has("lost")).isFalse();
      assertThat(has("before")).isTrue();
      assertThatThrownBy(() -> store.commit(store.remove("before").orElseThrow()))
          .isInstanceOf(EnvironmentException.class);
      assertThat(has("before")).isTrue();
      fault.set(false);
      save("after");
      assertThat(has("after")).isTrue();
      assertThat(has("lost")).isFalse();
    }
    store.close();
    store = LuceneStore.open(folder);
    assertThat(has("lost")).isFalse();
    assertThat(has("before")).isTrue();
    assertThat(has("after")).isTrue();
    assertThat(LuceneStore.damages(folder)).isEmpty();
  }

  @Test
  void whoseChangesWereUndoneByTheFailureOfAnotherIsTold() {
    Changes mine = store.put(List.of(entry("mine")));
    noSync.set(true);
    assertThatThrownBy(() -> save("yours")).isInstanceOf(EnvironmentException.class);
    noSync.set(false);
    save("third");
    assertThatThrownBy(() -> store.commit(mine))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("were undone when another commit failed; make them again");
    assertThat(has("mine")).isFalse();
    Changes again = store.put(List.of(entry("mine")));
    store.commit(again);
    assertThat(has("mine")).isTrue();
    // Durable is durable, whatever failed before and after.
    store.commit(again);
  }

  @Test
  void theRightToChangeIsTakenAgainAfterAFailure() {
    noSync.set(true);
    assertThatThrownBy(() -> save("lost")).isInstanceOf(EnvironmentException.class);
    noSync.set(false);
    try (LuceneStore other = LuceneStore.open(folder)) {
      other.commit(other.put(List.of(entry("others"))));
      assertThatThrownBy(() -> save("mine"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("is being changed");
    }
    save("mine");
    assertThat(has("others")).isTrue();
  }

  /** Such as while there are too many open files. */
  @Test
  void whatIsDurableButCouldNotBeReadIsSeenAsSoonAsItCan() {
    noReading.set(true);
    save("durable");
    noReading.set(false);
    assertThat(has("durable")).isTrue();
    noReading.set(true);
    save("again");
    noReading.set(false);
    assertThat(store.remove("again")).isPresent();
  }

  @Test
  void aMergeThatFailedIsNotTheNextChangesFault() throws Exception {
    List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
    try {
      noMerging.set(true);
      for (int i = 0; i < 30; i++) {
        try {
          save("maybe-" + i);
        } catch (EnvironmentException e) {
          assertThat(e).hasMessageContaining("No space left");
        }
      }
      waitForMerges();
      noMerging.set(false);
      save("after");
      assertThat(has("after")).isTrue();
      assertThat(has("before")).isTrue();
      assertThat(uncaught).isEmpty();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  private static void waitForMerges() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("Lucene Merge Thread")) {
        thread.join();
      }
    }
  }

  private boolean has(String id) {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.item(id).isPresent();
    }
  }
}
