package lapidary.search.store.lucene;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import lapidary.search.scan.Arrangement;
import lapidary.search.scan.ExactIndex;
import lapidary.search.store.Recall;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.slf4j.LoggerFactory;

/**
 * What makes searches faster and can wait: rows are arranged in cells when many were added since they last were, and a graph is built
 * when it is asked for or there are many items. Done by one thread beside changes and searches; closing waits for it.
 */
final class Maintenance implements AutoCloseable {
  /** Rows are arranged again when one in so many is not. */
  private static final int NOT_ARRANGED = 4;

  private final Folder folder;
  private final Views views;
  private final Writes writes;
  /** Items from which on a graph is built without being asked for. */
  private final int graphFrom;

  private final ThreadPoolExecutor thread;
  private final AtomicBoolean waiting = new AtomicBoolean();

  private volatile boolean graphWanted;
  private volatile Optional<Recall> measured = Optional.empty();
  private volatile OptionalInt arranged = OptionalInt.empty();

  Maintenance(Folder folder, Views views, Writes writes, int graphFrom) {
    this.folder = folder;
    this.views = views;
    this.writes = writes;
    this.graphFrom = graphFrom;
    this.thread = new ThreadPoolExecutor(
        1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Maintenance::daemon);
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "lapidary-collection");
    thread.setDaemon(true);
    return thread;
  }

  /** Lucene's writer at the last commit. */
  IndexWriter writer() throws IOException {
    boolean builds = graphWanted && views.facts().recall().isEmpty();
    boolean graph = graphWanted || views.facts().recall().isPresent();
    Set<String> rewritten = builds ? segments() : Set.of();
    return folder.writer(IndexWriterConfig.OpenMode.APPEND, graph, rewritten);
  }

  /** What the next commit says. */
  CommitFacts facts() {
    CommitFacts facts = views.facts();
    CommitFacts withGraph = measured.map(facts::graph).orElse(facts);
    return arranged.isPresent() ? withGraph.arranged(arranged.getAsInt()) : withGraph;
  }

  /** Does what the last commit made worth doing, later. */
  void lookAfter() {
    if (isDue() && waiting.compareAndSet(false, true)) {
      try {
        thread.execute(this::doWaiting);
      } catch (RejectedExecutionException e) {
        // The store is being closed: the next one that opens it and commits sees to it.
        waiting.set(false);
      }
    }
  }

  private void doWaiting() {
    waiting.set(false);
    try {
      doDue();
    } catch (IOException | RuntimeException e) {
      // Not in a field: to look for a logger takes longer than to open a collection.
      LoggerFactory.getLogger(Maintenance.class)
          .warn("{} answers as before, only slower than it could", folder.path(), e);
    }
  }

  private boolean isDue() {
    View view = views.take();
    try {
      return wantsGraph(view) || wantsCells(view);
    } finally {
      view.giveBack();
    }
  }

  private boolean wantsGraph(View view) {
    return view.facts().recall().isEmpty() && view.rows().count() >= graphFrom;
  }

  private static boolean wantsCells(View view) {
    int rows = view.rows().size();
    int missing = rows - view.facts().arranged();
    return view.facts().recall().isEmpty()
        && missing >= ExactIndex.SMALL
        && missing > rows / NOT_ARRANGED;
  }

  private void doDue() throws IOException {
    View view = views.take();
    try {
      if (wantsGraph(view)) {
        build();
      } else if (wantsCells(view)) {
        arrange(view);
      }
    } finally {
      view.giveBack();
    }
  }

  private void arrange(View view) throws IOException {
    ExactIndex index = view.index().arranged();
    Optional<Arrangement> arrangement = index.arrangement();
    if (arrangement.isPresent()) {
      byte[] bytes = StoredArrangement.bytes(arrangement.get(), view.rows());
      arranged = OptionalInt.of(arrangement.get().size());
      writes.commit(writes.put(Parts.ARRANGEMENT, bytes));
      views.arranged(view, index);
    }
  }

  /** Builds a graph and waits for it. */
  void approximate() {
    Future<?> built = thread.submit(() -> {
      try {
        build();
      } catch (IOException e) {
        throw Failure.changing(folder.path(), e);
      }
    });
    try {
      built.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a graph is built, which goes on", e);
    } catch (ExecutionException e) {
      throw Failure.changing(
          folder.path(), e.getCause() instanceof RuntimeException cause ? cause : e);
    }
  }

  private void build() throws IOException {
    if (views.facts().recall().isEmpty()) {
      graphWanted = true;
      writes.reopen();
      writes.commit(writes.beside((writer, number) -> writer.forceMerge(1)));
      measure();
    }
  }

  private void measure() throws IOException {
    View view = views.take();
    try {
      measured = Optional.of(Graph.measured(view));
    } finally {
      view.giveBack();
    }
    writes.commit(writes.beside((writer, number) -> {}));
  }

  private Set<String> segments() throws IOException {
    return SegmentInfos.readLatestCommit(folder.directory()).asList().stream()
        .map((SegmentCommitInfo segment) -> segment.info.name)
        .collect(Collectors.toSet());
  }

  /** Waits for what is being done. */
  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (thread.awaitTermination(1, TimeUnit.HOURS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
