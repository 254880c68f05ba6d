package lapidary.runtime.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.FutureTask;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

final class PlatformThreadsTest {
  private final PlatformThreads threads = new PlatformThreads();

  @Test
  void aPlatformThreadRunsForItself() {
    assertThat(PlatformThreads.isVirtual(Thread.currentThread())).isFalse();
    assertThat(threads.<Thread>run(Thread::currentThread)).isSameAs(Thread.currentThread());
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void aVirtualThreadLetsOthersRunAndGetsItsOwnFailures() throws Exception {
    FutureTask<String> task = new FutureTask<>(() -> {
      assertThat(PlatformThreads.isVirtual(Thread.currentThread())).isTrue();
      assertThatThrownBy(() -> threads.run(() -> {
            throw new InvalidInputException("a bad row");
          }))
          .isExactlyInstanceOf(InvalidInputException.class)
          .hasMessage("a bad row");
      return threads.run(() -> depth(60_000) + Thread.currentThread().getName());
    });
    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    assertThat(task.get()).isEqualTo("60000lapidary-run");
  }

  private static int depth(int wanted) {
    return wanted == 0 ? 0 : 1 + depth(wanted - 1);
  }
}
