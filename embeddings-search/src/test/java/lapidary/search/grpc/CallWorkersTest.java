package lapidary.search.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CallWorkersTest {
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final int SHORT_MESSAGE = 10;

  /** Two places. */
  private final CallWorkers workers =
      new CallWorkers(new GrpcLimits(1 << 20, 1, 1, 1 << 20, LONG, LONG));

  private final BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    workers.close();
  }

  /** A call whose row is taken in, by something that answers when the test does, or not at all. */
  private class Asked implements CallWorkers.Call {
    private final int bytes;
    private final Optional<CompletableFuture<?>> answer;
    private boolean handedIn;

    Asked(int bytes, Optional<CompletableFuture<?>> answer) {
      this.bytes = bytes;
      this.answer = answer;
    }

    @Override
    public int bytes() {
      return bytes;
    }

    @Override
    public Optional<CompletableFuture<?>> submit() {
      handedIn = true;
      return answer;
    }

    @Override
    public void run() {
      ran.add(Thread.currentThread());
    }
  }

  /** Has a call answered once there is a place, and gives the thread that ran it. */
  private Thread runs(Asked call) throws InterruptedException {
    awaitPlace(call);
    Thread thread = ran.poll(40, TimeUnit.SECONDS);
    assertThat(thread).isNotNull();
    return thread;
  }

  private void awaitPlace(CallWorkers.Call call) {
    long end = System.nanoTime() + LONG.toNanos();
    while (System.nanoTime() < end) {
      try {
        workers.infer(call);
        return;
      } catch (StatusRuntimeException busy) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("no place was given back");
  }

  @Test
  void whatIsHandedInKeepsItsPlaceUntilItIsAnswered() {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    workers.infer(new Asked(SHORT_MESSAGE, Optional.of(first)));
    workers.infer(new Asked(SHORT_MESSAGE, Optional.of(second)));
    Asked third = new Asked(SHORT_MESSAGE, Optional.of(new CompletableFuture<>()));
    assertThatThrownBy(() -> workers.infer(third))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("as much work as it takes");
    assertThat(third.handedIn).isFalse();
    first.complete("answered");
    workers.infer(new Asked(SHORT_MESSAGE, Optional.of(new CompletableFuture<>())));
    second.cancel(false);
    workers.infer(third);
    assertThat(third.handedIn).isTrue();
    assertThat(ran).isEmpty();
  }

  @Test
  void whatCannotBeHandedInIsRunByAWorker() throws Exception {
    Thread worker = runs(new Asked(SHORT_MESSAGE, Optional.empty()));
    assertThat(worker).isNotSameAs(Thread.currentThread());
    Asked large = new Asked(1 << 20, Optional.of(new CompletableFuture<>()));
    assertThat(runs(large)).isNotSameAs(Thread.currentThread());
    assertThat(large.handedIn).as("a long message is read by a worker").isFalse();
  }

  /** Two places would not do for all of these if one were kept. */
  @Test
  void whatFailsGivesItsPlaceBack() throws Exception {
    for (int i = 0; i < 10; i++) {
      Asked refused = new Asked(SHORT_MESSAGE, Optional.empty()) {
        @Override
        public Optional<CompletableFuture<?>> submit() {
          throw new IllegalArgumentException("broken on purpose");
        }
      };
      assertThatThrownBy(() -> awaitPlace(refused)).isInstanceOf(IllegalArgumentException.class);
      Asked failing = new Asked(SHORT_MESSAGE, Optional.empty()) {
        @Override
        public void run() {
          super.run();
          throw new IllegalArgumentException("broken on purpose");
        }
      };
      runs(failing);
    }
    runs(new Asked(SHORT_MESSAGE, Optional.empty()));
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
