package lapidary.search.embed;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The threads of one run of a pipeline, which have ended when it is closed. For the thread that made it. */
final class EmbeddingWorkers implements AutoCloseable {
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final ExecutorService executor;

  EmbeddingWorkers(int count) {
    executor = Executors.newFixedThreadPool(count, this::thread);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "embed-" + (threads.size() + 1));
    // A program that is told to end does not wait for pictures.
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  Future<EmbeddedBatch> submit(Callable<EmbeddedBatch> work) {
    return executor.submit(work);
  }

  /**
   * Waits for a batch.
   *
   * @throws CancellationException if the thread is interrupted; it stays so
   */
  static EmbeddedBatch result(Future<EmbeddedBatch> batch) {
    try {
      return batch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for vectors");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("a worker of the embedding failed", e);
    }
  }

  /** Waits for the threads, which end after the picture or the run of the model they are at: both may belong to what is closed next. */
  @Override
  public void close() {
    executor.shutdownNow();
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
