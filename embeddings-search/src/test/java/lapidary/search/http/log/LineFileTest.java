package lapidary.search.http.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineFileTest {
  @TempDir
  Path folder;

  @Test
  void linesOfManyThreadsAreAddedWhole() throws Exception {
    Path file = Files.writeString(folder.resolve("access.log"), "before\n");
    try (LineFile lines = LineFile.open(file)) {
      IntStream.range(0, 500).parallel().forEach(i -> lines.accept("é".repeat(100) + i));
    }
    assertThat(Files.readAllLines(file))
        .hasSize(501)
        .contains("before")
        .contains(
            IntStream.range(0, 500).mapToObj(i -> "é".repeat(100) + i).toArray(String[]::new));
  }

  /** As logrotate does it with {@code copytruncate}. */
  @Test
  void aFileThatIsCutUnderWayGoesOnAtItsBeginning() throws Exception {
    Path file = folder.resolve("access.log");
    try (LineFile lines = LineFile.open(file)) {
      lines.accept("old");
      try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
        cut.setLength(0);
      }
      lines.accept("new");
    }
    assertThat(Files.readString(file)).isEqualTo("new\n");
  }

  /** What is logged must not fail because of the log. */
  @Test
  void aLineThatCannotBeWrittenIsLost() throws Exception {
    Path file = folder.resolve("access.log");
    LineFile lines = LineFile.open(file);
    lines.close();
    lines.accept("late");
    assertThat(Files.readString(file)).isEmpty();
  }

  @Test
  void aPlaceThatCannotBeWrittenIsSaid() {
    Path nowhere = folder.resolve("missing/access.log");
    assertThatThrownBy(() -> LineFile.open(nowhere))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("access.log")
        .hasMessageContaining("choose a folder");
  }
}
