package lapidary.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ShutdownFenceTest {
  private static final Duration LONG = Duration.ofSeconds(15);

  private final ShutdownFence fence = new ShutdownFence();
  private final CountDownLatch goOn = new CountDownLatch(1);

  @Test
  void aStepUnderWayIsWaitedForAndNoOtherBegins() throws Exception {
    CountDownLatch within = new CountDownLatch(1);
    Thread computing = started(() -> fence.through(() -> waited(within)));
    within.await();
    Thread closing = started(() -> fence.close(LONG));
    assertStaysHeld(closing);
    goOn.countDown();
    computing.join();
    closing.join();
    AtomicBoolean begun = new AtomicBoolean();
    assertStaysHeld(started(() -> fence.through(() -> begun.getAndSet(true))));
    assertThat(begun).isFalse();
  }

  @Test
  void aStepThatTakesTooLongIsNotWaitedFor() throws Exception {
    CountDownLatch within = new CountDownLatch(1);
    Thread computing = started(() -> fence.through(() -> waited(within)));
    within.await();
    fence.close(Duration.ofMillis(10));
    assertThat(computing.isAlive()).isTrue();
    goOn.countDown();
  }

  @Test
  void aStepWithinAStepBeginsAlthoughTheProcessEnds() throws Exception {
    CountDownLatch within = new CountDownLatch(1);
    Thread computing = started(() -> fence.through(() -> {
      waited(within);
      return fence.through(() -> true);
    }));
    within.await();
    Thread closing = started(() -> fence.close(LONG));
    assertStaysHeld(closing);
    goOn.countDown();
    computing.join();
    closing.join();
  }

  @Test
  void workThatIsAskedToEndGoesThroughUntilItHasEnded() throws Exception {
    AtomicBoolean asked = new AtomicBoolean();
    fence.close(LONG);
    Thread work =
        started(() -> fence.around(asked::get, () -> fence.through(() -> fence.through(() -> 1))));
    assertStaysHeld(work);
    asked.set(true);
    fence.lookAgain();
    work.join();
    assertStaysHeld(started(() -> fence.through(() -> 1)));
  }

  private boolean waited(CountDownLatch within) {
    within.countDown();
    try {
      goOn.await();
      return true;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A daemon: some are held for good. */
  private static Thread started(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void assertStaysHeld(Thread thread) throws InterruptedException {
    thread.join(100);
    assertThat(thread.isAlive()).isTrue();
  }
}
