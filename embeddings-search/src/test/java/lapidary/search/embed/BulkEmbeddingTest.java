package lapidary.search.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lapidary.models.InvalidInputException;
import lapidary.search.Collection;
import lapidary.search.CollectionSpec;
import lapidary.search.IndexedModel;
import lapidary.search.SearchOptions;
import lapidary.search.store.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five pictures of one grey each in two folders; what is not a picture lies among them. */
final class BulkEmbeddingTest {
  private static final EmbeddingOptions LENIENT = EmbeddingOptions.standard();

  @TempDir
  Path folder;

  private final GreyModel model = new GreyModel(2);
  private final List<String> skipped = new ArrayList<>();
  private final List<String> done = new ArrayList<>();

  private final EmbeddingListener listener = new EmbeddingListener() {
    @Override
    public void skipped(InvalidInputException reason) {
      skipped.add(reason.getMessage());
    }

    @Override
    public void done(int files, int all) {
      done.add(files + "/" + all);
    }
  };

  private BulkEmbedding embedding(EmbeddingOptions options) {
    return BulkEmbedding.of(model, options).telling(listener);
  }

  private Path photos() throws IOException {
    Path photos = folder.resolve("photos");
    Greys.write(photos.resolve("light/c.png"), 250);
    Greys.write(photos.resolve("dark/a.png"), 10);
    Greys.write(photos.resolve("dark/b.png"), 20);
    Greys.write(photos.resolve("light/d.png"), 240);
    Greys.write(photos.resolve("light/e.png"), 230);
    Files.writeString(photos.resolve("light/cc.png"), "words");
    Files.writeString(photos.resolve("light/notes.txt"), "not asked for");
    return photos;
  }

  private static List<Float> firsts(Embedded embedded) {
    List<Float> firsts = new ArrayList<>();
    for (int i = 0; i < embedded.rows().count(); i++) {
      firsts.add(embedded.rows().row(i)[0]);
    }
    return firsts;
  }

  @Test
  void aFolderGivesARowAPictureSortedByNameInBatchesOfTheModel() throws Exception {
    Path photos = photos();
    try (Embedded embedded = embedding(LENIENT).photos(List.of(photos))) {
      assertThat(firsts(embedded)).containsExactly(10f, 20f, 250f, 240f, 230f);
      assertThat(embedded.labels()).containsExactly("dark", "dark", "light", "light", "light");
      assertThat(embedded.items().stream().map(Item::id))
          .containsExactly("dark/a.png", "dark/b.png", "light/c.png", "light/d.png", "light/e.png");
      assertThat(model.batches).containsExactlyInAnyOrder(2, 1, 2);
      assertThat(embedded.samples().count()).isEqualTo(5);
      assertThat(embedded.source().name()).isEqualTo("photos");
    }
  }

  @Test
  void aFolderThatWasMovedGivesTheSameNames() throws Exception {
    Path photos = photos();
    Path moved = Files.createDirectories(folder.resolve("elsewhere")).resolve("other name");
    try (Embedded before = embedding(LENIENT).photos(List.of(photos.resolve("../photos/.")))) {
      Files.move(photos, moved);
      try (Embedded after = embedding(LENIENT).photos(List.of(moved))) {
        assertThat(after.items()).isEqualTo(before.items());
      }
    }
  }

  @Test
  void aSingleFileIsCalledByItsNameAndTakenOnce() throws Exception {
    Path one = photos().resolve("light/c.png");
    Path again = one.resolveSibling("../light/c.png");
    try (Embedded embedded = embedding(LENIENT).photos(List.of(one, again))) {
      assertThat(embedded.items()).containsExactly(Item.of("c.png", "light"));
    }
  }

  @Test
  void twoFilesOfOneNameAreRefused() throws Exception {
    Path photos = photos();
    Greys.write(photos.resolve("dark/c.png"), 30);
    List<Path> both = List.of(photos.resolve("light"), photos.resolve("dark"));
    assertThatThrownBy(() -> embedding(LENIENT).photos(both))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(photos.resolve("light/c.png") + " and " + photos.resolve("dark/c.png")
            + " would both be called c.png; name the folder that holds both");
    try (Embedded embedded = embedding(LENIENT).photos(List.of(photos))) {
      assertThat(embedded.items()).hasSize(6);
    }
  }

  @Test
  void classesOfWordNetAreCalledByTheirWords() throws Exception {
    Path photos = folder.resolve("imagenette");
    Greys.write(photos.resolve("n01440764/a.png"), 10);
    Greys.write(photos.resolve("n99999999/b.png"), 20);
    try (Embedded embedded = embedding(LENIENT).photos(List.of(photos))) {
      assertThat(embedded.items())
          .containsExactly(
              Item.of("n01440764/a.png", "tench"), Item.of("n99999999/b.png", "n99999999"));
    }
  }

  @Test
  void aFileThatIsNotAPictureIsToldAndCounted() throws Exception {
    try (Embedded embedded = embedding(LENIENT).photos(List.of(photos()))) {
      assertThat(embedded.skipped()).isEqualTo(1);
    }
    assertThat(skipped)
        .singleElement()
        .asString()
        .contains(folder.resolve("photos/light/cc.png").toString());
    assertThat(done).containsExactly("2/6", "4/6", "6/6");
  }

  @Test
  void beingStrictTheFirstSuchFileEndsIt() throws Exception {
    Path photos = photos();
    EmbeddingOptions strict = LENIENT.withStrict(true);
    assertThatThrownBy(() -> embedding(strict).photos(List.of(photos)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cc.png");
    assertThat(skipped).isEmpty();
  }

  @Test
  void whereNothingIsAPictureThereIsNothing() throws Exception {
    Path words = Files.writeString(folder.resolve("words.png"), "words");
    assertThatThrownBy(() -> embedding(LENIENT).photos(List.of(words)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none of 1 files can be decoded");
    assertThat(skipped).hasSize(1);
  }

  @Test
  void anArchiveGivesTheRowsOfItsFolder() throws Exception {
    Path archive = folder.resolve("photos.zip");
    zip(archive, photos(), "");
    try (Embedded embedded = embedding(LENIENT).photos(List.of(archive))) {
      assertThat(firsts(embedded)).containsExactly(10f, 20f, 250f, 240f, 230f);
      assertThat(embedded.labels()).containsExactly("dark", "dark", "light", "light", "light");
      assertThat(embedded.items().get(0).id()).isEqualTo("dark/a.png");
    }
    zip(archive, photos(), "../");
    assertThatThrownBy(() -> embedding(LENIENT).photos(List.of(archive)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("leads out of it");
    Files.write(archive, "PK but no more".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> embedding(LENIENT).photos(List.of(archive)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is not a zip archive that can be read");
  }

  private static void zip(Path archive, Path photos, String prefix) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (String name :
          List.of("light/e.png", "dark/b.png", "dark/a.png", "light/c.png", "light/d.png")) {
        out.putNextEntry(new ZipEntry(prefix + name));
        out.write(Files.readAllBytes(photos.resolve(name)));
      }
    }
  }

  @Test
  void whatWasEmbeddedGoesIntoACollectionWithItsPictures() throws Exception {
    Path photos = photos();
    CollectionSpec spec = new CollectionSpec(
        "greys",
        new IndexedModel("a1".repeat(32), Optional.empty(), "features", 7),
        Optional.empty());
    try (Embedded embedded = embedding(LENIENT.withThumbnails(true)).photos(List.of(photos));
        Collection collection = Collection.create(folder.resolve("greys"), spec)) {
      embedded.addTo(collection);
      collection.commit();
      String first = "dark/a.png";
      assertThat(collection.items(0, 10).stream().map(Item::id))
          .containsExactlyElementsOf(embedded.items().stream().map(Item::id).toList());
      assertThat(collection.thumbnail(first).isPresent()).isTrue();
      assertThat(collection.search(new float[] {1, 1, 1, 1, 1, 1, 0}, SearchOptions.nearest(5)))
          .hasSize(5)
          .allSatisfy(hit -> assertThat(hit.score()).isGreaterThan(.99f));
    }
  }
}
