package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Only where the system tells processes apart beyond doubt is anything cleared. */
@EnabledOnOs(OS.LINUX)
final class KilledWriterTest {
  /** More with {@code -Dlapidary.kills=200}. */
  private static final int KILLS = Integer.getInteger("lapidary.kills", 4);

  @TempDir
  private Path folder;

  @Test
  void whatAKilledProcessLeftIsClearedByTheNextWriterInTheFolder() throws Exception {
    Process process = KilledWriter.start(folder.resolve("table.csv"), "wait");
    process.destroyForcibly().waitFor();
    assertThat(names()).hasSize(1);
    AtomicFile.writeText(folder.resolve("other.csv"), "x");
    assertThat(names()).containsExactly("other.csv");
  }

  @Test
  void whatALiveProcessIsWritingStays() throws Exception {
    Process process = KilledWriter.start(folder.resolve("table.csv"), "wait");
    try {
      AtomicFile.writeText(folder.resolve("other.csv"), "x");
      assertThat(names()).hasSize(2).anyMatch(name -> name.startsWith(".table.csv."));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void killedAtAnyMomentAWholeFileIsThereAndNothingElseAfterTheNextWrite() throws Exception {
    Path target = folder.resolve("table.bin");
    SplittableRandom random = new SplittableRandom(15);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = KilledWriter.start(target, "loop");
      process.waitFor(random.nextInt(1, 150), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      if (Files.exists(target)) {
        byte[] content = Files.readAllBytes(target);
        assertThat(content).hasSize(KilledWriter.BYTES).containsOnly(content[0]);
      }
      AtomicFile.writeText(folder.resolve("next.txt"), "x");
      assertThat(names()).isSubsetOf("table.bin", "next.txt");
    }
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
