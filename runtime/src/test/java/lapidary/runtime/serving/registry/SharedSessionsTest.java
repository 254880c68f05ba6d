package lapidary.runtime.serving.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import lapidary.models.EnvironmentException;
import lapidary.runtime.Model;
import lapidary.runtime.serving.follow.FileIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class SharedSessionsTest {
  private static final SharedSessions.Key KEY =
      new SharedSessions.Key(new FileIdentity("a".repeat(64), Map.of()), Served.OPTIONS);

  @TempDir
  Path folder;

  private final SharedSessions sessions = new SharedSessions();
  private final AtomicInteger opened = new AtomicInteger();
  private Path file;

  @BeforeEach
  void publish() throws Exception {
    file = Served.publish(folder.resolve("m.onnx"), 4);
  }

  @Test
  void theLastToLeaveClosesAndTheNextOpensAnew() {
    Model first = sessions.take(KEY, this::open);
    assertThat(sessions.take(KEY, this::open)).isSameAs(first);
    sessions.give(KEY);
    assertThat(Served.answer(first)).isEqualTo(4);
    sessions.give(KEY);
    assertThatThrownBy(() -> Served.answer(first)).hasMessageContaining("is closed");
    assertThat(sessions.take(KEY, this::open)).isNotSameAs(first);
    sessions.give(KEY);
    assertThat(opened).hasValue(2);
    assertThatThrownBy(() -> sessions.give(KEY)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void otherOptionsAndOtherWeightsAreOtherSessions() {
    Model first = sessions.take(KEY, this::open);
    SharedSessions.Key other = new SharedSessions.Key(KEY.file(), KEY.options().withWarmUpRuns(1));
    Model second = sessions.take(other, this::open);
    assertThat(second).isNotSameAs(first);
    sessions.give(KEY);
    assertThat(Served.answer(second)).isEqualTo(4);
    sessions.give(other);
  }

  @Test
  void oneOpensWhileOthersWaitAndAFailureIsToldToAll() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try {
      Future<Model> first = threads.submit(() -> sessions.take(KEY, () -> {
        opening.countDown();
        Served.await(goOn);
        throw new EnvironmentException("the device is busy");
      }));
      Served.await(opening);
      Future<Model> second = threads.submit(() -> sessions.take(KEY, this::open));
      goOn.countDown();
      assertThatThrownBy(first::get).hasCauseInstanceOf(EnvironmentException.class);
      try {
        // It came while the first was opening, or after it had failed.
        assertThat(Served.answer(second.get())).isEqualTo(4);
        sessions.give(KEY);
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(EnvironmentException.class);
      }
      assertThat(Served.answer(sessions.take(KEY, this::open))).isEqualTo(4);
      sessions.give(KEY);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void manyThatComeAndGoNeverSeeAClosedSession() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        all.add(threads.submit(() -> {
          for (int i = 0; i < 100; i++) {
            Model model = sessions.take(KEY, this::open);
            for (int runs = i % 3; runs >= 0; runs--) {
              assertThat(Served.answer(model)).isEqualTo(4);
            }
            sessions.give(KEY);
          }
        }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThatThrownBy(() -> sessions.give(KEY)).as("none is left").isNotNull();
  }

  private Model open() {
    opened.incrementAndGet();
    return Model.open(file, Served.OPTIONS);
  }
}
