package lapidary.search.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lapidary.search.Samples;
import lapidary.search.pca.FiniteVector;
import lapidary.search.store.Entry;
import lapidary.search.store.Filter;
import lapidary.search.store.Item;
import lapidary.search.store.Match;
import lapidary.search.store.Snapshot;
import lapidary.search.store.Thumbnail;
import lapidary.search.store.Wanted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class LuceneStoreTest {
  private static final byte[] HEADER = {1, 2, 3};

  @TempDir
  Path folder;

  /** What is in the store, in the order of adding. */
  private final Map<String, Entry> model = new LinkedHashMap<>();

  private static Entry entry(String id, String label, float[] vector) {
    return new Entry(
        Item.ofTexts(id, label, Map.of("parity", label.length() % 2 == 0 ? "even" : "odd")),
        FiniteVector.unit(vector),
        Thumbnail.none());
  }

  private static Wanted wanted(int k, Filter filter) {
    return new Wanted(k, filter, Float.NEGATIVE_INFINITY, Wanted.Method.USUAL);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17})
  void whateverIsPutRemovedMergedAndReopenedIsWhatALoopOverAMapFinds(int dimensions) {
    Random random = new Random(dimensions);
    LuceneStore store = LuceneStore.create(folder, dimensions, HEADER);
    for (int commit = 0; commit < 25; commit++) {
      for (int change = random.nextInt(40); change >= 0; change--) {
        change(store, random, dimensions);
      }
      store.commit(store.put(List.of(put(random, dimensions))));
      if (random.nextInt(8) == 0) {
        store.close();
        store = LuceneStore.open(folder);
        assertThat(store.header()).containsExactly(HEADER);
      }
      agrees(store, random, dimensions);
    }
    store.close();
  }

  private void change(LuceneStore store, Random random, int dimensions) {
    if (random.nextInt(3) == 0) {
      String id = "id-" + random.nextInt(300);
      assertThat(store.remove(id).isPresent()).isEqualTo(model.remove(id) != null);
    } else {
      store.put(List.of(put(random, dimensions)));
    }
  }

  private Entry put(Random random, int dimensions) {
    float[] vector = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      // Few values, so that there are equal scores and zero vectors.
      vector[i] = random.nextInt(5) - 2;
    }
    Entry entry = entry("id-" + random.nextInt(300), "l".repeat(random.nextInt(4)), vector);
    model.remove(entry.item().id());
    model.put(entry.item().id(), entry);
    return entry;
  }

  private void agrees(LuceneStore store, Random random, int dimensions) {
    try (Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.count()).isEqualTo(model.size());
      assertThat(snapshot.items(0, 1_000))
          .containsExactlyElementsOf(model.values().stream().map(Entry::item).toList());
      float[] query = FiniteVector.unit(Samples.gaussian(random.nextInt(), 1, dimensions)[0]);
      int k = 1 + random.nextInt(20);
      finds(snapshot, query, k, Filter.everything(), item -> true);
      finds(snapshot, query, k, Filter.label("ll"), item -> item.label().equals("ll"));
      finds(
          snapshot,
          query,
          k,
          Filter.not(Filter.any(Filter.label("l"), Filter.attribute("parity", "even"))),
          item -> item.label().equals("lll"));
      model.values().stream().limit(3).forEach(entry -> {
        assertThat(snapshot.vector(entry.item().id()).orElseThrow()).isEqualTo(entry.unit());
        assertThat(snapshot.item(entry.item().id())).contains(entry.item());
      });
    }
  }

  private void finds(
      Snapshot snapshot, float[] query, int k, Filter filter, Predicate<Item> accepts) {
    List<Match> matches = snapshot.nearest(query, wanted(k, filter));
    List<Entry> nearest = model.values().stream()
        .filter(entry -> accepts.test(entry.item()))
        .sorted(Comparator.comparingDouble(
            (Entry entry) -> -(float) FiniteVector.dot(entry.unit(), query)))
        .limit(k)
        .toList();
    assertThat(matches).hasSameSizeAs(nearest);
    for (int i = 0; i < matches.size(); i++) {
      assertThat((double) matches.get(i).score())
          .isCloseTo(FiniteVector.dot(nearest.get(i).unit(), query), within(1e-6));
    }
  }

  @Test
  void wideVectorsAreKeptAndSearched() {
    float[][] rows = Samples.gaussian(1, 30, 4_096);
    try (LuceneStore store = LuceneStore.create(folder, 4_096, HEADER)) {
      store.commit(store.put(entries(rows)));
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.nearest(FiniteVector.unit(rows[7]), wanted(1, Filter.everything())))
            .extracting(match -> match.item().id())
            .containsExactly("7");
      }
      store.approximate();
    }
    try (LuceneStore store = LuceneStore.open(folder);
        Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.recall().orElseThrow().at10()).isBetween(.98, 1.);
    }
  }

  private static List<Entry> entries(float[][] rows) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      entries.add(entry("" + i, "l".repeat(i % 5), rows[i]));
    }
    return entries;
  }

  @Test
  void aSnapshotStaysAsItWas() {
    try (LuceneStore store = LuceneStore.create(folder, 3, HEADER)) {
      store.commit(store.put(entries(Samples.gaussian(1, 20, 3))));
      try (Snapshot before = store.snapshot()) {
        store.commit(store
            .remove("3")
            .orElseThrow()
            .and(store.put(List.of(entry("new", "", new float[3])))));
        assertThat(before.item("3")).isPresent();
        assertThat(before.item("new")).isEmpty();
        assertThat(before.nearest(new float[3], wanted(99, Filter.everything())))
            .hasSize(20);
      }
      try (Snapshot after = store.snapshot()) {
        assertThat(after.item("3")).isEmpty();
        assertThat(after.item("new")).isPresent();
      }
    }
  }

  @Test
  void writersThatComeTogetherGoToTheDiskTogether() throws Exception {
    int writers = 16;
    int writes = 6;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try (LuceneStore store = LuceneStore.create(folder, 2, HEADER)) {
      long before = commits();
      List<Future<?>> all = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        int writer = w;
        all.add(threads.submit(() -> {
          for (int i = 0; i < writes; i++) {
            String id = writer + "/" + i;
            store.commit(store.put(List.of(entry(id, "", new float[] {1, i}))));
            try (Snapshot snapshot = store.snapshot()) {
              assertThat(snapshot.item(id)).isPresent();
            }
          }
        }));
      }
      for (Future<?> each : all) {
        each.get();
      }
      assertThat(commits() - before).isBetween((long) writes, (long) writers * writes / 2);
    } finally {
      threads.shutdown();
    }
    try (LuceneStore store = LuceneStore.open(folder);
        Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.count()).isEqualTo(writers * writes);
    }
  }

  /** Lucene numbers its commits, in base 36. */
  private long commits() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("segments_"))
          .mapToLong(name -> Long.parseLong(name.substring("segments_".length()), 36))
          .max()
          .orElseThrow();
    }
  }

  @Test
  void rowsStayArrangedWhenOthersAreAddedAndRemoved() {
    float[][] rows = Samples.clusters(5, 6_000, 8, 20, 8, .2);
    try (LuceneStore store = LuceneStore.create(folder, 8, HEADER)) {
      store.commit(store.put(entries(rows)));
    }
    assertThat(arrangedRows()).isEqualTo(6_000);
    try (LuceneStore store = LuceneStore.open(folder)) {
      for (int i = 0; i < 6_000; i += 1_000) {
        store.commit(store.remove("" + i).orElseThrow());
      }
      store.commit(store.put(List.of(entry("late", "", rows[0]))));
    }
    try (LuceneStore store = LuceneStore.open(folder);
        Snapshot snapshot = store.snapshot()) {
      assertThat(snapshot.nearest(FiniteVector.unit(rows[0]), wanted(3, Filter.everything())))
          .anyMatch(match -> match.item().id().equals("late"));
      // The first was removed.
      assertThat(snapshot.item("0")).isEmpty();
    }
    assertThat(arrangedRows()).isEqualTo(6_000 - 6);
  }

  private int arrangedRows() {
    View view = latest();
    try {
      return view.index().arrangement().orElseThrow().size();
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      view.giveBack();
    }
  }

  private View latest() {
    try (Folder opened = Folder.existing(folder)) {
      return View.latest(opened);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFilterThatIsAskedOftenAnswersAsItDidAtFirst() {
    float[][] rows = Samples.clusters(7, 9_000, 8, 20, 8, .2);
    try (LuceneStore store = LuceneStore.create(folder, 8, HEADER)) {
      store.commit(store.put(entries(rows)));
    }
    try (LuceneStore store = LuceneStore.open(folder);
        Snapshot snapshot = store.snapshot()) {
      float[] query = FiniteVector.unit(rows[4]);
      List<Match> first = snapshot.nearest(query, wanted(20, Filter.label("llll")));
      assertThat(first).hasSize(20).extracting(match -> match.item().label()).containsOnly("llll");
      for (int i = 0; i < 80; i++) {
        assertThat(snapshot.nearest(query, wanted(20, Filter.label("llll")))).isEqualTo(first);
      }
    }
  }

  @Test
  void aGraphFindsNearlyAllAndIsKept() {
    float[][] all = Samples.clusters(5, 5_050, 12, 10, 12, .3);
    float[][] rows = java.util.Arrays.copyOf(all, 5_000);
    try (LuceneStore store = LuceneStore.create(folder, 12, HEADER)) {
      store.commit(store.put(entries(rows)));
      assertThat(recall(store)).isEmpty();
      store.approximate();
      store.commit(store.remove("17").orElseThrow());
      store.commit(store.put(List.of(entry("late", "lll", rows[18]))));
    }
    try (LuceneStore store = LuceneStore.open(folder);
        Snapshot snapshot = store.snapshot()) {
      assertThat(recall(store).orElseThrow()).isBetween(.98, 1.);
      double same = 0;
      for (int q = 0; q < 50; q++) {
        float[] query = FiniteVector.unit(all[5_000 + q]);
        same += overlap(snapshot, query, Filter.everything());
        same += overlap(snapshot, query, Filter.label("lll"));
      }
      assertThat(same / 100).isGreaterThan(.95);
      assertThat(snapshot.nearest(FiniteVector.unit(rows[17]), wanted(30, Filter.everything())))
          .noneMatch(match -> match.item().id().equals("17"));
      assertThat(snapshot.nearest(FiniteVector.unit(rows[18]), wanted(2, Filter.label("lll"))))
          .anyMatch(match -> match.item().id().equals("late"));
    }
    assertThat(LuceneStore.damages(folder)).isEmpty();
  }

  @Test
  void fromALimitOnAGraphIsBuiltWithoutBeingAskedFor() {
    LuceneStore.create(folder, 6, HEADER).close();
    try (LuceneStore store = LuceneStore.open(Folder.existing(folder), 500)) {
      store.commit(store.put(entries(Samples.gaussian(1, 400, 6))));
    }
    try (LuceneStore store = LuceneStore.open(Folder.existing(folder), 500)) {
      assertThat(recall(store)).isEmpty();
      store.commit(store.put(List.of(entry("a", "", new float[6]))));
      store.commit(store.put(entries(Samples.gaussian(2, 600, 6))));
    }
    try (LuceneStore store = LuceneStore.open(folder)) {
      assertThat(recall(store).orElseThrow()).isBetween(.98, 1.);
    }
  }

  private static java.util.Optional<Double> recall(LuceneStore store) {
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.recall().map(lapidary.search.store.Recall::at10);
    }
  }

  /** The share of the exact ten that the graph finds; scores are the same. */
  private static double overlap(Snapshot snapshot, float[] query, Filter filter) {
    List<Match> exact = snapshot.nearest(
        query, new Wanted(10, filter, Float.NEGATIVE_INFINITY, Wanted.Method.EXACT));
    List<Match> found = snapshot.nearest(query, wanted(10, filter));
    assertThat(found).hasSize(10);
    return found.stream().filter(exact::contains).count() / 10.;
  }

  @Test
  void itemsAreFoundByWordsWithoutCaseAccentsAndPlurals() {
    try (LuceneStore store = LuceneStore.create(folder, 2, HEADER)) {
      List<Entry> entries = new ArrayList<>();
      for (String[] item : new String[][] {
        {"a", "Ankle boot", "red leather"},
        {"b", "Mäntel", "for winter"},
        {"c", "Sneaker", "red"},
        {"d", "Boots", ""}
      }) {
        entries.add(new Entry(
            Item.ofTexts(item[0], item[1], Map.of("title", item[2])),
            new float[2],
            Thumbnail.none()));
      }
      store.commit(store.put(entries));
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(words(snapshot, "red BOOTS"))
            .startsWith("a")
            .containsExactlyInAnyOrder("a", "c", "d");
        assertThat(words(snapshot, "mantel")).containsExactly("b");
        assertThat(words(snapshot, "")).isEmpty();
        assertThat(words(snapshot, "AND OR ( * ~ \"")).isEmpty();
        assertThat(snapshot.worded("red", 9, Filter.label("Sneaker")))
            .extracting(match -> match.item().id())
            .containsExactly("c");
      }
    }
  }

  private static List<String> words(Snapshot snapshot, String text) {
    return snapshot.worded(text, 9, Filter.everything()).stream()
        .map(match -> match.item().id())
        .toList();
  }

  @Test
  void aFilterMayHaveAnyNumberOfParts() {
    try (LuceneStore store = LuceneStore.create(folder, 2, HEADER)) {
      store.commit(store.put(entries(Samples.gaussian(1, 10, 2))));
      Filter[] many = new Filter[5_000];
      for (int i = 0; i < many.length; i++) {
        many[i] = Filter.label("l".repeat(4) + i);
      }
      many[77] = Filter.label("ll");
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.nearest(new float[2], wanted(9, Filter.any(many)))).hasSize(2);
      }
    }
  }
}
