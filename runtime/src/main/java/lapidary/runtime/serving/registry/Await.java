package lapidary.runtime.serving.registry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for what other threads do. Stateless. */
final class Await {
  private Await() {}

  /** The result, or what it failed by as it is. */
  static <T> T result(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  /** Waits until it is done, well or not. */
  static void end(CompletableFuture<?> future) {
    future.handle((result, failure) -> true).join();
  }
}
