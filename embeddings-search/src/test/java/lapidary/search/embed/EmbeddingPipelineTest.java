package lapidary.search.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lapidary.models.EnvironmentException;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class EmbeddingPipelineTest {
  private static final EmbeddingOptions THREE = EmbeddingOptions.standard().withWorkers(3);

  private final List<String> ids = new ArrayList<>();
  private final List<float[]> vectors = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  /** What a batch goes through before it is embedded, by the grey of its first picture. */
  @FunctionalInterface
  private interface Gate {
    void pass(int grey) throws InterruptedException;
  }

  private static VectorModel gated(Gate gate) {
    GreyModel model = new GreyModel(2);
    return new VectorModel() {
      @Override
      public int width() {
        return model.width();
      }

      @Override
      public ImageInput input() {
        return model.input();
      }

      @Override
      public int batch() {
        return model.batch();
      }

      @Override
      public float[][] embed(Pixels pictures) {
        try {
          gate.pass(pictures.at(0, 0, 0, 0));
        } catch (InterruptedException e) {
          throw new CancellationException("the gate was left");
        }
        return model.embed(pictures);
      }
    };
  }

  private void take(EmbeddedBatch batch) {
    batch.embedded().forEach(picture -> {
      ids.add(picture.item().id());
      vectors.add(picture.vector());
    });
    batch.refused().forEach(reason -> refused.add(reason.getMessage()));
  }

  private static String[] names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "" + i).toArray(String[]::new);
  }

  @AfterEach
  void noThreadIsLeft() {
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("embed-") && thread.isAlive())
        .isEmpty();
  }

  @Test
  void laterBatchesAreDecodedAndEmbeddedWhileTheFirstIsAndComeAfterIt() {
    CountDownLatch third = new CountDownLatch(1);
    VectorModel model = gated(grey -> {
      if (grey == 4) {
        third.countDown();
      } else if (grey == 0) {
        third.await();
      }
    });
    EmbeddingPipeline.of(model, THREE).run(Greys.stream(7), this::take);
    assertThat(ids).containsExactly(names(7));
    assertThat(vectors.get(6)).containsExactly(6, 6, 6, 6, 6, 6, 1);
  }

  @Test
  void whatIsInABatchDoesNotDependOnTheWorkers() {
    EmbeddingPipeline.of(new GreyModel(3), THREE.withWorkers(1)).run(Greys.stream(50), this::take);
    List<String> alone = vectors.stream().map(Arrays::toString).toList();
    for (int workers : new int[] {2, 5}) {
      vectors.clear();
      EmbeddingPipeline.of(new GreyModel(3), THREE.withWorkers(workers))
          .run(Greys.stream(50), this::take);
      assertThat(vectors).map(Arrays::toString).isEqualTo(alone);
    }
  }

  @Test
  void picturesAreTakenNoFurtherAheadThanThreeBatchesAWorker() {
    AtomicInteger drawn = new AtomicInteger();
    Iterator<Picture> pictures = Stream.iterate(0, i -> i + 1)
        .limit(200)
        .map(i -> Greys.picture(drawn.getAndIncrement()))
        .iterator();
    List<Integer> ahead = new ArrayList<>();
    EmbeddingPipeline.of(new GreyModel(2), THREE).run(pictures, batch -> {
      take(batch);
      ahead.add(drawn.get() - ids.size());
    });
    assertThat(ids).hasSize(200);
    assertThat(ahead).allMatch(pending -> pending <= 3 * 3 * 2);
  }

  @Test
  void whatCannotBeDecodedIsToldInItsPlace() {
    List<Picture> pictures = List.of(
        Greys.picture(0),
        Picture.of("words", "", "words".getBytes(StandardCharsets.US_ASCII)),
        Picture.of("", "no name", new byte[0]),
        Picture.of("colour", "", Pixels.of(1, 2, 3, 3, new byte[18])),
        Picture.of("large", "", Pixels.of(1, 4, 6, 1, filled(24, 9))));
    EmbeddingPipeline.of(new GreyModel(2), THREE).run(pictures.iterator(), this::take);
    assertThat(ids).containsExactly("0", "large");
    assertThat(vectors.get(1)).containsExactly(9, 9, 9, 9, 9, 9, 1);
    assertThat(refused).hasSize(3);
    assertThat(refused.get(0)).startsWith("words is not an image");
    assertThat(refused.get(1)).contains("no id");
    assertThat(refused.get(2)).contains("3 channels");
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void beingStrictItEndsAtTheFirstOfThemWhateverComesFirst() {
    CountDownLatch later = new CountDownLatch(1);
    List<Picture> pictures = new ArrayList<>();
    Greys.stream(4).forEachRemaining(pictures::add);
    pictures.add(Picture.read("first", "", () -> {
      await(later);
      return new byte[1];
    }));
    pictures.add(Greys.picture(5));
    pictures.add(Picture.read("second", "", () -> {
      later.countDown();
      return new byte[1];
    }));
    assertThatThrownBy(() -> EmbeddingPipeline.of(new GreyModel(2), THREE.withStrict(true))
            .run(pictures.iterator(), this::take))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("first is not an image");
    assertThat(ids).containsExactly(names(4));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new CancellationException("interrupted");
    }
  }

  @Test
  void aFailureOfAWorkerEndsItWithThatFailure() {
    EnvironmentException failure = new EnvironmentException("the GPU is gone");
    VectorModel model = gated(grey -> {
      if (grey == 6) {
        throw failure;
      } else if (grey > 6) {
        new CountDownLatch(1).await();
      }
    });
    assertThatThrownBy(() -> EmbeddingPipeline.of(model, THREE).run(Greys.stream(90), this::take))
        .isSameAs(failure);
    assertThat(ids).containsExactly(names(6));
    VectorModel broken = gated(grey -> {
      throw new StackOverflowError("deep");
    });
    assertThatThrownBy(() -> EmbeddingPipeline.of(broken, THREE).run(Greys.stream(9), this::take))
        .isInstanceOf(StackOverflowError.class);
  }

  @Test
  void aFailureOfTheStreamOrTheSinkEndsIt() {
    VectorModel waits = gated(grey -> {
      if (grey > 0) {
        new CountDownLatch(1).await();
      }
    });
    IllegalStateException failure = new IllegalStateException("full");
    assertThatThrownBy(() -> EmbeddingPipeline.of(waits, THREE).run(Greys.stream(90), batch -> {
          throw failure;
        }))
        .isSameAs(failure);
    Iterator<Picture> ends = Stream.iterate(0, i -> i + 1)
        .map(i -> {
          if (i == 5) {
            throw failure;
          }
          return Greys.picture(i);
        })
        .iterator();
    assertThatThrownBy(() -> EmbeddingPipeline.of(waits, THREE).run(ends, this::take))
        .isSameAs(failure);
  }

  @Test
  void anInterruptEndsItAndStays() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    VectorModel waits = gated(grey -> {
      running.countDown();
      new CountDownLatch(1).await();
    });
    List<Object> ending = new ArrayList<>();
    Thread caller = new Thread(() -> {
      try {
        EmbeddingPipeline.of(waits, THREE).run(Greys.stream(90), this::take);
      } catch (CancellationException e) {
        ending.add(e);
        ending.add(Thread.currentThread().isInterrupted());
      }
    });
    caller.start();
    running.await();
    caller.interrupt();
    caller.join();
    assertThat(ending).hasSize(2).last().isEqualTo(true);
    assertThat(ids).isEmpty();
  }

  @Test
  void fewerThanOneWorkerIsRefused() {
    assertThatThrownBy(() -> THREE.withWorkers(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("give at least 1");
  }
}
