package lapidary.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CollectionFolderTest {
  @TempDir
  Path temporary;

  @Test
  void committedChangesComeBackAndUncommittedOnesDoNot() {
    Path folder = temporary.resolve("c");
    float[][] rows = Samples.gaussian(1, 50, 12);
    Pca pca = Pca.fit(rows, PcaOptions.keeping(5).whitening());
    CollectionInfo info;
    List<Hit> hits;
    try (Collection collection = Collection.create(folder, Samples.spec("photos", pca))) {
      collection.add(Samples.items(50), rows);
      collection.add(new Item("item-7", "Mäntel", Map.of("b", "2", "a", "")), rows[8]);
      collection.remove("item-9");
      collection.commit();
      info = collection.info();
      hits = collection.search(rows[3], 60);
      collection.remove("item-1");
    }
    try (Collection collection = Collection.open(folder)) {
      assertThat(collection.info()).isEqualTo(info);
      assertThat(collection.search(rows[3], 60)).isEqualTo(hits).hasSize(49);
      assertThat(collection.spec().pca().orElseThrow().explainedVariance())
          .containsExactly(pca.explainedVariance());
    }
  }

  @Test
  void anyRowOfCommitsReopensAsTheLastStateInFewFiles() throws IOException {
    Path folder = temporary.resolve("c");
    Map<String, String> expected = new TreeMap<>();
    Random random = new Random(42);
    Collection collection = Collection.create(folder, Samples.spec("churn", 3));
    for (int commit = 0; commit < 150; commit++) {
      for (int change = random.nextInt(6); change >= 0; change--) {
        String id = "id-" + random.nextInt(80);
        if (random.nextInt(3) == 0) {
          assertThat(collection.remove(id)).isEqualTo(expected.remove(id) != null);
        } else {
          expected.put(id, "label-" + commit);
          collection.add(Item.of(id, "label-" + commit), Samples.gaussian(commit, 1, 3)[0]);
        }
      }
      collection.commit();
      if (commit % 10 == 0) {
        collection.close();
        collection = Collection.open(folder);
        assertThat(labels(collection)).isEqualTo(expected);
        assertThat(names(folder).filter(name -> name.startsWith("segment"))).hasSizeLessThan(9);
      }
    }
    collection.close();
  }

  private static Map<String, String> labels(Collection collection) {
    Map<String, String> labels = new TreeMap<>();
    collection
        .search(new float[] {1, 1, 1}, 1_000)
        .forEach(hit -> assertThat(labels.put(hit.id(), hit.label())).isNull());
    return labels;
  }

  @Test
  void everyFlippedBitAndEveryCutIsFoundWhenOpening() throws IOException {
    Path folder = sample();
    for (Path file : files(folder)) {
      byte[] whole = Files.readAllBytes(file);
      for (int at = 0; at < whole.length; at += 1 + whole.length / 40) {
        byte[] flipped = whole.clone();
        flipped[at] ^= 0x10;
        refusesToOpen(folder, file, flipped);
        refusesToOpen(folder, file, java.util.Arrays.copyOf(whole, at));
      }
      Files.delete(file);
      assertThatThrownBy(() -> Collection.open(folder))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(file.getFileName().toString());
      Files.write(file, whole);
    }
    Collection.open(folder).close();
  }

  private static void refusesToOpen(Path folder, Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    assertThatThrownBy(() -> Collection.open(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.getFileName().toString())
        .hasMessageMatching("(?s).*(is damaged|has format).*(index again|restore).*");
  }

  @Test
  void aForgedFileWithARightChecksumCostsNoMoreThanItsSize() throws IOException {
    Path folder = sample();
    for (int[] forged : new int[][] {
      {5, Integer.MAX_VALUE},
      {5, -1},
      {5, 0, Integer.MAX_VALUE},
      {5, 0, 1, 1 << 30},
      {6, 0, 0},
      {5, 0, 0, 0}
    }) {
      Path segment = folder.resolve("segment-1.bin");
      CheckedFile.write(segment, "LAPIDSEG", 1, out -> {
        for (int value : forged) {
          out.writeInt(value);
        }
      });
      assertThatThrownBy(() -> Collection.open(folder))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("segment-1.bin is damaged", "index again");
    }
  }

  @Test
  void aNewerFormatIsNamed() throws IOException {
    Path folder = sample();
    CheckedFile.write(folder.resolve("manifest.bin"), "LAPIDCOL", 2, out -> out.writeInt(0));
    assertThatThrownBy(() -> Collection.open(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has format 2, this Lapidary reads 1");
  }

  @Test
  void missingFoldersAndOtherFoldersAreRefused() throws IOException {
    assertThatThrownBy(() -> Collection.open(temporary.resolve("nowhere")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nowhere holds no collection");
    Path other = Files.createDirectory(temporary.resolve("other"));
    Files.writeString(other.resolve("diary.txt"), "mine");
    assertThatThrownBy(() -> Collection.create(other, Samples.spec("x", 2)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not an empty folder");
    assertThat(names(other)).containsExactly("diary.txt");
    Path sample = sample();
    assertThatThrownBy(() -> Collection.create(sample, Samples.spec("x", 2)))
        .isInstanceOf(InvalidInputException.class);
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> Collection.create(file.resolve("under"), Samples.spec("x", 2)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot write");
  }

  @Test
  void aCreationThatWasKilledCanBeRepeated() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("half"));
    Files.createFile(folder.resolve("pca.bin"));
    for (String name : new String[] {".manifest.bin.123-1.tmp", ".segment-1.bin.lapidary-x.tmp"}) {
      Files.createFile(folder.resolve(name));
    }
    try (Collection collection = Collection.create(folder, Samples.spec("x", 2))) {
      collection.add(Item.of("a"), new float[] {1, 2});
      collection.commit();
    }
    assertThat(names(folder)).noneMatch(name -> name.endsWith(".tmp"));
  }

  @Test
  void filesThatAreNotTheCollectionsStay() throws IOException {
    Path folder = sample();
    Files.createFile(folder.resolve(".notes.tmp"));
    try (Collection collection = Collection.open(folder)) {
      collection.remove("item-0");
      collection.commit();
    }
    assertThat(names(folder)).contains(".notes.tmp");
  }

  @Test
  void aRefusedSecondOpeningDoesNotGiveTheRightToChangeAway() throws Exception {
    Path folder = temporary.resolve("c");
    try (Collection first = Collection.create(folder, Samples.spec("killed", 24))) {
      first.add(Item.of("mine"), new float[24]);
      try (Collection second = Collection.open(folder)) {
        assertThatThrownBy(() -> second.add(Item.of("yours"), new float[24]))
            .isInstanceOf(InvalidInputException.class);
      }
      Process other = CommitUntilKilled.start(folder, 0);
      try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
        assertThat(said.readLine()).contains("is being changed by");
      } finally {
        other.destroyForcibly().waitFor();
      }
      first.commit();
    }
  }

  @Test
  void oneOpenedCollectionAtATimeMayChangeAFolder() throws IOException {
    Path folder = sample();
    try (Collection second = Collection.open(folder)) {
      try (Collection first = Collection.open(folder)) {
        first.remove("item-0");
        assertThatThrownBy(() -> second.remove("item-1"))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining(
                "is being changed by process " + ProcessHandle.current().pid());
        assertThat(second.contains("item-0")).isTrue();
        first.commit();
      }
      assertThatThrownBy(() -> second.add(Item.of("x"), new float[9]))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("was changed by another process since it was opened");
    }
    try (Collection third = Collection.open(folder)) {
      assertThat(third.remove("item-1")).isTrue();
    }
  }

  @Test
  void thumbnailsComeBackAfterMergingAndReopening() {
    Path folder = temporary.resolve("pictures");
    Thumbnail picture = Thumbnail.of(Samples.png(40, 20), "a picture");
    try (Collection collection = Collection.create(folder, Samples.spec("pictures", 3))) {
      for (int i = 0; i < 9; i++) {
        collection.add(
            List.of(Item.of("with-" + i), Item.of("without-" + i)),
            Samples.gaussian(i, 2, 3),
            List.of(picture, Thumbnail.none()));
        collection.remove("with-" + (i - 3));
        collection.commit();
      }
    }
    try (Collection collection = Collection.open(folder)) {
      assertThat(collection.thumbnail("with-8").bytes()).isEqualTo(picture.bytes());
      assertThat(collection.thumbnail("with-8").mediaType()).isEqualTo("image/png");
      assertThat(collection.thumbnail("without-8").isPresent()).isFalse();
      assertThat(collection.thumbnail("with-0").isPresent()).isFalse();
      assertThat(collection.items(1, 2))
          .extracting(Item::id)
          .containsExactly("without-1", "without-2");
    }
  }

  private Path sample() {
    Path folder = temporary.resolve("sample");
    Pca pca = Pca.fit(Samples.gaussian(3, 20, 9), PcaOptions.keeping(5));
    try (Collection collection = Collection.create(folder, Samples.spec("sample", pca))) {
      collection.add(Samples.items(20), Samples.gaussian(4, 20, 9));
      collection.commit();
    }
    return folder;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
    }
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
