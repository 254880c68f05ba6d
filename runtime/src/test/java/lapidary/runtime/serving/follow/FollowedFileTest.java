package lapidary.runtime.serving.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FollowedFileTest {
  private static final ModelOptions OPTIONS = ModelOptions.of(Device.cpu(1));

  @TempDir
  Path folder;

  private final AtomicInteger ended = new AtomicInteger();
  private Path path;
  private FollowedFile file;

  @BeforeEach
  void make() {
    path = folder.resolve("model.onnx");
    file = new FollowedFile(
        path,
        (checked, identity) -> {
          Model model = Model.open(checked, OPTIONS);
          return new Served(model, model, () -> {
            ended.incrementAndGet();
            model.close();
          });
        },
        Duration.ofMinutes(1));
  }

  @Test
  void aFileThatIsAnotherOneAtEveryLookIsWaitedFor() throws Exception {
    TinyOnnx.add(1, 3).write(path);
    file.open();
    byte[] whole = TinyOnnx.add(2, 3).bytes();
    for (int size = 20; size < whole.length; size += 20) {
      Files.write(path, Arrays.copyOf(whole, size));
      assertThat(file.look(false)).isEmpty();
      assertThat(file.problem()).as("it was not tried").isEmpty();
    }
    Files.write(path, whole);
    assertThat(file.look(false)).isEmpty();
    assertThat(file.look(false)).contains(new Tried(path, Optional.empty()));
    assertThat(ended).hasValue(1);
    file.close();
  }

  @Test
  void aModelEndsOnceWithItsLastLease() throws Exception {
    TinyOnnx.add(1, 3).write(path);
    file.open();
    ServedLease first = file.enter().orElseThrow();
    ServedLease second = file.enter().orElseThrow();
    file.close();
    file.close();
    assertThat(file.enter()).isEmpty();
    first.leave();
    assertThat(ended).hasValue(0);
    second.leave();
    assertThat(ended).hasValue(1);
    assertThat(file.look(true)).isEmpty();
    assertThatThrownBy(file::open).hasMessageContaining("was given up while it waited");
  }

  @Test
  void aFollowerThatRefusesKeepsTheOldModelAndTheNewOneEnds() throws Exception {
    TinyOnnx.add(1, 3).write(path);
    assertThatThrownBy(() -> file.lead(next -> () -> {})).isInstanceOf(IllegalStateException.class);
    file.open();
    Model old = file.served().orElseThrow().model();
    Follower follower = next -> {
      if (next != old) {
        throw new InvalidInputException("not this one");
      }
      return () -> {};
    };
    file.lead(follower);
    TinyOnnx.add(2, 3).write(path);
    assertThat(file.look(true).flatMap(Tried::problem)).contains("not this one");
    assertThat(file.served().orElseThrow().model()).isSameAs(old);
    assertThat(ended).hasValue(1);
    file.release(follower);
    assertThat(file.look(true).orElseThrow().failure()).isEmpty();
    file.close();
    assertThat(ended).hasValue(3);
  }
}
