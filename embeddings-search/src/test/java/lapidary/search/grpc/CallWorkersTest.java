package lapidary.search.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CallWorkersTest {
  private static final Duration LONG = Duration.ofSeconds(40);

  private final CallWorkers workers =
      new CallWorkers(new GrpcLimits(1 << 20, 1, 1, 1 << 20, LONG, LONG));
  private final BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    workers.close();
  }

  /** The thread that a model is run by, once it has given its place back. */
  private Thread runs(String model, int bytes) throws InterruptedException {
    long end = System.nanoTime() + LONG.toNanos();
    while (System.nanoTime() < end) {
      try {
        workers.infer(model, bytes, () -> ran.add(Thread.currentThread()));
        return ran.poll(40, TimeUnit.SECONDS);
      } catch (StatusRuntimeException busy) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("no place was given back");
  }

  @Test
  void whatIsKnownToBeShortIsRunByTheCallerAndAllElseByAWorker() throws Exception {
    assertThat(runs("new", 10)).as("nothing is known of it").isNotSameAs(Thread.currentThread());
    // A thread that starts may take long once; then the model is known to be short.
    Thread last = runs("new", 10);
    for (int i = 0; i < 1_000 && last != Thread.currentThread(); i++) {
      last = runs("new", 10);
    }
    assertThat(last).isSameAs(Thread.currentThread());
    assertThat(runs("new", 1 << 20)).as("a long message").isNotSameAs(Thread.currentThread());
    assertThat(runs("other", 10)).as("another model").isNotSameAs(Thread.currentThread());
  }

  @Test
  void aModelThatNeverRanIsNotKnownToBeShort() throws Exception {
    for (int i = 0; i < 20; i++) {
      CountDownLatch done = new CountDownLatch(1);
      Thread caller = Thread.currentThread();
      workers.work(done::countDown);
      assertThat(done.await(40, TimeUnit.SECONDS)).isTrue();
      boolean refused = true;
      while (refused) {
        try {
          workers.infer("broken", 10, () -> {
            ran.add(Thread.currentThread());
            return false;
          });
          refused = false;
        } catch (StatusRuntimeException busy) {
          Thread.onSpinWait();
        }
      }
      assertThat(ran.poll(40, TimeUnit.SECONDS)).isNotNull().isNotSameAs(caller);
    }
  }

  /** Two places would not do for all of these if one were kept. */
  @Test
  void workThatFailsGivesItsPlaceBack() throws Exception {
    for (int i = 0; i < 10; i++) {
      runs("short", 10);
      failing();
      assertThat(ran.poll(40, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(runs("short", 10)).isNotNull();
  }

  /** Fails here or on a worker. */
  private void failing() {
    long end = System.nanoTime() + LONG.toNanos();
    while (System.nanoTime() < end) {
      try {
        workers.infer("short", 10, () -> {
          ran.add(Thread.currentThread());
          throw new IllegalArgumentException("broken on purpose");
        });
        return;
      } catch (IllegalArgumentException here) {
        return;
      } catch (StatusRuntimeException busy) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("no place was given back");
  }

  @Test
  void workOfAServerThatStopsIsRefused() {
    workers.close();
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> workers.work(() -> {}))
          .isInstanceOf(StatusRuntimeException.class)
          .hasMessageContaining("the server is stopping");
    }
  }
}
