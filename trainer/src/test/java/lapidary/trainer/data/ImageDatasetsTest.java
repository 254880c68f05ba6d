package lapidary.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.models.Pixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageDatasetsTest {
  private static final DataRoots NOWHERE =
      new DataRoots(Optional.empty(), Map.of(), Optional.empty());

  @TempDir
  Path folder;

  @Test
  void anyFolderOfIdxFilesIsADataSetOfNumberedClasses() throws IOException {
    Path own = ownData("own", ".gz");
    ImageDataset data = ImageDatasets.load(own.toString(), NOWHERE);
    assertThat(data.source().name()).isEqualTo("own");
    assertThat(data.source().licence()).isEqualTo("unknown");
    assertThat(data.labels().names()).containsExactly("0", "1", "2", "3");
    assertThat(data.train().count()).isEqualTo(3);
    assertThat(data.train().labels()).containsExactly(1, 0, 2);
    assertThat(data.test().labels()).containsExactly(3, 1);
    assertThat(data.test().pixels().bytes()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  @Test
  void theDigestIsThatOfTheDecompressedFiles() throws IOException {
    byte[] images = IdxBytes.images(pixels(3));
    byte[] labels = IdxBytes.labels(1, 0, 2);
    byte[] both = java.nio.ByteBuffer.allocate(images.length + labels.length)
        .put(images)
        .put(labels)
        .array();
    for (String ending : new String[] {"", ".gz"}) {
      Path own = ownData("own" + ending, ending);
      assertThat(ImageDatasets.load(own.toString(), NOWHERE).source().sha256())
          .isEqualTo(lapidary.models.Sha256.of(both));
    }
  }

  @Test
  void aNameIsLookedForInTheDataFolderThenInThePackageThenInTheCache() throws IOException {
    Map<String, String> environment = Map.of("LAPIDARY_DATA", "data", "XDG_CACHE_HOME", "cache");
    assertThat(DataRoots.fromEnvironment(environment).candidates("fashion-mnist"))
        .containsExactly(
            Path.of("data/fashion-mnist"),
            Path.of("/usr/share/datasets/fashion-mnist"),
            Path.of("cache/lapidary/data/fashion-mnist"));
    assertThat(DataRoots.fromEnvironment(Map.of("HOME", "home", "LAPIDARY_DATA", " "))
            .candidates("own"))
        .containsExactly(Path.of("home/.cache/lapidary/data/own"));
    ownData("data/own", "");
    DataRoots roots =
        new DataRoots(Optional.of(folder.resolve("data")), Map.of(), Optional.empty());
    assertThat(ImageDatasets.load("own", roots).source().name()).isEqualTo("own");
  }

  @Test
  void otherBytesUnderAPublishedNameAreRefusedWithBothDigests() throws IOException {
    ownData("mnist", "");
    DataRoots roots = new DataRoots(Optional.of(folder), Map.of(), Optional.empty());
    assertThatThrownBy(() -> ImageDatasets.load("mnist", roots))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mnist is not the published mnist: its training images")
        .hasMessageMatching("(?s).*sha256 [0-9a-f]{64}, wanted c5097fdd51cfdbe7.*");
  }

  @Test
  void anUnknownNameSuggestsTheNearest() {
    assertThatThrownBy(() -> ImageDatasets.load("fashion-mnst", NOWHERE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("unknown data set \"fashion-mnst\"; did you mean \"fashion-mnist\"?"
            + " Known: fashion-mnist, fashion-mnist-sample, mnist");
    for (String name : new String[] {"\0", "", " "}) {
      assertThatThrownBy(() -> ImageDatasets.load(name, NOWHERE))
          .hasMessageContaining("unknown data set");
    }
  }

  @Test
  void knownDataThatIsNotHereSaysWhereItWasLookedForAndHowToGetIt() {
    DataRoots roots = new DataRoots(
        Optional.of(folder), Map.of("fashion-mnist", folder.resolve("packaged")), Optional.empty());
    assertThatThrownBy(() -> ImageDatasets.load("fashion-mnist", roots))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("looked in " + folder.resolve("fashion-mnist") + ", "
            + folder.resolve("packaged") + "; install Debian's dataset-fashion-mnist,"
            + " set LAPIDARY_DATA")
        .hasMessageContaining("fashion-mnist-sample");
    assertThatThrownBy(() -> ImageDatasets.load("mnist", NOWHERE))
        .hasMessageStartingWith("mnist is not on this machine; set LAPIDARY_DATA");
  }

  @Test
  void aFolderWithoutOneOfTheFilesIsRefused() throws IOException {
    Path own = ownData("own", ".gz");
    Files.delete(own.resolve("t10k-labels-idx1-ubyte.gz"));
    assertThatThrownBy(() -> ImageDatasets.load(own.toString(), NOWHERE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(own + " has no file t10k-labels-idx1-ubyte");
    assertThatThrownBy(() -> ImageDatasets.load(folder.toString(), NOWHERE))
        .hasMessageContaining(folder + " has no file train-images-idx3-ubyte");
  }

  @Test
  void differentCountsOfImagesAndLabelsAreRefused() throws IOException {
    Path own = ownData("own", "");
    Files.write(own.resolve("t10k-labels-idx1-ubyte"), IdxBytes.labels(0, 1, 2, 3));
    assertThatThrownBy(() -> ImageDatasets.load(own.toString(), NOWHERE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("t10k-labels-idx1-ubyte hold 2 images and 4 labels");
  }

  @Test
  void differentSizesOfTrainingAndTestImagesAreRefused() throws IOException {
    Path own = ownData("own", "");
    Pixels turned = Pixels.of(2, 3, 2, 1, pixels(2).bytes());
    Files.write(own.resolve("t10k-images-idx3-ubyte"), IdxBytes.images(turned));
    assertThatThrownBy(() -> ImageDatasets.load(own.toString(), NOWHERE))
        .hasMessageContaining("own: training images are 2×3×1 and test images 3×2×1");
  }

  @Test
  void everyLabelNeedsAName() {
    LabelledImages images = LabelledImages.of(pixels(2), new int[] {0, 3});
    assertThatThrownBy(() -> new ImageDataset(
            new lapidary.models.DataSource("own", "", ""), Labels.numbered(3), images, images))
        .hasMessageContaining("label 3 has no name among 3 classes");
    assertThatThrownBy(() -> images.classCounts(3)).hasMessageContaining("label 3");
    assertThat(images.classCounts(5)).containsExactly(1, 0, 0, 1, 0);
    assertThatThrownBy(() -> LabelledImages.of(pixels(2), new int[] {0, -1}))
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> LabelledImages.of(pixels(2), new int[] {0}))
        .hasMessageContaining("2 images have 1 labels");
    assertThat(images.slice(1, 2).labels()).containsExactly(3);
    assertThat(images.slice(1, 2).pixels().at(0, 0, 0, 0)).isEqualTo(7);
  }

  @Test
  void onlyDataThatCanBeUsedIsListed() {
    assertThat(ImageDatasets.list(NOWHERE))
        .extracting(Listing::name, Listing::found)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("fashion-mnist", Optional.empty()),
            org.assertj.core.groups.Tuple.tuple("fashion-mnist-sample", Optional.of("embedded")),
            org.assertj.core.groups.Tuple.tuple("mnist", Optional.empty()));
    for (Listing row : ImageDatasets.list(TestData.ROOTS)) {
      if (row.found().isPresent()) {
        ImageDataset data = ImageDatasets.load(row.name(), TestData.ROOTS);
        assertThat(data.train().count()).isEqualTo(row.train().getAsInt());
        assertThat(data.test().count()).isEqualTo(row.test().getAsInt());
        assertThat(data.source().licence()).isEqualTo(row.licence());
      }
    }
  }

  private Path ownData(String name, String ending) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    write(own.resolve("train-images-idx3-ubyte" + ending), IdxBytes.images(pixels(3)));
    write(own.resolve("train-labels-idx1-ubyte" + ending), IdxBytes.labels(1, 0, 2));
    write(own.resolve("t10k-images-idx3-ubyte" + ending), IdxBytes.images(pixels(2)));
    write(own.resolve("t10k-labels-idx1-ubyte" + ending), IdxBytes.labels(3, 1));
    return own;
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.write(file, file.toString().endsWith(".gz") ? IdxBytes.gzip(content) : content);
  }

  private static Pixels pixels(int count) {
    byte[] bytes = new byte[count * 6];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i + 1);
    }
    return Pixels.of(count, 2, 3, 1, bytes);
  }
}
