package lapidary.runtime.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import lapidary.models.AtomicFile;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Inference;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.Proto;
import lapidary.runtime.Tensor;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ReloadingModelTest {
  private static final ModelOptions OPTIONS = ModelOptions.of(Device.cpu(1));
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir
  Path folder;

  private final BlockingQueue<Reload> reloads = new LinkedBlockingQueue<>();

  @Test
  void aNewFileTakesOverByItself() throws Exception {
    try (ReloadingModel model = open(1, Duration.ofMillis(10))) {
      assertThat(answer(model)).isEqualTo(1);
      publish(TinyOnnx.add(2, 3));
      Reload reload = reloads.poll(10, TimeUnit.SECONDS);
      assertThat(reload.problem()).isEmpty();
      assertThat(answer(model)).isEqualTo(2);
      assertThat(model.<String>with(Model::sha256)).isEqualTo(reload.sha256());
    }
  }

  @Test
  void callsGoOnWithoutAFailureWhileTheFileChanges() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(3);
    AtomicBoolean stop = new AtomicBoolean();
    try (ReloadingModel model = open(0, NEVER)) {
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        calls.add(callers.submit(() -> {
          int count = 0;
          float last = 0;
          while (!stop.get()) {
            float now = answer(model);
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
            count++;
          }
          return count;
        }));
      }
      for (int version = 1; version <= 30; version++) {
        publish(TinyOnnx.add(version, 3));
        assertThat(model.reload().orElseThrow().problem()).isEmpty();
        assertThat(answer(model)).isEqualTo(version);
      }
      stop.set(true);
      for (Future<Integer> call : calls) {
        assertThat(call.get()).isPositive();
      }
    } finally {
      stop.set(true);
      callers.shutdown();
    }
  }

  @Test
  void aBadFileIsReportedAndTheOldModelRunsOn() throws Exception {
    try (ReloadingModel model = open(1, NEVER)) {
      String before = model.with(Model::sha256);
      byte[] next = TinyOnnx.add(2, 3).bytes();
      Files.write(path(), java.util.Arrays.copyOf(next, next.length / 2));
      Reload refused = model.reload().orElseThrow();
      assertThat(refused.problem().orElseThrow()).contains("model.onnx is not an ONNX file");
      assertThat(refused.sha256()).isEqualTo(before);
      assertThat(answer(model)).isEqualTo(1);
      assertThat(model.reload()).as("the same bad file is reported once").isEmpty();
      Files.write(path(), next);
      assertThat(model.reload().orElseThrow().problem()).isEmpty();
      assertThat(answer(model)).isEqualTo(2);
      assertThat(reloads).hasSize(2);
    }
  }

  @Test
  void whatIsMissingBesideAFileMayComeLater() throws Exception {
    try (ReloadingModel model = open(1, Duration.ofMillis(5))) {
      publish(new TinyOnnx()
          .node("Add", new String[] {"x", "c"}, "y")
          .external("c", new long[] {1}, "weights.bin", 0, 4)
          .input("x", TinyOnnx.FLOAT, -1, 3)
          .output("y", TinyOnnx.FLOAT, -1, 3));
      Reload refused = reloads.poll(10, TimeUnit.SECONDS);
      assertThat(refused.problem().orElseThrow()).contains("\"weights.bin\"", "is not there");
      assertThat(answer(model)).isEqualTo(1);
      Files.write(folder.resolve("weights.bin"), Proto.littleEndian(4));
      Reload taken = reloads.poll(10, TimeUnit.SECONDS);
      assertThat(taken.problem()).as("nothing is told twice").isEmpty();
      assertThat(answer(model)).isEqualTo(4);
    }
  }

  @Test
  void aRefusedFileIsTriedMoreAndMoreRarelyAndToldOfOnce() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    CountDownLatch told = new CountDownLatch(1);
    TinyOnnx.add(1, 3).write(path());
    try (ReloadingModel model = ReloadingModel.open(
        path(),
        OPTIONS,
        (file, options) -> {
          if (tries.incrementAndGet() == 1) {
            return Model.open(file, options);
          }
          if (tries.get() < 6) {
            throw new EnvironmentException("the device is busy");
          }
          if (tries.get() == 6) {
            throw new OutOfMemoryError("a test");
          }
          return Model.open(file, options);
        },
        Duration.ofMillis(1),
        reload -> {
          reloads.add(reload);
          told.countDown();
        })) {
      publish(TinyOnnx.add(2, 3));
      told.await();
      assertThat(reloads.take().problem()).contains("the device is busy");
      assertThat(reloads.take().problem().orElseThrow())
          .contains("model.onnx cannot be opened: java.lang.OutOfMemoryError: a test");
      assertThat(reloads.take().problem()).isEmpty();
      assertThat(tries).hasValue(7);
      assertThat(answer(model)).isEqualTo(2);
    }
  }

  @Test
  void aFileThatIsAwayOrOnlyTouchedChangesNothing() throws IOException {
    try (ReloadingModel model = open(1, NEVER)) {
      Files.setLastModifiedTime(path(), FileTime.fromMillis(1_000_000_000_000L));
      assertThat(model.reload()).isEmpty();
      Files.delete(path());
      assertThat(model.reload()).isEmpty();
      assertThat(answer(model)).isEqualTo(1);
    }
  }

  @Test
  void theOldModelIsClosedWhenItsLastUseEndsAndNotBefore() throws Exception {
    ExecutorService caller = Executors.newSingleThreadExecutor();
    CountDownLatch using = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (ReloadingModel model = open(1, NEVER)) {
      Model old = model.with(current -> current);
      Future<Float> slow = caller.submit(() -> model.with(current -> {
        using.countDown();
        await(goOn);
        return answer(current);
      }));
      using.await();
      publish(TinyOnnx.add(2, 3));
      assertThat(model.reload()).map(Reload::problem).contains(Optional.empty());
      assertThat(answer(model)).isEqualTo(2);
      assertThat(answer(old)).isEqualTo(1);
      goOn.countDown();
      assertThat(slow.get()).isEqualTo(1);
      assertThatThrownBy(() -> answer(old)).hasMessageContaining("is closed");
    } finally {
      caller.shutdown();
    }
  }

  @Test
  void aListenerThatThrowsDoesNotStopTheWatching() throws Exception {
    TinyOnnx.add(1, 3).write(path());
    try (ReloadingModel model =
        ReloadingModel.open(path(), OPTIONS, Duration.ofMillis(10), reload -> {
          reloads.add(reload);
          if (reloads.size() == 1 && reload.problem().isEmpty()) {
            throw new AssertionError("an error of the listener");
          }
          throw new IllegalStateException("listener");
        })) {
      for (int version = 2; version <= 4; version++) {
        publish(TinyOnnx.add(version, 3));
        assertThat(reloads.poll(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(answer(model)).isEqualTo(version);
      }
    }
  }

  @Test
  void onceClosedItIsClosed() throws IOException {
    ReloadingModel model = open(1, NEVER);
    model.close();
    model.close();
    assertThatThrownBy(() -> answer(model))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("model.onnx is closed");
    publish(TinyOnnx.add(2, 3));
    assertThat(model.reload()).isEmpty();
    assertThatThrownBy(() -> open(1, Duration.ZERO)).isInstanceOf(InvalidInputException.class);
  }

  private ReloadingModel open(float constant, Duration interval) throws IOException {
    TinyOnnx.add(constant, 3).write(path());
    return ReloadingModel.open(path(), OPTIONS, interval, reloads::add);
  }

  private void publish(TinyOnnx graph) {
    AtomicFile.write(path(), out -> out.write(graph.bytes()));
  }

  private Path path() {
    return folder.resolve("model.onnx");
  }

  /** The constant that the model adds. */
  private static float answer(Inference model) {
    return model
        .run(Map.of("x", Tensor.floats(new float[3], 1, 3)), List.of("y"))
        .get("y")
        .floats()[2];
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
