package lapidary.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KilledProcessTest {
  /** More with {@code -Dlapidary.kills=200}. */
  private static final int KILLS = Integer.getInteger("lapidary.kills", 6);

  @Test
  void killingAtRandomMomentsLosesNothingCommitted(@TempDir Path temporary) throws Exception {
    Path folder = temporary.resolve("c");
    Collection.create(folder, Samples.spec("killed", 24)).close();
    Random random = new Random(7);
    int commits = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int acknowledged = killAfter(folder, commits, 1 + random.nextInt(24), random.nextInt(4_000));
      assertThat(acknowledged).isGreaterThan(commits);
      Map<String, String> found = labels(folder);
      // The commit under way when the process died is there whole or not at all.
      commits = found.equals(CommitUntilKilled.expected(acknowledged + 1))
          ? acknowledged + 1
          : acknowledged;
      assertThat(found).isEqualTo(CommitUntilKilled.expected(commits));
    }
  }

  /** Gives how many commits the process said were durable before it was killed. */
  private static int killAfter(Path folder, int first, int commits, int microseconds)
      throws IOException, InterruptedException {
    Process process = CommitUntilKilled.start(folder, first);
    int acknowledged = first;
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged = Integer.parseInt(line) + 1;
        if (acknowledged == first + commits) {
          TimeUnit.MICROSECONDS.sleep(microseconds);
          // Not through the process itself: that would close its output, which may hold further
          // commits.
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return acknowledged;
  }

  private static Map<String, String> labels(Path folder) {
    Map<String, String> labels = new TreeMap<>();
    try (Collection collection = Collection.open(folder)) {
      collection
          .search(new float[24], Integer.MAX_VALUE)
          .forEach(hit -> labels.put(hit.id(), hit.label()));
    }
    return labels;
  }
}
