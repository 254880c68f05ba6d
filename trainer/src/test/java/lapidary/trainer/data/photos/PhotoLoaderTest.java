package lapidary.trainer.data.photos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import lapidary.models.EnvironmentException;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PhotoLoaderTest {
  private static final ImageInput INPUT = ImageInput.resnet(16).withSize(16, 24);

  @TempDir
  Path folder;

  @Test
  void batchesComeInTheOrderAskedForWithRowsAndLabels() {
    PhotoSet photos = photos(7);
    long[] order = {6, 0, 3, 3, 1};
    try (PhotoBatches batches = loader(photos, 2, Augmentation.NONE, false).open(order, 2, 1)) {
      PhotoBatch first = batches.next();
      assertThat(first.rows()).containsExactly(6, 0);
      assertThat(first.labels()).containsExactly(photos.label(6), photos.label(0));
      assertThat(first.pixels().count()).isEqualTo(2);
      assertThat(first.pixels().height()).isEqualTo(16);
      assertThat(first.pixels().width()).isEqualTo(24);
      assertThat(first.pixels().slice(0, 1).bytes())
          .isEqualTo(INPUT.decode(photos.encoded(6), "six").bytes());
      PhotoBatch second = batches.next();
      assertThat(second.pixels().slice(0, 1).bytes())
          .isEqualTo(second.pixels().slice(1, 2).bytes());
      assertThat(batches.next().rows()).containsExactly(1);
      assertThat(batches.hasNext()).isFalse();
      assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void aPhotoDependsOnSeedAndRowAloneNotOnThreadsOrPlace() {
    PhotoSet photos = photos(9);
    long[] order = LongStream.range(0, 9).toArray();
    long[] reversed = {8, 7, 6, 5, 4, 3, 2, 1, 0};
    List<byte[]> one = pass(loader(photos, 1, Augmentation.DEFAULT, false), order, 4, 11);
    List<byte[]> many = pass(loader(photos, 5, Augmentation.DEFAULT, false), reversed, 2, 11);
    for (int i = 0; i < 9; i++) {
      assertThat(many.get(8 - i)).isEqualTo(one.get(i));
    }
    List<byte[]> next = pass(loader(photos, 1, Augmentation.DEFAULT, false), order, 4, 12);
    for (int i = 0; i < 9; i++) {
      assertThat(next.get(i)).isNotEqualTo(one.get(i));
    }
  }

  @Test
  void aPassGoesOnFromAnyBatchAsTheWholePassWould() {
    PhotoLoader loader = loader(photos(7), 3, Augmentation.DEFAULT, false);
    long[] order = {2, 4, 6, 1, 3, 5, 0};
    List<byte[]> whole = pass(loader, order, 3, 5);
    try (PhotoBatches rest = loader.open(order, 3, 5, 1)) {
      PhotoBatch batch = rest.next();
      assertThat(batch.rows()).containsExactly(1, 3, 5);
      assertThat(batch.pixels().slice(0, 1).bytes()).isEqualTo(whole.get(3));
      assertThat(rest.next().rows()).containsExactly(0);
    }
    try (PhotoBatches nothing = loader.open(order, 3, 5, 3)) {
      assertThat(nothing.hasNext()).isFalse();
    }
    assertThatThrownBy(() -> loader.open(order, 3, 5, 4))
        .hasMessage("batch 4 of 3 photos each is not part of an order of 7");
    assertThatThrownBy(() -> loader.open(new long[] {7}, 3, 5))
        .hasMessage("row 7 of 7 photos; rows are numbered from 0");
  }

  @Test
  void aDamagedPhotoAmongManyIsNamedAndLeftOut() {
    PhotoSet photos = damagedAt(200, 123);
    PhotoLoader loader = loader(photos, 2, Augmentation.FLIP, false);
    try (PhotoBatches batches = loader.open(LongStream.range(0, 200).toArray(), 50, 3)) {
      List<Integer> counts = new ArrayList<>();
      batches.forEachRemaining(batch -> counts.add(batch.count()));
      assertThat(counts).containsExactly(50, 50, 49, 50);
      assertThat(batches.skipped()).hasSize(1);
      assertThat(batches.skipped().get(0).row()).isEqualTo(123);
      assertThat(batches.skipped().get(0).reason())
          .startsWith(photos.name(123))
          .contains("is a damaged image");
    }
  }

  @Test
  void aBatchOfDamagedPhotosAloneIsEmpty() {
    PhotoSet photos = damagedAt(3, 1);
    try (PhotoBatches batches =
        loader(photos, 1, Augmentation.NONE, false).open(new long[] {1, 2}, 1, 0)) {
      assertThat(batches.next().count()).isZero();
      assertThat(batches.next().rows()).containsExactly(2);
    }
  }

  @Test
  void aStrictPassEndsAtTheDamagedPhoto() {
    PhotoSet photos = damagedAt(9, 4);
    try (PhotoBatches batches =
        loader(photos, 2, Augmentation.NONE, true).open(LongStream.range(0, 9).toArray(), 3, 0)) {
      assertThat(batches.next().count()).isEqualTo(3);
      assertThatThrownBy(batches::next)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(photos.name(4));
    }
  }

  @Test
  void closingInMidPassEndsTheThreads() throws InterruptedException {
    PhotoBatches batches = loader(photos(40), 3, Augmentation.DEFAULT, false)
        .open(LongStream.range(0, 40).toArray(), 5, 0);
    batches.next();
    batches.close();
    batches.close();
    assertThat(batches.hasNext()).isFalse();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("lapidary-photos") && thread.isAlive());
  }

  @Test
  void aPhotoThatIsGoneIsNamed() throws Exception {
    PhotoSet photos = photos(3);
    Files.delete(folder.resolve(photos.path(2)));
    try (PhotoBatches batches =
        loader(photos, 1, Augmentation.NONE, false).open(new long[] {2}, 1, 0)) {
      assertThat(batches.next().count()).isZero();
      assertThat(batches.skipped().get(0).reason()).startsWith(photos.name(2) + " cannot be read");
    }
  }

  @Test
  void aMachineThatCannotReadIsNoReasonToSkipAPhoto() {
    PhotoLoader loader = loader(photos(3), 1, Augmentation.NONE, false);
    PhotoFiles.Opened exhausted = new PhotoFiles.Opened() {
      @Override
      public InputStream stream(String path) throws IOException {
        throw new FileSystemException(path, null, "Too many open files");
      }

      @Override
      public void close() {}
    };
    assertThatThrownBy(() -> loader.load(exhausted, 2, 0))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(" cannot be read: Too many open files; allow more open files");
  }

  @Test
  void aBatchThatNoArrayHoldsIsRefused() {
    ImageInput large = ImageInput.resnet(16_000);
    PhotoLoader loader =
        new PhotoLoader(photos(3), large, Augmentation.NONE, new LoaderOptions(1, 2, false));
    assertThatThrownBy(() -> loader.open(new long[] {0, 1, 2}, 3, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a batch of 3 photos of 16000×16000 pixels does not fit into one array, which"
            + " holds 2 of them; give a smaller --batch or --size");
    ImageInput small = ImageInput.resnet(1_000);
    PhotoLoader other =
        new PhotoLoader(photos(3), small, Augmentation.NONE, new LoaderOptions(1, 2, false));
    // No batch is larger than the rows that there are.
    other.open(new long[] {0, 1}, 1_000, 0).close();
  }

  private PhotoSet damagedAt(int count, int row) {
    PhotoSet photos = photos(count);
    byte[] whole = TinyPhotos.noise(1);
    TinyPhotos.write(folder, photos.path(row), Arrays.copyOf(whole, whole.length / 2));
    return photos;
  }

  private PhotoSet photos(int count) {
    for (int i = 0; i < count; i++) {
      String name = "train/%s/%03d.png".formatted(i % 3 == 0 ? "cat" : "dog", i);
      TinyPhotos.write(folder, name, TinyPhotos.noise(i));
    }
    TinyPhotos.write(folder, "valid/cat/1.png", TinyPhotos.plain(1, 2, 3));
    TinyPhotos.write(folder, "train/cat/notes.txt", "no photo".getBytes(StandardCharsets.UTF_8));
    return TinyPhotos.load(folder).train();
  }

  private static PhotoLoader loader(
      PhotoSet photos, int workers, Augmentation augmentation, boolean strict) {
    return new PhotoLoader(photos, INPUT, augmentation, new LoaderOptions(workers, 2, strict));
  }

  private static List<byte[]> pass(PhotoLoader loader, long[] order, int batch, long seed) {
    List<byte[]> photos = new ArrayList<>();
    try (PhotoBatches batches = loader.open(order, batch, seed)) {
      batches.forEachRemaining(next -> {
        for (int i = 0; i < next.count(); i++) {
          photos.add(next.pixels().slice(i, i + 1).bytes());
        }
      });
    }
    return photos;
  }
}
