package lapidary.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Filter;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CollectionTest {
  @TempDir
  Path folder;

  @Test
  void searchFindsWhatBruteForceFindsWithAndWithoutPca() {
    float[][] rows = Samples.gaussian(1, 3_000, 37);
    float[][] queries = Samples.gaussian(2, 20, 37);
    Pca pca = Pca.fit(rows, PcaOptions.keeping(10));
    agrees(Samples.spec("raw", 37), rows, queries, rows, queries);
    agrees(Samples.spec("reduced", pca), rows, queries, pca.project(rows), pca.project(queries));
  }

  private void agrees(
      CollectionSpec spec, float[][] rows, float[][] queries, float[][] judged, float[][] asked) {
    try (Collection collection = Collection.create(folder.resolve(spec.name()), spec)) {
      collection.add(Samples.items(rows.length), rows);
      collection.commit();
      for (int q = 0; q < queries.length; q++) {
        List<Hit> hits = collection.search(queries[q], 10);
        List<Integer> nearest = Samples.nearest(judged, asked[q], 10);
        assertThat(hits)
            .extracting(Hit::id)
            .isEqualTo(nearest.stream().map(i -> "item-" + i).toList());
        for (int i = 0; i < 10; i++) {
          assertThat((double) hits.get(i).score())
              .isCloseTo(Samples.cosine(judged[nearest.get(i)], asked[q]), within(1e-6));
        }
      }
    }
  }

  @Test
  void handWorkedScoresAreCosinesAndLengthDoesNotMatter() {
    try (Collection collection = plane()) {
      List<Hit> hits = collection.search(new float[] {10, 0}, 3);
      assertThat(hits).extracting(Hit::id).containsExactly("east", "north-east", "north");
      assertThat(hits.get(0).score()).isEqualTo(1);
      assertThat(hits.get(1).score()).isCloseTo(.7071068f, within(1e-6f));
      assertThat(hits.get(2).score()).isZero();
      assertThat(collection.search(new float[] {-1, 0}, 9))
          .hasSize(3)
          .last()
          .matches(hit -> hit.id().equals("east") && hit.score() == -1);
    }
  }

  @Test
  void similarItemsLeaveTheItemItselfOut() {
    try (Collection collection = plane()) {
      assertThat(collection.similarTo("north", 9))
          .extracting(Hit::id)
          .containsExactly("north-east", "east");
      assertThatThrownBy(() -> collection.similarTo("south", 1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("plane", "no item \"south\"");
    }
  }

  @Test
  void equalScoresComeInTheOrderOfAdding() {
    try (Collection collection = Collection.create(folder, Samples.spec("ties", 2))) {
      for (String id : List.of("c", "a", "b", "d")) {
        collection.add(Item.of(id), new float[] {1, 2});
      }
      collection.commit();
      assertThat(collection.search(new float[] {1, 2}, 3))
          .extracting(Hit::id)
          .containsExactly("c", "a", "b");
    }
  }

  @Test
  void zeroVectorsScoreZeroOnEitherSide() {
    try (Collection collection = plane()) {
      collection.save(Item.of("nowhere"), new float[2], Thumbnail.none());
      assertThat(collection.search(new float[] {0, -1}, 4))
          .extracting(Hit::id, Hit::score)
          .contains(org.assertj.core.groups.Tuple.tuple("nowhere", 0f));
      assertThat(collection.search(new float[2], 4)).extracting(Hit::score).containsOnly(0f);
    }
  }

  @Test
  void addingAnIdAgainReplacesAndWhatIsNotCommittedIsNotSeen() {
    try (Collection collection = plane()) {
      collection.add(Item.ofTexts("east", "moved", Map.of("was", "east")), new float[] {0, 1});
      assertThat(collection.search(new float[] {0, 1}, 3))
          .extracting(Hit::label)
          .doesNotContain("moved");
      collection.commit();
      assertThat(collection.info().count()).isEqualTo(3);
      assertThat(collection.search(new float[] {0, 1}, 3))
          .extracting(Hit::id, Hit::label)
          .startsWith(org.assertj.core.groups.Tuple.tuple("north", "compass"))
          .contains(org.assertj.core.groups.Tuple.tuple("east", "moved"));
      assertThat(collection.remove("north")).isTrue();
      assertThat(collection.remove("north")).isFalse();
      assertThat(collection.contains("north")).isTrue();
      collection.add(Item.of("north"), new float[] {0, 1});
      assertThat(collection.remove("north")).isTrue();
      collection.commit();
      assertThat(collection.contains("north")).isFalse();
      assertThat(collection.delete("north")).isFalse();
      assertThat(collection.search(new float[] {0, 1}, 1))
          .extracting(Hit::attributes)
          .containsExactly(Map.of("was", AttributeValue.of("east")));
    }
  }

  @Test
  void removingSaysWhetherTheItemWasThereAlsoBeforeACommit() {
    try (Collection collection =
        Collection.create(folder.resolve("removed"), Samples.spec("removed", 2))) {
      assertThat(collection.remove("a")).isFalse();
      collection.add(Item.of("a"), new float[] {1, 2});
      assertThat(collection.remove("a")).isTrue();
      assertThat(collection.remove("a")).isFalse();
      collection.add(Item.of("a"), new float[] {1, 2});
      collection.commit();
      for (int i = 0; i < 3; i++) {
        assertThat(collection.remove("a")).isTrue();
        assertThat(collection.remove("a")).isFalse();
        collection.add(Item.of("a"), new float[] {1, i});
      }
      assertThat(collection.remove("a")).isTrue();
      collection.commit();
      assertThat(collection.contains("a")).isFalse();
      assertThat(collection.remove("a")).isFalse();
    }
  }

  @Test
  void filtersCompose() {
    try (Collection collection = Collection.create(folder, Samples.spec("filters", 2))) {
      collection.add(Item.ofTexts("1", "coat", Map.of("split", "train")), new float[] {1, 0});
      collection.add(Item.ofTexts("2", "coat", Map.of("split", "test")), new float[] {1, .1f});
      collection.add(Item.ofTexts("3", "shirt", Map.of("split", "test")), new float[] {1, .2f});
      collection.add(Item.of("4"), new float[] {1, .3f});
      collection.commit();
      Filter coat = Filter.label("coat");
      Filter test = Filter.attribute("split", "test");
      assertThat(ids(collection, coat)).containsExactly("1", "2");
      assertThat(ids(collection, test)).containsExactly("2", "3");
      assertThat(ids(collection, Filter.all(coat, test))).containsExactly("2");
      assertThat(ids(collection, Filter.any(coat, test))).containsExactly("1", "2", "3");
      assertThat(ids(collection, Filter.not(coat))).containsExactly("3", "4");
      assertThat(ids(collection, Filter.everything())).hasSize(4);
      assertThat(ids(collection, Filter.any())).isEmpty();
      assertThat(collection.search(Query.item("1"), SearchOptions.nearest(1).filtered(test)))
          .extracting(Hit::id)
          .containsExactly("2");
    }
  }

  private static List<String> ids(Collection collection, Filter filter) {
    return collection.search(new float[] {1, 0}, 10, filter).stream()
        .map(Hit::id)
        .toList();
  }

  @Test
  void badInputIsRefusedAndChangesNothing() {
    try (Collection collection = plane()) {
      refused(
          () -> collection.search(new float[3], 1), "query vector has 3 values; give exactly 2");
      refused(() -> collection.search(new float[] {1, Float.NaN}, 1), "NaN at position 1");
      refused(() -> collection.search(new float[2], 0), "k is 0");
      refused(
          () -> collection.add(List.of(Item.of("x")), new float[0][]), "1 items with 0 vectors");
      refused(
          () -> collection.add(
              List.of(Item.of("ok"), Item.of("bad")), new float[][] {{1, 2}, {1, 2, 3}}),
          "item bad has 3 values");
      collection.commit();
      assertThat(collection.contains("ok")).isFalse();
      refused(() -> Item.of(" "), "no id");
      refused(() -> Samples.spec("../escape", 2), "cannot name a collection");
      refused(() -> Samples.spec("x", 0), "width 0");
      refused(
          () -> new CollectionSpec(
              "x",
              new IndexedModel(Samples.SHA256, java.util.Optional.empty(), "features", 4),
              java.util.Optional.of(Pca.fit(Samples.gaussian(1, 9, 5), PcaOptions.keeping(2)))),
          "the PCA takes 5 columns, output features has 4");
      refused(
          () -> new IndexedModel("abc", java.util.Optional.empty(), "features", 4),
          "\"abc\" is not a SHA-256");
    }
  }

  @Test
  void vectorsThatOverflowUnderPcaAreRefusedBeforeTheySpoilTheCollection() {
    Pca pca = Pca.fit(Samples.clusters(1, 50, 9, 2, 9, .1), PcaOptions.keeping(2));
    float[] huge = new float[9];
    for (int i = 0; i < 9; i++) {
      huge[i] = pca.axis(0)[i] > 0 ? Float.MAX_VALUE : -Float.MAX_VALUE;
    }
    try (Collection collection = Collection.create(folder, Samples.spec("huge", pca))) {
      refused(
          () -> collection.add(Item.of("x"), huge), "the vector of item x after PCA has Infinity");
      refused(() -> collection.search(huge, 1), "the query vector after PCA has Infinity");
    }
  }

  private static void refused(Runnable action, String part) {
    assertThatThrownBy(action::run)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(part);
  }

  @Test
  void infoSaysWhatTheReductionSaves() {
    float[][] rows = Samples.clusters(3, 400, 60, 4, 5, .1);
    Pca pca = Pca.fit(rows, PcaOptions.keeping(6));
    try (Collection collection = Collection.create(folder, Samples.spec("small", pca))) {
      collection.add(Samples.items(400), rows);
      collection.commit();
      CollectionInfo info = collection.info();
      assertThat(info.count()).isEqualTo(400);
      assertThat(info.size()).isEqualTo(new CollectionInfo.Size(6, 400 * 6 * 4, 400 * 60 * 4));
      CollectionInfo.Reduction reduction = info.reduction().orElseThrow();
      assertThat(reduction.components()).isEqualTo(6);
      assertThat(reduction.explainedVariance()).isBetween(.9, 1.);
    }
  }

  @Test
  void aClosedCollectionSaysSo() {
    Collection collection = plane();
    collection.close();
    collection.close();
    assertThatThrownBy(() -> collection.search(new float[2], 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("collection plane is closed");
  }

  private Collection plane() {
    Collection collection = Collection.create(folder, Samples.spec("plane", 2));
    collection.add(
        List.of(Item.of("north", "compass"), Item.of("north-east"), Item.of("east")),
        new float[][] {{0, 2}, {3, 3}, {.5f, 0}});
    collection.commit();
    return collection;
  }
}
