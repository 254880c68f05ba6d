package lapidary.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.RowSource;
import lapidary.search.store.Item;
import lapidary.search.store.Population;
import org.junit.jupiter.api.Test;

final class SpacesTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void aSpaceIsComputedOnceForTheSameItems() {
    Fake items = new Fake(20);
    Drawing drawing = new Spaces(1_000).drawing("a", items);
    Space first = drawing.space(Method.PCA, LONG).orElseThrow();
    assertThat(drawing.space(Method.PCA, LONG)).hasValue(first);
    assertThat(drawing.find(Method.PCA, first.version())).hasValue(first);
    assertThat(items.computed.get()).isEqualTo(1);
    items.count = 21;
    Space second = drawing.space(Method.PCA, LONG).orElseThrow();
    assertThat(second.points().count()).isEqualTo(21);
    assertThat(drawing.find(Method.PCA, first.version())).isEmpty();
  }

  @Test
  void theEarlierOneIsThereUntilTheNextOneIs() throws Exception {
    Fake items = new Fake(20);
    Drawing drawing = new Spaces(1_000).drawing("a", items);
    Space first = drawing.space(Method.PCA, LONG).orElseThrow();
    CountDownLatch gate = new CountDownLatch(1);
    items.gate = gate;
    items.count = 25;
    assertThat(drawing.space(Method.PCA, Duration.ofMillis(20)))
        .as("still computed")
        .isEmpty();
    assertThat(drawing.find(Method.PCA, first.version())).hasValue(first);
    gate.countDown();
    assertThat(drawing.space(Method.PCA, LONG).orElseThrow().points().count()).isEqualTo(25);
  }

  @Test
  void howFarItIsIsToldWhileItIsComputed() {
    Fake items = new Fake(400);
    Drawing drawing = new Spaces(1_000).drawing("a", items);
    assertThat(drawing.progress(Method.UMAP)).isEmpty();
    CountDownLatch gate = new CountDownLatch(1);
    items.gate = gate;
    assertThat(drawing.space(Method.UMAP, Duration.ZERO)).isEmpty();
    assertThat(drawing.progress(Method.UMAP)).hasValue(0);
    gate.countDown();
    assertThat(drawing.space(Method.UMAP, LONG)).isPresent();
    assertThat(drawing.progress(Method.UMAP)).isEmpty();
  }

  @Test
  void umapTellsHowFarItIs() {
    Progress progress = new Progress();
    new Fake(400).read(population -> Space.of(population, Method.UMAP, progress));
    assertThat(progress.share()).isGreaterThan(.5);
    progress.tell(.1);
    assertThat(progress.share()).as("it never goes back").isGreaterThan(.5);
  }

  @Test
  void theLongestUnusedGoesWhenThereAreTooManyPoints() {
    Spaces spaces = new Spaces(50);
    Drawing a = spaces.drawing("a", new Fake(20));
    Drawing b = spaces.drawing("b", new Fake(21));
    Drawing c = spaces.drawing("c", new Fake(22));
    Space first = a.space(Method.PCA, LONG).orElseThrow();
    Space second = b.space(Method.PCA, LONG).orElseThrow();
    Space third = c.space(Method.PCA, LONG).orElseThrow();
    assertThat(a.find(Method.PCA, first.version())).isEmpty();
    assertThat(b.find(Method.PCA, second.version())).isPresent();
    assertThat(c.find(Method.PCA, third.version())).isPresent();
    spaces.forget("b");
    assertThat(b.find(Method.PCA, second.version())).isEmpty();
  }

  @Test
  void whatFailsIsToldAndTriedAgain() {
    Fake items = new Fake(20);
    items.same = true;
    Drawing drawing = new Spaces(1_000).drawing("a", items);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> drawing.space(Method.PCA, LONG))
          .isInstanceOf(InvalidInputException.class);
    }
    items.same = false;
    assertThat(drawing.space(Method.PCA, LONG)).isPresent();
  }

  /** What fails at once may have failed before the one who asked has written down that it is computed. */
  @Test
  void whatFailsAtOnceIsForgottenToo() {
    Fake items = new Fake(20);
    items.same = true;
    Spaces spaces = new Spaces(1_000);
    for (int i = 0; i < 500; i++) {
      Drawing drawing = spaces.drawing("a" + i, items);
      assertThatThrownBy(() -> drawing.space(Method.PCA, LONG))
          .isInstanceOf(InvalidInputException.class);
      assertThatThrownBy(() -> drawing.space(Method.PCA, LONG))
          .isInstanceOf(InvalidInputException.class);
    }
    assertThat(items.computed.get()).isEqualTo(1_000);
  }

  /** An eldest computation that ends does not make that of the next items be begun twice. */
  @Test
  void whatIsComputedIsNotBegunTwice() {
    Fake items = new Fake(20);
    Drawing drawing = new Spaces(1_000).drawing("a", items);
    CountDownLatch first = new CountDownLatch(1);
    items.gate = first;
    assertThat(drawing.space(Method.PCA, Duration.ZERO)).isEmpty();
    items.awaitComputed(1);
    CountDownLatch second = new CountDownLatch(1);
    items.gate = second;
    items.count = 25;
    assertThat(drawing.space(Method.PCA, Duration.ZERO)).isEmpty();
    first.countDown();
    items.awaitComputed(2);
    assertThat(drawing.space(Method.PCA, Duration.ZERO)).isEmpty();
    second.countDown();
    assertThat(drawing.space(Method.PCA, LONG)).isPresent();
    assertThat(items.computed.get()).isEqualTo(2);
  }

  @Test
  void indicesThatThereAreNotAreLeftOut() {
    Drawing drawing = new Spaces(1_000).drawing("a", new Fake(20));
    Space space = drawing.space(Method.PCA, LONG).orElseThrow();
    assertThat(drawing.items(space, List.of(3, 20, 0)))
        .extracting(Drawing.Placed::index, placed -> placed.item().id())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(3, "3"),
            org.assertj.core.groups.Tuple.tuple(0, "0"));
    assertThat(drawing.find(space, List.of("7", "none")))
        .extracting(Drawing.Placed::index)
        .containsExactly(7);
    assertThat(drawing.items(space, 18, 10)).hasSize(2);
  }

  /** Items that are numbers, as many as somebody says. */
  private static final class Fake implements Populated {
    private final AtomicInteger computed = new AtomicInteger();
    private volatile int count;
    private volatile boolean same;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    Fake(int count) {
      this.count = count;
    }

    void awaitComputed(int times) {
      while (computed.get() < times) {
        Thread.onSpinWait();
      }
    }

    @Override
    public <T> T read(Function<Population, T> reader) {
      return reader.apply(new Numbers(count));
    }

    private final class Numbers implements Population {
      private final int count;

      Numbers(int count) {
        this.count = count;
      }

      @Override
      public int count() {
        return count;
      }

      @Override
      public long[] numbers() {
        return LongStream.range(0, count).toArray();
      }

      @Override
      public RowSource vectors() {
        CountDownLatch wait = gate;
        computed.incrementAndGet();
        try {
          wait.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        return RowSource.of(IntStream.range(0, count)
            .mapToObj(i -> same ? new float[4] : new float[] {i, i % 3, i % 5, i % 7})
            .toArray(float[][]::new));
      }

      @Override
      public Optional<Item> item(long number) {
        return Optional.of(Item.of(Long.toString(number)));
      }

      @Override
      public OptionalLong number(String id) {
        return id.equals("none") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(id));
      }

      @Override
      public List<String> attributes(int most) {
        return List.of();
      }

      @Override
      public void labels(Visit visit) {}

      @Override
      public void values(String attribute, Visit visit) {}
    }
  }
}
