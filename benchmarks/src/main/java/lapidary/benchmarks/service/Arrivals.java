package lapidary.benchmarks.service;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Requests that come at a rate of their own, whether those before are answered or not, as those of many strangers do. Not thread-safe.
 */
final class Arrivals {
  /** The most that wait for an answer at the same time; a request that finds so many waiting is not sent. */
  private static final int MOST = 2_000;

  /** A request without an answer after so long has failed. */
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final Semaphore free = new Semaphore(MOST);

  Arrivals(String url) {
    this.url = url;
  }

  /** Sends requests for some seconds, and waits for the last answer. */
  Tally send(LoadRequest request, double rate, int seconds) throws InterruptedException {
    Tally tally = new Tally();
    long start = System.nanoTime();
    long count = Math.round(rate * seconds);
    for (long i = 0; i < count; i++) {
      pauseUntil(start + (long) (i * 1e9 / rate));
      if (free.tryAcquire()) {
        send(request, tally);
      } else {
        tally.add("not sent, " + MOST + " wait", 0);
      }
    }
    free.acquire(MOST);
    free.release(MOST);
    return tally;
  }

  private void send(LoadRequest request, Tally tally) {
    long start = System.nanoTime();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request.to(url), HttpResponse.BodyHandlers.ofByteArray());
    CompletableFuture<?> unused = answer
        .orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS)
        .whenComplete((response, failure) -> {
          String kind = failure == null ? "status " + response.statusCode() : kind(failure);
          tally.add(kind, (System.nanoTime() - start) / 1e6);
          free.release();
        });
  }

  private static String kind(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static void pauseUntil(long when) throws InterruptedException {
    long left = when - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }
}
