package lapidary.search.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A model that answers once it is released. No wait is without an end, so that a failing test says what it saw. */
final class HeldModel implements Runnable {
  private static final int LONGEST_SECONDS = 40;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @Override
  public void run() {
    begun.countDown();
    try {
      released.await(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean hasBegun() {
    return begun.getCount() == 0;
  }

  void release() {
    released.countDown();
  }

  /** Returns once the model has begun on this request; fails if that is answered without the model, with the answer. */
  void awaitBegun(CompletableFuture<Client.Answer> request) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!begun.await(10, TimeUnit.MILLISECONDS)) {
      if (request.isDone()) {
        throw new AssertionError("answered without the model: " + request.get());
      }
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "neither answered nor with the model after " + LONGEST_SECONDS + " s");
      }
    }
  }
}
