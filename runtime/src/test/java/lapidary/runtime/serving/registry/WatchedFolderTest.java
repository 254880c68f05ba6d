package lapidary.runtime.serving.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Model;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.serving.registry.ModelStatus.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models that lie in a folder. */
@Timeout(60)
final class WatchedFolderTest {
  @TempDir
  Path temp;

  private final Served served = new Served();
  private final AtomicInteger opened = new AtomicInteger();
  private Path folder;
  private RegistryOptions options;

  @BeforeEach
  void make() throws IOException {
    folder = Files.createDirectories(temp.resolve("models"));
    options = RegistryOptions.of(Served.OPTIONS)
        .withFolder(folder)
        .withInterval(Duration.ofDays(1))
        .withListener(served)
        .withOpener((file, how) -> {
          opened.incrementAndGet();
          return Model.open(file, how);
        });
  }

  @Test
  void whatLiesThereIsServedByNameAndVersion() throws Exception {
    Served.publish(folder.resolve("plain.onnx"), 1);
    Served.publish(folder.resolve("digits/2/model.onnx"), 2);
    Served.publish(folder.resolve("digits/10/model.onnx"), 10);
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      assertThat(registry.index()).as("known at once").hasSize(3);
      registry.look();
      assertThat(Served.answer(registry, "plain")).isEqualTo(1);
      assertThat(Served.answer(registry, "digits")).isEqualTo(10);
      try (ModelLease lease = registry.lease("digits", 2)) {
        assertThat(Served.answer(lease)).isEqualTo(2);
      }
    }
  }

  @Test
  void theWatcherSeesWhatComesChangesAndGoes() throws Exception {
    try (ModelRegistry registry = ModelRegistry.open(options.withInterval(Duration.ofMillis(5)))) {
      Path file = Served.publish(folder.resolve("m/1/model.onnx"), 1);
      assertThat(served.await(State.READY).name()).isEqualTo("m");
      assertThat(Served.answer(registry, "m")).isEqualTo(1);
      Served.publish(file, 2);
      served.await(State.READY);
      assertThat(Served.answer(registry, "m")).isEqualTo(2);
      Served.publish(folder.resolve("m/2/model.onnx"), 3);
      assertThat(served.await(State.READY).version()).isEqualTo(2);
      assertThat(Served.answer(registry, "m")).isEqualTo(3);
      Files.delete(folder.resolve("m/2/model.onnx"));
      assertThat(served.await(State.UNLOADED).version()).isEqualTo(2);
      assertThat(Served.answer(registry, "m")).isEqualTo(2);
      Files.move(folder.resolve("m"), temp.resolve("away"));
      served.await(State.UNLOADED);
      assertThatThrownBy(() -> registry.lease("m")).isInstanceOf(InvalidInputException.class);
      Files.move(temp.resolve("away"), folder.resolve("n"));
      assertThat(served.await(State.READY).name()).isEqualTo("n");
      assertThat(Served.answer(registry, "n")).isEqualTo(2);
    }
  }

  @Test
  void aNewVersionIsTheDefaultOnlyWhenItIsReady() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    RegistryOptions slow = options.withInterval(Duration.ofMillis(5)).withOpener((file, how) -> {
      if (file.endsWith(Path.of("2", "model.onnx"))) {
        opening.countDown();
        Served.await(goOn);
      }
      return Model.open(file, how);
    });
    Served.publish(folder.resolve("m/1/model.onnx"), 1);
    try (ModelRegistry registry = ModelRegistry.open(slow)) {
      served.await(State.READY);
      Served.publish(folder.resolve("m/2/model.onnx"), 2);
      Served.await(opening);
      assertThat(Served.answer(registry, "m")).isEqualTo(1);
      assertThatThrownBy(() -> registry.lease("m", 2)).isInstanceOf(NotReadyException.class);
      goOn.countDown();
      served.await(State.READY);
      assertThat(Served.answer(registry, "m")).isEqualTo(2);
    } finally {
      goOn.countDown();
    }
  }

  @Test
  void aHalfCopiedFileIsRefusedAndThenTaken() throws Exception {
    byte[] whole = TinyOnnx.add(4, 3).bytes();
    Path file = Files.createDirectories(folder.resolve("m/1")).resolve("model.onnx");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      registry.look();
      assertThat(registry.index().get(0).state()).isEqualTo(State.REFUSED);
      assertThat(registry.ready("m")).isFalse();
      Files.write(file, whole);
      registry.look();
      assertThat(Served.answer(registry, "m")).isEqualTo(4);
      Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      registry.look();
      ModelStatus status = registry.index().get(0);
      assertThat(status.state()).as("the old model is served on").isEqualTo(State.READY);
      assertThat(status.problem().orElseThrow()).contains("is not an ONNX file");
      assertThat(Served.answer(registry, "m")).isEqualTo(4);
      Files.write(file, TinyOnnx.add(5, 3).bytes());
      registry.look();
      assertThat(registry.index().get(0).problem()).isEmpty();
      assertThat(Served.answer(registry, "m")).isEqualTo(5);
    }
  }

  @Test
  void aTouchedFileAndOneThatComesBackUnderAnotherNameAreNotOpenedAgain() throws Exception {
    Path file = Served.publish(folder.resolve("m.onnx"), 1);
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      registry.look();
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
      registry.look();
      Files.copy(file, folder.resolve("copy.onnx"));
      registry.look();
      assertThat(Served.answer(registry, "copy")).isEqualTo(1);
      assertThat(opened).hasValue(1);
    }
  }

  @Test
  void aFileThatMovesIntoAVersionFolderIsServedOn() throws Exception {
    Path file = Served.publish(folder.resolve("m.onnx"), 1);
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      registry.look();
      Files.createDirectories(folder.resolve("m/1"));
      Files.move(file, folder.resolve("m/1/model.onnx"), StandardCopyOption.ATOMIC_MOVE);
      registry.look();
      assertThat(Served.answer(registry, "m")).isEqualTo(1);
      assertThat(registry.index().get(0).file()).isEqualTo(folder.resolve("m/1/model.onnx"));
    }
  }

  /** As Kubernetes exchanges the files of a volume. */
  @Test
  void aLinkThatPointsToAnotherFolderIsAChange() throws Exception {
    Served.publish(temp.resolve("first/model.onnx"), 1);
    Served.publish(temp.resolve("second/model.onnx"), 2);
    Path data = folder.resolve("m/..data");
    Files.createDirectories(folder.resolve("m"));
    Files.createSymbolicLink(data, temp.resolve("first"));
    Files.createSymbolicLink(folder.resolve("m/1"), Path.of("..data"));
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      registry.look();
      assertThat(Served.answer(registry, "m")).isEqualTo(1);
      Path next = Files.createSymbolicLink(folder.resolve("m/..next"), temp.resolve("second"));
      Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
      registry.look();
      assertThat(Served.answer(registry, "m")).isEqualTo(2);
    }
  }

  @Test
  void whatSomebodyUnloadedStaysSoUntilItIsAskedFor() throws Exception {
    Served.publish(folder.resolve("m/1/model.onnx"), 1);
    Served.publish(folder.resolve("m/2/model.onnx"), 2);
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      registry.look();
      registry.unload("m", 2);
      registry.look();
      assertThat(Served.answer(registry, "m")).isEqualTo(1);
      registry.unload("m");
      registry.look();
      assertThat(registry.ready("m")).isFalse();
      assertThat(registry.reload("m")).extracting(ModelStatus::version).containsExactly(2L, 1L);
      assertThat(Served.answer(registry, "m")).isEqualTo(2);
      assertThatThrownBy(() -> registry.reload("none")).isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void whatAProgramLoadedIsNotTakenAwayByTheFolder() throws Exception {
    Path file = Served.publish(temp.resolve("own.onnx"), 7);
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      registry.load("m", 1, file, Served.OPTIONS);
      registry.look();
      assertThat(Served.answer(registry, "m")).isEqualTo(7);
      Served.publish(folder.resolve("m/1/model.onnx"), 1);
      registry.look();
      assertThat(Served.answer(registry, "m")).isEqualTo(7);
      Served.publish(file, 8);
      registry.look();
      assertThat(Served.answer(registry, "m")).as("it follows its file too").isEqualTo(8);
    }
  }

  @Test
  void aFolderThatGoesAwayIsToldAndItsModelsStay() throws Exception {
    Served.publish(folder.resolve("m.onnx"), 1);
    Served.publish(folder.resolve("n/mnist.onnx"), 1);
    try (ModelRegistry registry = ModelRegistry.open(options)) {
      registry.look();
      assertThat(served.noticed.take()).contains("n has no version; put its file at");
      Files.move(folder, temp.resolve("away"));
      registry.look();
      registry.look();
      assertThat(served.noticed.take())
          .contains("models cannot be read, so what it held is served");
      assertThat(served.noticed).as("told once").isEmpty();
      assertThat(Served.answer(registry, "m")).isEqualTo(1);
      Files.move(temp.resolve("away"), folder);
      registry.look();
      assertThat(Served.answer(registry, "m")).isEqualTo(1);
      assertThat(opened).hasValue(1);
    }
    RegistryOptions missing = options.withFolder(temp.resolve("none"));
    assertThatThrownBy(() -> ModelRegistry.open(missing))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none is not a folder; give the folder that holds the models");
  }

  @Test
  void aListenerThatThrowsErrorsDoesNotStopTheWatching() throws Exception {
    RegistryListener throwing = new RegistryListener() {
      @Override
      public void changed(ModelStatus status) {
        served.changed(status);
        throw new AssertionError("an error of the listener");
      }

      @Override
      public void noticed(String sentence) {
        throw new StackOverflowError("another error of the listener");
      }
    };
    Served.publish(folder.resolve("n/mnist.onnx"), 1);
    try (ModelRegistry registry =
        ModelRegistry.open(options.withListener(throwing).withInterval(Duration.ofMillis(5)))) {
      for (int version = 1; version <= 3; version++) {
        Served.publish(folder.resolve("m/" + version + "/model.onnx"), version);
        while (served.await(State.READY).version() != version) {}
        assertThat(Served.answer(registry, "m")).isEqualTo(version);
      }
    }
  }

  @Test
  void aFileThatIsTakenAwayAndWrittenAgainIsServedOn() throws Exception {
    Path file = Served.publish(folder.resolve("m.onnx"), 1);
    Versions versions = new Versions(options, new RegistryThreads());
    FolderWatch watch = new FolderWatch(folder, options, versions);
    watch.look(true);
    served.await(State.READY);
    Files.delete(file);
    watch.look(false);
    Served.publish(file, 1);
    watch.look(false);
    Files.delete(file);
    watch.look(false);
    assertThat(versions.index()).hasSize(1);
    watch.look(false);
    served.await(State.UNLOADED);
    assertThat(versions.index()).isEmpty();
    versions.close();
  }
}
