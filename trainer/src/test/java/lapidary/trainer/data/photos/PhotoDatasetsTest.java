package lapidary.trainer.data.photos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.Sha256;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.Listing;
import lapidary.trainer.data.RandomSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PhotoDatasetsTest {
  private static final byte[] RED = TinyPhotos.plain(200, 0, 0);
  private static final byte[] BLUE = TinyPhotos.plain(0, 0, 200);

  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"valid", "val", "test"})
  void twoPartsOfClassFoldersAreTakenAsTheyAre(String part) {
    write("train/dog/b.png", "train/dog/a.JPG", "train/cat/x.webp", part + "/dog/c.png");
    TinyPhotos.write(folder, "train/dog/readme.txt", RED);
    TinyPhotos.write(folder, "labels.csv", RED);
    TinyPhotos.write(folder, "train/.DS_Store", RED);
    PhotoDataset data = TinyPhotos.load(folder);
    assertThat(data.labels().names()).containsExactly("cat", "dog");
    assertThat(data.train().count()).isEqualTo(3);
    assertThat(data.train().path(1)).isEqualTo("train/dog/a.JPG");
    assertThat(data.train().labels()).containsExactly(0, 1, 1);
    assertThat(data.train().classCounts(2)).containsExactly(1, 2);
    assertThat(data.valid().labels()).containsExactly(1);
    assertThat(data.source().licence()).isEqualTo("unknown");
  }

  @Test
  void aZipIsReadInPlaceWithOneFolderAroundIt() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("set/", new byte[0]);
    entries.put("set/valid/cat/2.png", RED);
    entries.put("set/train/dog/1.png", BLUE);
    entries.put("set/train/cat/1.png", RED);
    entries.put("__MACOSX/set/train/cat/._1.png", RED);
    PhotoDataset data = TinyPhotos.load(TinyPhotos.zip(folder.resolve("set.zip"), entries));
    assertThat(data.labels().names()).containsExactly("cat", "dog");
    assertThat(data.train().labels()).containsExactly(0, 1);
    assertThat(data.train().encoded(1)).isEqualTo(BLUE);
    assertThat(data.train().name(1)).endsWith("set.zip/set/train/dog/1.png");
    assertThat(data.source().name()).isEqualTo("set.zip");
  }

  @Test
  void theDigestIsThatOfTheLinesThatSha256sumPrints() {
    TinyPhotos.write(folder, "train/cat/1.png", RED);
    TinyPhotos.write(folder, "train/dog/1.png", BLUE);
    TinyPhotos.write(folder, "valid/cat/2.png", BLUE);
    String lines = Sha256.of(RED) + "  train/cat/1.png\n" + Sha256.of(BLUE) + "  train/dog/1.png\n"
        + Sha256.of(BLUE) + "  valid/cat/2.png\n";
    assertThat(TinyPhotos.load(folder).source().sha256())
        .isEqualTo(Sha256.of(lines.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void onePartIsSplitByClassAndSeed() {
    for (int i = 0; i < 20; i++) {
      write("cat/%02d.png".formatted(i), "dog/%02d.png".formatted(i));
    }
    write("owl/1.png", "emu/1.png", "emu/2.png");
    PhotoDataset data = TinyPhotos.load(folder);
    assertThat(data.labels().names()).containsExactly("cat", "dog", "emu", "owl");
    assertThat(data.valid().classCounts(4)).containsExactly(5, 5, 1, 0);
    assertThat(data.train().classCounts(4)).containsExactly(15, 15, 1, 1);
    assertThat(data.train().paths()).doesNotContainAnyElementsOf(data.valid().paths());
    assertThat(TinyPhotos.load(folder).valid().paths()).isEqualTo(data.valid().paths());
    PhotoDataset other =
        PhotoDatasets.load(folder.toString(), TinyPhotos.NOWHERE, new RandomSplit(0.25, 8));
    assertThat(other.valid().paths()).isNotEqualTo(data.valid().paths());
    assertThat(other.source()).isEqualTo(data.source());
    assertThatThrownBy(() -> new RandomSplit(1, 0))
        .hasMessage("a validation share of 1.0; choose one between 0 and 1, such as 0.2");
  }

  @Test
  void whatCannotTrainAClassifierIsRefusedWithTheFolderNamed() throws IOException {
    assertRefused("holds no photo; give a folder or zip file of train/CLASS/*.jpg");
    write("train/cat/1.png");
    assertRefused("holds only the class \"cat\"; a classifier needs photos of at least two");
    write("train/dog/1.png", "valid/owl/1.png");
    assertRefused("has photos to measure on of [owl], which are not among the classes to train on");
    write("train/owl/1.png");
    Files.createDirectories(folder.resolve("train/emu"));
    assertRefused("class folder " + folder + "/train/emu holds no photo; fill it or remove it");
    Files.delete(folder.resolve("train/emu"));
    assertThat(TinyPhotos.load(folder).labels().size()).isEqualTo(3);
    write("train/5.png");
    assertRefused("train/5.png lies in no class folder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil.png", "train/../../evil.png", "/etc/evil.png", "c:\\evil.png", "c:/evil"})
  void aZipThatLeadsOutOfItselfIsRefused(String name) {
    Path zip = TinyPhotos.zip(
        folder.resolve("evil.zip"),
        Map.of("train/cat/1.png", RED, "train/dog/1.png", BLUE, name, RED));
    assertThatThrownBy(() -> TinyPhotos.load(zip))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(zip + " holds an entry \"" + name
            + "\" that leads out of the archive; make the zip again with relative names");
  }

  @Test
  void aSetWithoutAnyPhotoToMeasureOnIsRefusedWithTheClassesNamed() throws IOException {
    write("cat/1.png", "dog/1.png");
    assertRefused("has one photo of each class, cat, dog, so that none is left to measure on");
    write("dog/2.png");
    assertThat(TinyPhotos.load(folder).valid().classCounts(2)).containsExactly(0, 1);
  }

  @Test
  void anEmptyPartIsRefused() throws IOException {
    write("train/cat/1.png", "train/dog/1.png");
    Files.createDirectories(folder.resolve("valid"));
    assertRefused("has no class folder in its part to measure on");
    write("valid/cat/1.png");
    Files.move(folder.resolve("train/cat"), folder.resolve("cat"));
    Files.move(folder.resolve("train/dog"), folder.resolve("dog"));
    assertRefused("has no class folder in its part to train on");
  }

  @Test
  void aPhotoThatCannotBeReadIsThereAllTheSame() throws IOException {
    write("train/cat/1.png", "train/dog/1.png", "train/dog/2.png", "valid/cat/1.png");
    String before = TinyPhotos.load(folder).source().sha256();
    Path vast = folder.resolve("train/dog/2.png");
    try (RandomAccessFile file = new RandomAccessFile(vast.toFile(), "rw")) {
      file.setLength(Pixels.MAX_FILE_BYTES + 1L);
    }
    PhotoDataset data = TinyPhotos.load(folder);
    assertThat(data.train().count()).isEqualTo(3);
    assertThat(data.source().sha256()).isNotEqualTo(before);
    String lines = Sha256.of(RED) + "  train/cat/1.png\n" + Sha256.of(RED) + "  train/dog/1.png\n"
        + "unreadable  train/dog/2.png\n" + Sha256.of(RED) + "  valid/cat/1.png\n";
    assertThat(data.source().sha256()).isEqualTo(Sha256.of(lines.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aZipThatWouldExpandBeyondMeasureIsRefused() throws IOException {
    Path vast = TinyPhotos.zip(
        folder.resolve("vast.zip"), Map.of("train/cat/1.png", RED, "train/dog/1.png", BLUE));
    Files.write(vast, withDeclaredSize(Files.readAllBytes(vast), 0xfffffffe));
    assertThatThrownBy(() -> TinyPhotos.load(vast))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(vast + " would expand to more than ");
  }

  /** The first entry of the archive's directory says it has that many bytes. */
  private static byte[] withDeclaredSize(byte[] zip, int size) {
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int directory = 0;
    while (bytes.getInt(directory) != 0x02014b50) {
      directory++;
    }
    bytes.putInt(directory + 24, size);
    return zip;
  }

  @Test
  void aFileThatIsNoZipIsRefused() {
    Path text = TinyPhotos.write(folder, "notes.zip", new byte[] {1, 2, 3});
    assertThatThrownBy(() -> TinyPhotos.load(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(text + " cannot be read as a zip file: ");
  }

  @Test
  void linksAreFollowedUnlessTheyLeadNowhereOrInCircles() throws IOException {
    write("train/cat/1.png", "train/dog/1.png", "valid/cat/1.png");
    Path far = Files.createDirectories(folder.resolve("far/owl"));
    TinyPhotos.write(far, "1.png", BLUE);
    Path link = Files.createSymbolicLink(folder.resolve("train/owl"), far);
    assertThat(TinyPhotos.load(folder).labels().names()).containsExactly("cat", "dog", "owl");
    Files.delete(link);
    Files.createSymbolicLink(link, folder.resolve("train"));
    assertRefused("cannot be listed");
    Files.delete(link);
    Files.createSymbolicLink(link, folder.resolve("gone"));
    assertRefused("train/owl is a link that leads nowhere; mend or remove it");
  }

  @Test
  void namesAreLookedForAmongThePhotosOfTheRoots() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    DataRoots roots = new DataRoots(Optional.of(folder), Map.of(), Optional.empty());
    Map<String, byte[]> entries =
        Map.of("cat/1.png", RED, "cat/2.png", RED, "dog/1.png", BLUE, "dog/2.png", BLUE);
    TinyPhotos.zip(photos.resolve("mine.zip"), entries);
    assertThat(PhotoDatasets.load("mine", roots, TinyPhotos.SPLIT).train().count())
        .isEqualTo(2);
    assertThatThrownBy(() -> PhotoDatasets.load("cats-dogz", roots, TinyPhotos.SPLIT))
        .hasMessageStartingWith("unknown set of photos \"cats-dogz\"; did you mean \"cats-dogs\"?");
    assertThatThrownBy(() -> PhotoDatasets.load("cats-dogs", roots, TinyPhotos.SPLIT))
        .isInstanceOf(EnvironmentException.class)
        .hasMessage("cats-dogs is not on this machine; looked in " + photos
            + "; set LAPIDARY_DATA to the folder that holds photos/cats-dogs.zip");
    TinyPhotos.zip(photos.resolve("cats-dogs.zip"), entries);
    assertThatThrownBy(() -> PhotoDatasets.load("cats-dogs", roots, TinyPhotos.SPLIT))
        .hasMessageContaining("cats-dogs.zip is not the published cats-dogs");
    assertThat(PhotoDatasets.list(roots))
        .extracting(Listing::found)
        .containsExactly(
            Optional.empty(), Optional.of(photos + "/cats-dogs.zip"), Optional.empty());
  }

  private void write(String... names) {
    for (String name : names) {
      TinyPhotos.write(folder, name, RED);
    }
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> TinyPhotos.load(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(why);
  }
}
