package lapidary.search.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import lapidary.models.InvalidInputException;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Bounds;
import lapidary.search.store.Edit;
import lapidary.search.store.Entry;
import lapidary.search.store.Filter;
import lapidary.search.store.Item;
import lapidary.search.store.PageStart;
import lapidary.search.store.Snapshot;
import lapidary.search.store.Thumbnail;
import lapidary.search.store.ValueCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attributes of every kind, filters, counts and pages, judged by loops over a map. */
@Timeout(120)
final class PayloadTest {
  private static final byte[] HEADER = {1};
  private static final LocalDate DAY = LocalDate.of(2026, 11, 27);

  @TempDir
  Path folder;

  /** What is in the store, in the order of adding. */
  private final Map<String, Item> model = new LinkedHashMap<>();

  private static AttributeValue.Real number(int value) {
    // Halves of both signs, so that order is not that of the text.
    return AttributeValue.of(value / 2.);
  }

  private static AttributeValue.Text day(int offset) {
    return AttributeValue.of(DAY.plusDays(offset).toString());
  }

  private static Edit put(Item item) {
    return new Edit.Put(new Entry(item, new float[] {1, 0}, Thumbnail.none()));
  }

  /** Each attribute is of another kind, and may be missing. */
  private Edit random(Random random) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put("n", number(random.nextInt(41) - 20));
    values.put("day", day(random.nextInt(9) - 4));
    values.put("new", AttributeValue.of(random.nextBoolean()));
    values.put("tag", AttributeValue.of("t" + random.nextInt(4)));
    values.put(
        "many",
        AttributeValue.of(Stream.<AttributeValue.Single>of(
                number(random.nextInt(9)), AttributeValue.of("t" + random.nextInt(3)))
            .limit(random.nextInt(3))
            .toList()));
    values.keySet().removeIf(name -> random.nextInt(4) == 0);
    String id = "id-" + random.nextInt(120);
    model.remove(id);
    if (random.nextInt(4) == 0) {
      return new Edit.Remove(id);
    }
    Item item = new Item(id, "l".repeat(random.nextInt(3)), values);
    model.put(id, item);
    return put(item);
  }

  private static List<AttributeValue.Single> values(Item item, String name) {
    return Optional.ofNullable(item.attributes().get(name))
        .map(AttributeValue::singles)
        .orElse(List.of());
  }

  private static Predicate<Item> has(String name, Predicate<AttributeValue.Single> value) {
    return item -> values(item, name).stream().anyMatch(value);
  }

  private static Predicate<Item> hasNumber(String name, Predicate<Double> wanted) {
    return has(
        name, value -> value instanceof AttributeValue.Real real && wanted.test(real.value()));
  }

  private static Predicate<Item> hasDay(Predicate<LocalDate> wanted) {
    return has("day", value -> wanted.test(LocalDate.parse(value.text())));
  }

  private static Filter bounded(String name, String bound, AttributeValue.Single value) {
    return Bounds.none().with(bound, value).of(name);
  }

  /** Filters, each with what it means. */
  private static Map<Filter, Predicate<Item>> filters(Random random) {
    int n = random.nextInt(41) - 20;
    int d = random.nextInt(9) - 4;
    LocalDate day = DAY.plusDays(d);
    Map<Filter, Predicate<Item>> filters = new LinkedHashMap<>();
    filters.put(Filter.attribute("n", number(n)), has("n", number(n)::equals));
    filters.put(Filter.attribute("n", number(n).text()), item -> false);
    filters.put(
        Filter.attribute("new", AttributeValue.of(true)),
        has("new", AttributeValue.of(true)::equals));
    filters.put(Filter.attribute("many", "t1"), has("many", AttributeValue.of("t1")::equals));
    filters.put(
        Filter.among("tag", java.util.Set.of(AttributeValue.of("t0"), AttributeValue.of("t3"))),
        has("tag", value -> value.text().equals("t0") || value.text().equals("t3")));
    filters.put(Filter.exists("many"), item -> !values(item, "many").isEmpty());
    filters.put(Filter.not(Filter.exists("tag")), item -> values(item, "tag").isEmpty());
    filters.put(Filter.exists("man"), item -> false);
    filters.put(bounded("n", "gt", number(n)), hasNumber("n", v -> v > n / 2.));
    filters.put(bounded("n", "gte", number(n)), hasNumber("n", v -> v >= n / 2.));
    filters.put(bounded("n", "lt", number(n)), hasNumber("n", v -> v < n / 2.));
    filters.put(bounded("n", "lte", number(n)), hasNumber("n", v -> v <= n / 2.));
    filters.put(
        Bounds.none().with("gte", number(2)).with("lt", number(4)).of("many"),
        hasNumber("many", v -> v >= 1 && v < 2));
    filters.put(Bounds.none().with("gt", number(4)).with("lt", number(4)).of("n"), item -> false);
    filters.put(bounded("day", "gt", day(d)), hasDay(v -> v.isAfter(day)));
    filters.put(bounded("day", "gte", day(d)), hasDay(v -> !v.isBefore(day)));
    filters.put(bounded("day", "lt", day(d)), hasDay(v -> v.isBefore(day)));
    filters.put(bounded("day", "lte", day(d)), hasDay(v -> !v.isAfter(day)));
    filters.put(bounded("n", "gte", day(d)), item -> false);
    filters.put(bounded("day", "gte", number(n)), item -> false);
    return filters;
  }

  private static List<Item> all(Snapshot snapshot, Filter filter) {
    List<Item> found = new ArrayList<>();
    assertThat(snapshot.page(PageStart.first(), filter, found::add)).isEmpty();
    return found;
  }

  @Test
  void filtersAndCountsAreWhatALoopOverAMapFinds() {
    Random random = new Random(5);
    LuceneStore store = LuceneStore.create(folder, 2, HEADER);
    for (int commit = 0; commit < 20; commit++) {
      List<Edit> edits =
          Stream.generate(() -> random(random)).limit(1 + random.nextInt(60)).toList();
      store.commit(store.apply(edits).changes());
      if (random.nextInt(5) == 0) {
        store.close();
        store = LuceneStore.open(folder);
      }
      try (Snapshot snapshot = store.snapshot()) {
        filters(random).forEach((filter, meaning) -> {
          List<Item> expected = model.values().stream().filter(meaning).toList();
          assertThat(all(snapshot, filter)).as("%s", filter).containsExactlyElementsOf(expected);
          counts(snapshot, filter, expected);
        });
      }
    }
    store.close();
    assertThat(LuceneStore.damages(folder)).isEmpty();
  }

  private static void counts(Snapshot snapshot, Filter filter, List<Item> items) {
    for (String name : List.of("n", "new", "tag", "many", "none")) {
      Map<AttributeValue.Single, Integer> expected = new HashMap<>();
      items.forEach(item -> values(item, name).stream()
          .distinct()
          .forEach(value -> expected.merge(value, 1, Integer::sum)));
      agree(snapshot.values(name, filter, 3), expected);
      agree(snapshot.values(name, filter, 1_000), expected);
    }
    Map<AttributeValue.Single, Integer> labels = new HashMap<>();
    items.stream()
        .filter(item -> !item.label().isEmpty())
        .forEach(item -> labels.merge(AttributeValue.of(item.label()), 1, Integer::sum));
    agree(snapshot.labels(filter, 9), labels);
  }

  private static void agree(ValueCounts found, Map<AttributeValue.Single, Integer> expected) {
    assertThat(found.distinct()).isEqualTo(expected.size());
    List<Integer> most = expected.values().stream()
        .sorted(Comparator.reverseOrder())
        .limit(found.counts().size())
        .toList();
    assertThat(found.counts()).extracting(ValueCounts.Count::count).isEqualTo(most);
    found
        .counts()
        .forEach(count -> assertThat(expected).containsEntry(count.value(), count.count()));
  }

  @Test
  void momentsAreComparedWithWholeDays() {
    try (LuceneStore store = LuceneStore.create(folder, 2, HEADER)) {
      Map<String, String> moments = new TreeMap<>(Map.of(
          "a", "2026-11-26T23:59:59.999999Z",
          "b", "2026-11-27",
          "c", "2026-11-27T23:30:00Z",
          "d", "2026-11-27T23:30:00-01:00",
          "e", "not a date"));
      store.commit(store
          .apply(moments.entrySet().stream()
              .map(each -> put(Item.ofTexts(each.getKey(), "", Map.of("at", each.getValue()))))
              .toList())
          .changes());
      try (Snapshot snapshot = store.snapshot()) {
        AttributeValue.Text day = AttributeValue.of("2026-11-27");
        assertThat(ids(snapshot, bounded("at", "lt", day))).isEqualTo("a");
        assertThat(ids(snapshot, bounded("at", "lte", day))).isEqualTo("abc");
        assertThat(ids(snapshot, bounded("at", "gte", day))).isEqualTo("bcd");
        assertThat(ids(snapshot, bounded("at", "gt", day))).isEqualTo("d");
        AttributeValue.Text moment = AttributeValue.of("2026-11-28T00:30:00+01:00");
        assertThat(ids(snapshot, bounded("at", "lt", moment))).isEqualTo("ab");
        assertThat(ids(snapshot, bounded("at", "lte", moment))).isEqualTo("abc");
      }
    }
  }

  private static String ids(Snapshot snapshot, Filter filter) {
    return String.join("", all(snapshot, filter).stream().map(Item::id).toList());
  }

  /** Pages of a few items each, between which others change the store. */
  @Test
  void aPageGoesOnWhereTheOneBeforeEndedWhateverIsChangedMeanwhile() {
    Random random = new Random(8);
    LuceneStore store = LuceneStore.create(folder, 2, HEADER);
    for (int i = 0; i < 200; i++) {
      Item item = Item.of("first-" + i);
      store.put(List.of(new Entry(item, new float[] {1, 0}, Thumbnail.none())));
      model.put(item.id(), item);
    }
    store.commit(store.apply(List.of(random(random))).changes());
    Map<String, Integer> seen = new HashMap<>();
    Map<String, Item> untouched = new HashMap<>(model);
    PageStart start = PageStart.first();
    for (int page = 0; page < 1_000; page++) {
      Optional<String> next = page(store, start, 1 + random.nextInt(9), seen);
      if (next.isEmpty()) {
        break;
      }
      start = PageStart.after(next.get());
      if (page < 20) {
        List<Edit> edits = List.of(
            random(random),
            new Edit.Remove("first-" + random.nextInt(200)),
            put(Item.of("first-" + random.nextInt(200))));
        edits.forEach(edit -> untouched.remove(edit.id()));
        store.commit(store.apply(edits).changes());
      }
      if (page % 7 == 0) {
        store.close();
        store = LuceneStore.open(folder);
      }
    }
    store.close();
    assertThat(untouched.size()).isGreaterThan(100);
    untouched.keySet().forEach(id -> assertThat(seen).as(id).containsEntry(id, 1));
  }

  private static Optional<String> page(
      LuceneStore store, PageStart start, int limit, Map<String, Integer> seen) {
    int[] left = {limit};
    try (Snapshot snapshot = store.snapshot()) {
      return snapshot.page(start, Filter.everything(), item -> {
        if (left[0]-- == 0) {
          return false;
        }
        seen.merge(item.id(), 1, Integer::sum);
        return true;
      });
    }
  }

  @Test
  void aPageMayLeaveOutTheFirstItems() {
    try (LuceneStore store = LuceneStore.create(folder, 2, HEADER)) {
      store.commit(store
          .apply(Stream.of("a", "b", "c").map(id -> put(Item.of(id))).toList())
          .changes());
      store.commit(store.apply(List.of(new Edit.Remove("a"))).changes());
      try (Snapshot snapshot = store.snapshot()) {
        List<Item> found = new ArrayList<>();
        snapshot.page(PageStart.leavingOut(1), Filter.everything(), found::add);
        assertThat(found).containsExactly(Item.of("c"));
        assertThat(snapshot.page(PageStart.leavingOut(9), Filter.everything(), found::add))
            .isEmpty();
        assertThat(found).hasSize(1);
      }
    }
  }

  @Test
  void aCursorOfAnotherStoreOrOfNoneIsRefused() {
    String cursor;
    try (LuceneStore store = LuceneStore.create(folder.resolve("one"), 2, HEADER)) {
      store.commit(store.apply(List.of(put(Item.of("a")))).changes());
      cursor = page(store, PageStart.first(), 0, new HashMap<>()).orElseThrow();
      assertThat(page(store, PageStart.after(cursor), 9, new HashMap<>())).isEmpty();
    }
    try (LuceneStore store = LuceneStore.create(folder.resolve("two"), 2, HEADER)) {
      store.commit(store.apply(List.of(put(Item.of("a")))).changes());
      for (String bad : List.of(cursor, "x", "äöü", cursor + "AAAA", " ", "7")) {
        assertThatThrownBy(() -> page(store, PageStart.after(bad), 9, new HashMap<>()))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining("the cursor is not one of this collection as it is now");
      }
    }
  }

  @Test
  void aThousandEditsAreOneCommitAndCountedAsTheyAre() throws Exception {
    try (LuceneStore store = LuceneStore.create(folder, 2, HEADER)) {
      long before = commits();
      List<Edit> edits = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        edits.add(put(Item.of("id-" + i)));
      }
      edits.add(new Edit.Remove("id-3"));
      edits.add(new Edit.Remove("id-3"));
      edits.add(new Edit.Remove("never"));
      Edit.Made made = store.apply(edits);
      store.commit(made.changes());
      assertThat(made.put()).isEqualTo(1_000);
      assertThat(made.removed()).isEqualTo(1);
      assertThat(commits() - before).isEqualTo(1);
      for (int i = 0; i < 10; i++) {
        store.commit(store.apply(List.of(put(Item.of("one-" + i)))).changes());
      }
      assertThat(commits() - before).as("the control: singly each costs one").isEqualTo(11);
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(snapshot.count()).isEqualTo(1_009);
      }
    }
  }

  private long commits() throws IOException {
    try (Folder opened = Folder.existing(folder)) {
      return Long.parseLong(opened.lastCommit().substring("segments_".length()), 36);
    }
  }

  /** An index that was written before attributes were typed: five items, one of them removed. */
  @Test
  void anIndexOfTheFormatBeforeIsReadAndWritten() throws Exception {
    unzip("format-2.zip");
    try (LuceneStore store = LuceneStore.open(folder)) {
      try (Snapshot snapshot = store.snapshot()) {
        assertThat(all(snapshot, Filter.everything()))
            .extracting(Item::id)
            .containsExactly("item-0", "item-1", "item-2", "item-4");
        assertThat(snapshot.item("item-2"))
            .contains(Item.ofTexts(
                "item-2",
                "even",
                Map.of("year", "1992", "day", "2026-11-03", "title", "Mäntel 2")));
        assertThat(all(snapshot, Filter.attribute("year", "1991"))).hasSize(1);
        assertThat(all(snapshot, Filter.exists("title"))).hasSize(4);
        assertThat(snapshot.values("year", Filter.label("even"), 9).distinct()).isEqualTo(3);
      }
      Map<String, AttributeValue> typed = Map.of("year", AttributeValue.of(1999));
      store.commit(store
          .apply(List.of(new Edit.Put(
              new Entry(new Item("new", "", typed), new float[] {0, 0, 1}, Thumbnail.none()))))
          .changes());
    }
    try (LuceneStore store = LuceneStore.open(folder);
        Snapshot snapshot = store.snapshot()) {
      assertThat(ids(snapshot, bounded("year", "gt", AttributeValue.of(1990)))).isEqualTo("new");
      assertThat(snapshot.values("year", Filter.everything(), 9).distinct()).isEqualTo(5);
    }
    assertThat(LuceneStore.damages(folder)).isEmpty();
  }

  private void unzip(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(PayloadTest.class.getResourceAsStream(name));
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, folder.resolve(entry.getName()));
      }
    }
  }
}
