package lapidary.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import lapidary.search.store.Thumbnail;
import lapidary.search.store.Wanted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that die while they build a graph or arrange rows: the collection answers as before. */
final class KilledGraphTest {
  /** More with {@code -Dlapidary.kills=200}. */
  private static final int KILLS = Integer.getInteger("lapidary.kills", 3);

  private static final int ITEMS = 6_000;
  private static final int WIDTH = 24;
  private static final float[] QUERY = Samples.gaussian(9, 1, WIDTH)[0];

  /** Builds graphs until somebody kills it, and says when it begins. */
  public static void main(String[] arguments) {
    try (Collection collection = Collection.open(Path.of(arguments[0]))) {
      System.out.println("begins");
      System.out.flush();
      collection.approximate();
    }
  }

  @Test
  void aKillWhileAGraphIsBuiltLeavesACollectionThatAnswersExactly(@TempDir Path temporary)
      throws Exception {
    Path folder = temporary.resolve("c");
    List<Hit> expected = make(folder);
    Random random = new Random(3);
    int built = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      killAfter(folder, random.nextInt(3_000));
      assertThat(Collection.damages(folder)).isEmpty();
      try (Collection collection = Collection.open(folder)) {
        assertThat(exactly(collection)).isEqualTo(expected);
        if (collection.info().recall().isPresent()) {
          built++;
          // A graph stays: only a new collection can be killed while it gets one.
          expected = make(folder);
        }
      }
    }
    System.out.println(KILLS + " processes killed while they built a graph, " + built
        + " had built it, nothing lost");
    try (Collection collection = Collection.open(folder)) {
      collection.approximate();
      assertThat(collection.info().recall()).isPresent();
      assertThat(exactly(collection)).isEqualTo(expected);
    }
  }

  @Test
  void closingWaitsForWhatIsArrangedAndLosesNothing(@TempDir Path temporary) {
    Path folder = temporary.resolve("c");
    List<Hit> expected = make(folder);
    for (int i = 0; i < 5; i++) {
      try (Collection collection = Collection.open(folder)) {
        collection.save(Samples.items(1).get(0), QUERY, Thumbnail.none());
      }
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(Thread::isAlive)
          .extracting(Thread::getName)
          .doesNotContain("lapidary-collection");
      try (Collection collection = Collection.open(folder)) {
        assertThat(collection.info().count()).isEqualTo(ITEMS);
        assertThat(exactly(collection).subList(1, 10)).containsAnyElementsOf(expected);
      }
      assertThat(Collection.damages(folder)).isEmpty();
    }
  }

  private static List<Hit> make(Path folder) {
    try (Collection collection = Collection.exists(folder)
        ? Collection.replace(folder, Samples.spec("killed", WIDTH))
        : Collection.create(folder, Samples.spec("killed", WIDTH))) {
      collection.add(Samples.items(ITEMS), Samples.gaussian(8, ITEMS, WIDTH));
      collection.commit();
      return exactly(collection);
    }
  }

  private static List<Hit> exactly(Collection collection) {
    return collection.search(QUERY, SearchOptions.nearest(20).by(Wanted.Method.EXACT));
  }

  private static void killAfter(Path folder, int milliseconds)
      throws IOException, InterruptedException {
    Process process = ChildJava.of(KilledGraphTest.class, folder)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try (BufferedReader said = process.inputReader()) {
      assertThat(said.readLine()).isEqualTo("begins");
      process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
