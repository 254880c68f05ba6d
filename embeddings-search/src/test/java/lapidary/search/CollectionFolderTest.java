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
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
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
      collection.add(Item.ofTexts("item-7", "Mäntel", Map.of("b", "2", "a", "")), rows[8]);
      collection.remove("item-9");
      collection.commit();
      info = collection.info();
      hits = collection.search(rows[3], 60);
      collection.add(Item.of("never"), rows[1]);
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
        assertThat(names(folder)).hasSizeLessThan(60);
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
  void aCollectionOfTheFormatBeforeIsRefusedAndCanBeReplaced() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("old"));
    Files.createFile(folder.resolve("manifest.bin"));
    Files.createFile(folder.resolve("segment-1.bin"));
    assertThatThrownBy(() -> Collection.open(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("older format", "\"index create\" with --overwrite");
    try (Collection collection = Collection.replace(folder, Samples.spec("new", 3))) {
      assertThat(names(folder)).contains("manifest.bin");
      collection.add(Item.of("a"), new float[] {1, 2, 3});
      collection.commit();
    }
    assertThat(names(folder)).doesNotContain("manifest.bin", "segment-1.bin");
    try (Collection collection = Collection.open(folder)) {
      assertThat(collection.contains("a")).isTrue();
    }
  }

  @Test
  void anIndexOfLuceneThatIsNotACollectionIsRefused() throws IOException {
    try (Directory directory = FSDirectory.open(temporary);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.commit();
    }
    assertThatThrownBy(() -> Collection.open(temporary))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not one of a collection");
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
    for (String name : new String[] {"write.lock", "_0.fdt", "pending_segments_1"}) {
      Files.createFile(folder.resolve(name));
    }
    try (Collection collection = Collection.create(folder, Samples.spec("x", 2))) {
      collection.add(Item.of("a"), new float[] {1, 2});
      collection.commit();
    }
    assertThat(names(folder)).doesNotContain("pending_segments_1");
    assertThat(Collection.damages(folder)).isEmpty();
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
        assertThat(said.lines().toList())
            .anyMatch(line -> line.contains("is being changed by another process"));
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
            .hasMessageContaining("was opened twice in this one");
        assertThat(second.contains("item-0")).isTrue();
        first.commit();
      }
      // What the other committed is seen before anything is changed.
      assertThat(second.remove("item-0")).isFalse();
      assertThat(second.delete("item-1")).isTrue();
      assertThat(second.info().count()).isEqualTo(18);
    }
  }

  @Test
  void whoHasACollectionOpenThatIsReplacedReadsItOnAndCannotMixTheTwo() throws IOException {
    Path folder = sample();
    float[] query = Samples.gaussian(4, 1, 9)[0];
    try (Collection server = Collection.open(folder)) {
      List<Hit> before = server.search(query, 5);
      try (Collection other = Collection.replace(folder, Samples.spec("sample", 9))) {
        assertThatThrownBy(() -> server.delete("item-1"))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining("is being changed");
        other.add(Samples.items(3), Samples.gaussian(9, 3, 9));
        other.commit();
        assertThat(other.info().count()).isEqualTo(3);
      }
      assertThatThrownBy(() -> server.save(Item.of("x"), query, Thumbnail.none()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("was replaced by another collection since it was opened");
      assertThat(server.search(query, 5)).isEqualTo(before);
    }
    try (Collection other = Collection.open(folder)) {
      assertThat(other.info().count()).isEqualTo(3);
      assertThat(other.info().reduction()).isEmpty();
    }
    assertThat(Collection.damages(folder)).isEmpty();
  }

  @Test
  void aReplacementThatIsNotCommittedLeavesWhatWasThere() {
    Path folder = sample();
    try (Collection other = Collection.replace(folder, Samples.spec("other", 9))) {
      assertThat(other.info().count()).isZero();
      other.add(Samples.items(3), Samples.gaussian(9, 3, 9));
    }
    try (Collection kept = Collection.open(folder)) {
      assertThat(kept.info().name()).isEqualTo("sample");
      assertThat(kept.info().count()).isEqualTo(20);
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
    return Samples.collection(temporary.resolve("sample"));
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
