package lapidary.trainer.data.photos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * One pass over photos. Workers decode the next batches while the caller uses the last one, never more than {@link
 * LoaderOptions#ahead} of them. For one thread; closing may be done by another, ends the workers, and may be done at any time.
 */
public final class PhotoBatches implements Iterator<PhotoBatch>, AutoCloseable {
  private static final long LONGEST_DECODE_SECONDS = 60;

  private final PhotoLoader loader;
  private final long[] order;
  private final int batchSize;
  private final long seed;
  private final PhotoFiles.Opened files;
  private final Daemons threads = new Daemons();
  private final ExecutorService workers;
  private final Deque<PendingBatch> pending = new ArrayDeque<>();
  private final List<SkippedPhoto> skipped = new ArrayList<>();
  private int submitted;

  PhotoBatches(PhotoLoader loader, long[] order, int batchSize, long seed, int firstBatch) {
    this.loader = loader;
    this.order = order.clone();
    this.batchSize = batchSize;
    this.seed = seed;
    this.submitted = (int) Math.min(order.length, (long) firstBatch * batchSize);
    this.files = loader.photos().files().open();
    this.workers = Executors.newFixedThreadPool(loader.options().workers(), threads);
    submitAhead();
  }

  @Override
  public boolean hasNext() {
    return !pending.isEmpty();
  }

  /**
   * The next batch, waiting for it if need be.
   *
   * @throws lapidary.models.InvalidInputException if a photo cannot be decoded and the loader is strict
   * @throws NoSuchElementException at the end, and after {@link #close}
   * @throws java.util.concurrent.CancellationException if the waiting thread is interrupted or another closes the pass
   */
  @Override
  public PhotoBatch next() {
    if (pending.isEmpty()) {
      throw new NoSuchElementException("the pass is over");
    }
    PhotoBatch batch = pending.remove().await(skipped);
    submitAhead();
    return batch;
  }

  /** The photos skipped so far, in order. */
  public List<SkippedPhoto> skipped() {
    return List.copyOf(skipped);
  }

  /** Ends the workers, after the photo each is at, and closes the files. */
  @Override
  public void close() {
    pending.clear();
    workers.shutdownNow();
    try {
      // Files are closed under nobody's hands, unless a decoder hangs.
      if (workers.awaitTermination(LONGEST_DECODE_SECONDS, TimeUnit.SECONDS)) {
        threads.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    files.close();
  }

  private void submitAhead() {
    while (pending.size() < loader.options().ahead() && submitted < order.length) {
      int end = Math.min(order.length, submitted + batchSize);
      long[] rows = Arrays.copyOfRange(order, submitted, end);
      pending.add(PendingBatch.submit(loader, files, rows, seed, workers));
      submitted = end;
    }
  }

  /** Threads that do not keep a program from ending. */
  private static final class Daemons implements ThreadFactory {
    private final List<Thread> made = new CopyOnWriteArrayList<>();

    @Override
    public Thread newThread(Runnable work) {
      Thread thread = new Thread(work, "lapidary-photos-" + (made.size() + 1));
      thread.setDaemon(true);
      made.add(thread);
      return thread;
    }

    /** Waits for threads whose work is over: a pool tells its end shortly before its threads have ended. */
    void join() throws InterruptedException {
      for (Thread thread : made) {
        thread.join();
      }
    }
  }
}
