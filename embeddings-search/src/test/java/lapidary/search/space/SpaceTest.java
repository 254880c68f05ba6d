package lapidary.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.search.Collection;
import lapidary.search.CollectionSpec;
import lapidary.search.IndexedModel;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;
import lapidary.search.pca.RowSource;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpaceTest {
  private static final int WIDTH = 5;

  @TempDir
  Path folder;

  @Test
  void placesAreQuantisedBetweenTheEndsOfTheirAxes() {
    List<OptionalDouble> none =
        List.of(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    // Along x from -1 to 3, along y from 0 to 2, along z all at 7.
    float[] at = {-1, 0, 7, 3, 1, 7, 0, 2, 7};
    Points points = Points.of(new Layout(List.of("x", "y", "z"), none, at));
    assertThat(points.axes().get(0).least()).isEqualTo(-1);
    assertThat(points.axes().get(0).most()).isEqualTo(3);
    // A quarter of 65,535 is 16,383.75, a half 32,767.5.
    assertThat(numbers(points.bytes(0, 3)))
        .containsExactly(0, 0, 0, 65_535, 32_768, 0, 16_384, 65_535, 0);
    assertThat(numbers(points.bytes(1, 1))).containsExactly(65_535, 32_768, 0);
    assertThat(points.bytes(3, 5)).isEmpty();
  }

  private static List<Integer> numbers(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> numbers = new ArrayList<>();
    while (buffer.hasRemaining()) {
      numbers.add(Short.toUnsignedInt(buffer.getShort()));
    }
    return numbers;
  }

  @Test
  void principalComponentsAreThoseOfAWholeFit() {
    float[][] vectors = vectors(2_500);
    Points points = Points.of(PcaLayout.of(RowSource.of(vectors)));
    Pca pca = Pca.fit(vectors, PcaOptions.keeping(3));
    float[][] expected = pca.project(vectors);
    List<Integer> quantised = numbers(points.bytes(0, points.count()));
    for (int i = 0; i < vectors.length; i++) {
      for (int axis = 0; axis < 3; axis++) {
        Axis of = points.axes().get(axis);
        double length = of.most() - of.least();
        double place = of.least() + length * quantised.get(3 * i + axis) / 65_535;
        assertThat(place).isEqualTo(expected[i][axis], within(length / 65_535));
      }
    }
    assertThat(points.axes().get(1).share().getAsDouble())
        .isEqualTo(pca.explainedVarianceRatio()[1], within(1e-6));
  }

  @Test
  void theMostFrequentClassIsTheFirst() {
    Colouring colouring =
        Colouring.of(List.of(text("b"), text("a"), Optional.empty(), text("b"), text("c")));
    assertThat(colouring.codes(0, 5)).containsExactly(1, 2, 0, 1, 3);
    assertThat(colouring.legend().kind()).isEqualTo(Legend.Kind.CLASSES);
    assertThat(colouring.legend().values())
        .extracting(each -> each.value().text() + each.count())
        .containsExactly("b2", "a1", "c1");
    assertThat(colouring.legend().none()).isEqualTo(1);
  }

  @Test
  void whatIsBeyondTheClassesIsTold() {
    List<Optional<AttributeValue.Single>> values = new ArrayList<>();
    IntStream.range(0, 300).forEach(i -> values.add(text("class " + i)));
    Colouring colouring = Colouring.of(values);
    assertThat(colouring.legend().values()).hasSize(254);
    assertThat(colouring.legend().others()).isEqualTo(46);
    assertThat(colouring.codes(299, 1)).containsExactly((byte) 255);
  }

  @Test
  void manyNumbersAreAScaleByRank() {
    List<Optional<AttributeValue.Single>> values = new ArrayList<>();
    // One far out takes no more of the scale than any other.
    IntStream.range(0, 100).forEach(i -> values.add(number(i)));
    values.add(number(1e9));
    values.add(Optional.empty());
    Colouring colouring = Colouring.of(values);
    assertThat(colouring.legend().kind()).isEqualTo(Legend.Kind.SCALE);
    assertThat(colouring.legend().values())
        .extracting(each -> each.value().text())
        .containsExactly("0", "25", "50", "75", "1000000000");
    byte[] codes = colouring.codes(0, 102);
    assertThat(List.of(codes[0], codes[25], codes[50], codes[100], codes[101]))
        .containsExactly((byte) 1, (byte) 65, (byte) 128, (byte) 255, (byte) 0);
    assertThat(colouring.legend().none()).isEqualTo(1);
  }

  @Test
  void aPopulationTellsAllValuesAsALoopDoes() {
    try (Collection collection = filled(400)) {
      for (int i = 0; i < 400; i += 7) {
        collection.remove("item " + i);
      }
      collection.commit();
      collection.add(item(3, "changed"), vectors(1)[0]);
      collection.commit();
      collection.read(snapshot -> {
        var population = snapshot.population();
        List<Item> items = snapshot.items(0, Integer.MAX_VALUE);
        assertThat(population.count()).isEqualTo(items.size());
        assertThat(population.attributes(10)).containsExactly("even", "size", "split");
        for (int place = 0; place < items.size(); place++) {
          long number = population.numbers()[place];
          assertThat(population.item(number)).hasValue(items.get(place));
          assertThat(population.number(items.get(place).id())).hasValue(number);
          assertThat(population.vectors().row(place))
              .isEqualTo(snapshot.vector(items.get(place).id()).orElseThrow());
        }
        Set<String> seen = new HashSet<>();
        population.labels((value, places) -> IntStream.of(places).forEach(place -> {
          assertThat(items.get(place).label()).isEqualTo(value.text());
          assertThat(seen.add("label " + place)).isTrue();
        }));
        population.values(
            "size",
            (value, places) -> IntStream.of(places).forEach(place -> {
              assertThat(items.get(place).attributes()).containsEntry("size", value);
              assertThat(seen.add("size " + place)).isTrue();
            }));
        assertThat(seen).hasSize(2 * items.size());
        assertThat(population.item(Long.MAX_VALUE)).isEmpty();
        assertThat(population.number("item 0")).isEmpty();
        return true;
      });
    }
  }

  @Test
  void pointsKeepTheirItemsWhateverIsChangedSince() {
    try (Collection collection = filled(40)) {
      Space space = collection.read(snapshot -> Space.of(snapshot.population(), Method.PCA));
      Space again = collection.read(snapshot -> Space.of(snapshot.population(), Method.PCA));
      assertThat(again.version()).isEqualTo(space.version());
      collection.remove("item 0");
      collection.add(item(2, "late"), vectors(1)[0]);
      collection.commit();
      Colouring labels =
          collection.read(snapshot -> space.colouring(Optional.empty(), snapshot.population()));
      assertThat(labels.legend().none()).as("one is gone, one was replaced").isEqualTo(2);
      collection.read(snapshot -> {
        assertThat(snapshot.population().item(space.number(0))).isEmpty();
        assertThat(snapshot.population().item(space.number(1)).orElseThrow().id())
            .isEqualTo("item 1");
        long replaced = snapshot.population().number("item 2").getAsLong();
        assertThat(space.index(replaced)).isEmpty();
        Space later = Space.of(snapshot.population(), Method.PCA);
        assertThat(later.version()).isNotEqualTo(space.version());
        assertThat(later.points().count()).isEqualTo(39);
        return true;
      });
    }
  }

  @Test
  void aMethodRefusesWhatItCannotPlace() {
    try (Collection few = filled(3)) {
      assertThatThrownBy(() -> few.read(snapshot -> Space.of(snapshot.population(), Method.PCA)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("at least 4 items");
    }
    assertThat(Method.placing(10)).containsExactly(Method.PCA);
    assertThat(Method.placing(200_000)).containsExactly(Method.PCA, Method.UMAP);
    assertThat(Method.placing(1_000_000)).containsExactly(Method.PCA);
    assertThatThrownBy(() -> Method.of("pcb"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("pca");
  }

  private Collection filled(int count) {
    Collection collection = Collection.create(
        folder.resolve("c" + count),
        new CollectionSpec("c", IndexedModel.none(WIDTH), Optional.empty()));
    float[][] vectors = vectors(count);
    for (int i = 0; i < count; i++) {
      collection.add(item(i, "label " + i % 5), vectors[i]);
    }
    collection.commit();
    return collection;
  }

  private static Item item(int i, String label) {
    return new Item(
        "item " + i,
        label,
        Map.of(
            "size", AttributeValue.of((double) (i % 30)),
            "even", AttributeValue.of(i % 2 == 0),
            "split", AttributeValue.of(i % 3 == 0 ? "test" : "train")));
  }

  private static float[][] vectors(int count) {
    Random random = new Random(7);
    return IntStream.range(0, count)
        .mapToObj(i -> {
          float[] vector = new float[WIDTH];
          for (int k = 0; k < WIDTH; k++) {
            vector[k] = (float) (random.nextGaussian() * (WIDTH - k) + k);
          }
          return vector;
        })
        .toArray(float[][]::new);
  }

  /** Three clusters far apart; every third vector is of the same. */
  private static Optional<AttributeValue.Single> text(String text) {
    return Optional.of(AttributeValue.of(text));
  }

  private static Optional<AttributeValue.Single> number(double value) {
    return Optional.of(AttributeValue.of(value));
  }
}
