package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lapidary.models.Temporaries;
import lapidary.search.Collection;
import lapidary.search.Hit;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that change a collection, killed at a random moment of their run: its content is what it was before the command or what
 * it is after it. More with {@code -Dlapidary.kills=200}.
 */
@EnabledOnOs(OS.LINUX)
final class KilledIndexTest {
  private static final int KILLS = Integer.getInteger("lapidary.kills", 6);
  private static final int PICTURES = 60;
  private static final String NAME = "album";
  /** Of a folder that is not there, or empty. */
  private static final Map<String, Float> NOTHING = Map.of();

  @TempDir
  static Path folder;

  private static Path model;
  private static List<Path> first;
  private static List<Path> others;

  private final Random random = new Random(17);
  private final List<Place> places = new ArrayList<>();
  private int acknowledged;
  private int changed;

  @BeforeAll
  static void takePictures() throws IOException {
    model = Workshop.copiedTo(folder.resolve("shop")).model();
    Path pictures = folder.resolve("pictures");
    Cli.json("data", "images", "--data", Workshop.DATA, "--count", PICTURES, "--out", pictures);
    try (Stream<Path> files = Files.walk(pictures)) {
      List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
      assertThat(all).hasSize(PICTURES);
      first = all.subList(0, 40);
      others = all.subList(40, PICTURES);
    }
  }

  /**
   * A command and what it makes of the content.
   *
   * @param milliseconds it takes
   */
  private record Step(
      List<Object> command,
      Map<String, Float> before,
      Map<String, Float> after,
      long milliseconds) {}

  /**
   * Where commands change one collection over and over.
   *
   * @param steps lead from content to content, the last back to the first
   */
  private record Place(Path folder, List<Step> steps) {
    Path collection() {
      return folder.resolve(NAME);
    }

    /** What to do with content. */
    Step next(Map<String, Float> content) {
      return steps.stream()
          .filter(step -> step.before().equals(content))
          .findFirst()
          .orElseThrow();
    }
  }

  @BeforeEach
  void measureWhatIsNotKilled() throws Exception {
    Path made = Files.createDirectory(folder.resolve("made"));
    places.add(new Place(made, List.of(step(made, "create", List.of(), first))));
    Path replaced = Files.createDirectory(folder.resolve("replaced"));
    step(replaced, "create", List.of(), first);
    places.add(new Place(
        replaced,
        List.of(
            step(replaced, "create", List.of("--overwrite"), others),
            step(replaced, "create", List.of("--overwrite"), first))));
    Path grown = Files.createDirectory(folder.resolve("grown"));
    step(grown, "create", List.of(), first);
    places.add(new Place(
        grown,
        List.of(
            step(grown, "add", List.of(), others),
            step(grown, "remove", List.of("--id"), others))));
  }

  private Step step(Path place, String name, List<String> options, List<Path> pictures)
      throws Exception {
    Path collection = place.resolve(NAME);
    List<Object> command = new ArrayList<>(List.of("index", name, collection));
    if (name.equals("create")) {
      command.addAll(List.of("--model", model));
    }
    command.addAll(options);
    command.addAll(name.equals("remove") ? ids(collection) : pictures);
    Map<String, Float> before = content(collection);
    long start = System.nanoTime();
    assertThat(Command.start(command).waitFor()).isZero();
    long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return new Step(command, before, content(collection), milliseconds);
  }

  /** The ids of the items added last. */
  private static List<String> ids(Path folder) {
    try (Collection collection = Collection.open(folder)) {
      return collection.items(first.size(), others.size()).stream()
          .map(item -> item.id())
          .toList();
    }
  }

  @Test
  void commandsKilledAtAnyMomentLeaveWhatWasThereOrWhatTheyMake() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      Place place = places.get(kill % places.size());
      if (place.steps().size() == 1) {
        // A collection is made anew as often as it was made.
        Temporaries.delete(place.collection());
      }
      kill(place);
    }
    System.out.println(KILLS - acknowledged + " processes killed, " + changed
        + " had changed the collection, " + acknowledged + " acknowledged, none lost");
    for (Place place : places) {
      requireNothingLeftOver(place);
    }
  }

  private void kill(Place place) throws Exception {
    Step step = place.next(content(place.collection()));
    Process process = Command.start(step.command());
    boolean ended = process.waitFor(
        random.nextLong(step.milliseconds() + step.milliseconds() / 10), TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    assertThat(process.exitValue()).as(step.command() + "").isIn(0, 128 + 9);
    Map<String, Float> content = content(place.collection());
    if (process.exitValue() == 0) {
      acknowledged++;
      assertThat(content).as(step.command() + "").isEqualTo(step.after());
    }
    changed += content.equals(step.after()) ? 1 : 0;
    assertThat(content).as(step.command() + "" + ended).isIn(step.before(), step.after());
  }

  /** Ids with a score, which tells vectors apart. */
  private static Map<String, Float> content(Path folder) throws IOException {
    if (!Collection.exists(folder)) {
      assertThat(names(folder)).isEmpty();
      return NOTHING;
    }
    assertThat(Collection.damages(folder)).isEmpty();
    Map<String, Float> content = new TreeMap<>();
    try (Collection collection = Collection.open(folder)) {
      float[] query = new float[collection.spec().model().width()];
      query[0] = 1;
      query[1] = -.5f;
      for (Hit hit : collection.search(query, Integer.MAX_VALUE)) {
        assertThat(content.put(hit.id(), hit.score())).isNull();
        assertThat(collection.thumbnail(hit.id()).isPresent()).isTrue();
      }
    }
    return content;
  }

  private void requireNothingLeftOver(Place place) throws Exception {
    Temporaries.delete(places.get(0).collection());
    for (Step step : place.steps()) {
      assertThat(Command.start(step.command()).waitFor()).isZero();
    }
    assertThat(names(place.folder())).containsExactly(NAME);
    try (Directory index = FSDirectory.open(place.collection())) {
      TreeSet<String> expected =
          new TreeSet<>(SegmentInfos.readLatestCommit(index).files(true));
      expected.add("write.lock");
      assertThat(names(place.collection())).containsExactlyElementsOf(expected);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
