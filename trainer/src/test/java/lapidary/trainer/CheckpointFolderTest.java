package lapidary.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import lapidary.models.EnvironmentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointFolderTest {
  @TempDir
  private Path run;

  @Test
  void replacesTheWholeFolderAndLeavesNothingBeside() throws IOException {
    publish("first");
    publish("second");
    assertThat(content()).isEqualTo("second");
    assertThat(names()).containsExactly("checkpoint");
  }

  @Test
  void aFillThatFailsLeavesTheOldFolder() throws IOException {
    publish("first");
    assertThatThrownBy(() -> folder().publish(next -> {
          Files.writeString(next.resolve("f"), "half");
          throw new IOException("No space left on device");
        }))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("No space left on device; make room on that disk");
    assertThat(content()).isEqualTo("first");
  }

  @Test
  void killedWhileFillingTheOldFolderCounts() throws IOException {
    publish("first");
    make(".checkpoint.new", "half");
    assertThat(content()).isEqualTo("first");
    publish("third");
    assertThat(content()).isEqualTo("third");
    assertThat(names()).containsExactly("checkpoint");
  }

  @Test
  void killedBetweenTheRenamesTheNewFolderCounts() throws IOException {
    make(".checkpoint.old", "first");
    make(".checkpoint.new", "second");
    assertThat(content()).isEqualTo("second");
    publish("third");
    assertThat(content()).isEqualTo("third");
    assertThat(names()).containsExactly("checkpoint");
  }

  @Test
  void killedBeforeDeletingTheOldFolderTheNewOneCounts() throws IOException {
    make(".checkpoint.old", "first");
    make("checkpoint", "second");
    assertThat(content()).isEqualTo("second");
    publish("third");
    assertThat(names()).containsExactly("checkpoint");
  }

  @Test
  void killedInTheFirstFillThereIsNone() throws IOException {
    make(".checkpoint.new", "half");
    assertThat(folder().find()).isEmpty();
  }

  private CheckpointFolder folder() {
    return new CheckpointFolder(run, "checkpoint");
  }

  private void publish(String text) {
    folder().publish(next -> Files.writeString(next.resolve("f"), text));
  }

  private void make(String name, String text) throws IOException {
    Files.createDirectory(run.resolve(name));
    Files.writeString(run.resolve(name).resolve("f"), text);
  }

  private String content() throws IOException {
    return Files.readString(folder().find().orElseThrow().resolve("f"));
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
