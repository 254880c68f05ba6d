package lapidary.search.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fifteen photos, of which the fourth is not one, in batches of two. */
@Timeout(120)
final class ResumedEmbeddingTest {
  private static final int COUNT = 15;
  private static final EmbeddingOptions OPTIONS = EmbeddingOptions.standard().withThumbnails(true);

  /** More with {@code -Dlapidary.kills=200}. */
  private static final int KILLS = Integer.getInteger("lapidary.kills", 4);

  @TempDir
  private Path temporary;

  private final List<String> told = new ArrayList<>();
  private GreyModel model = new GreyModel(2);
  private Path photos;
  private Path place;

  /** Remembers what it is told, and fails when so many pictures are done. */
  private final class Told implements EmbeddingListener {
    private final int most;

    Told(int most) {
      this.most = most;
    }

    @Override
    public void skipped(InvalidInputException reason) {
      told.add("skipped");
    }

    @Override
    public void done(int pictures, int all) {
      if (pictures >= most) {
        throw new IllegalStateException("enough");
      }
    }

    @Override
    public void goesOn(int pictures, int all) {
      told.add("goes on at " + pictures + " of " + all);
    }

    @Override
    public void startsAnew(String reason) {
      told.add("starts anew: " + reason);
    }

    @Override
    public void kept(Path folder, int pictures, int all) {
      told.add("kept " + pictures + " of " + all);
    }
  }

  @BeforeEach
  void photos() throws IOException {
    photos = temporary.resolve("photos");
    place = temporary.resolve(".album.embedding");
    for (int i = 0; i < COUNT; i++) {
      Greys.write(photos.resolve(String.format(Locale.ROOT, "%02d.png", i)), i);
    }
    Files.writeString(photos.resolve("03.png"), "words");
  }

  private BulkEmbedding embedding(EmbeddingOptions options, int most) {
    return BulkEmbedding.of(model, options).telling(new Told(most)).resumingIn(place);
  }

  private Embedded embed() {
    return embedding(OPTIONS, Integer.MAX_VALUE).photos(List.of(photos));
  }

  private void stopAfter(int pictures) {
    assertThatThrownBy(() -> embedding(OPTIONS, pictures).photos(List.of(photos)))
        .hasMessage("enough");
  }

  private static List<String> content(Embedded embedded) {
    List<String> content = new ArrayList<>();
    content.add(embedded.source() + " " + embedded.skipped());
    for (int i = 0; i < embedded.items().size(); i++) {
      content.add(
          embedded.items().get(i) + " " + Arrays.toString(embedded.rows().row(i)) + " "
              + HexFormat.of().formatHex(embedded.thumbnails().get(i).bytes()));
    }
    return content;
  }

  private List<String> straight() {
    try (Embedded embedded = BulkEmbedding.of(new GreyModel(2), OPTIONS).photos(List.of(photos))) {
      return content(embedded);
    }
  }

  @Test
  void cutShortItGoesOnToTheSameVectorsItemsAndPictures() {
    stopAfter(6);
    assertThat(told).containsExactly("skipped", "kept 6 of 15");
    told.clear();
    model = new GreyModel(2);
    try (Embedded embedded = embed()) {
      assertThat(content(embedded)).isEqualTo(straight());
      assertThat(told).containsExactly("goes on at 6 of 15", "skipped");
      assertThat(model.batches).containsExactlyInAnyOrder(2, 2, 2, 2, 1);
      embedded.finished();
    }
    assertThat(place).doesNotExist();
  }

  @Test
  void whatServedNoPurposeYetIsKeptWhole() {
    embed().close();
    model = new GreyModel(2);
    try (Embedded embedded = embed()) {
      assertThat(content(embedded)).isEqualTo(straight());
    }
    assertThat(model.batches).isEmpty();
    assertThat(told)
        .containsExactly(
            "skipped", "kept 15 of 15", "goes on at 15 of 15", "skipped", "kept 15 of 15");
  }

  @Test
  void aTailThatWasTornAnywhereIsDoneAgain() throws IOException {
    stopAfter(6);
    Path file = place.resolve("vectors.batches");
    byte[] whole = Files.readAllBytes(file);
    List<String> straight = straight();
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (Embedded embedded = embed()) {
        assertThat(content(embedded)).as("cut to " + length).isEqualTo(straight);
      }
    }
    for (int at = 0; at < whole.length; at += 11) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      try (Embedded embedded = embed()) {
        assertThat(content(embedded)).as("damaged at " + at).isEqualTo(straight);
      }
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 4096));
    try (Embedded embedded = embed()) {
      assertThat(content(embedded)).isEqualTo(straight);
    }
  }

  @Test
  void ofOtherPicturesModelsOrOptionsItStartsAnewAndSaysWhy() throws IOException {
    stopAfter(6);
    Greys.write(photos.resolve("14.png"), 200);
    Files.setLastModifiedTime(photos.resolve("14.png"), FileTime.fromMillis(1));
    stopAfter(6);
    model = new GreyModel(2, "another");
    stopAfter(6);
    model = new GreyModel(3, "another");
    stopAfter(6);
    try (Embedded embedded = embedding(OPTIONS.withThumbnails(false), 99).photos(List.of(photos))) {
      assertThat(embedded.rows().row(13)[0]).isEqualTo(200);
    }
    assertThat(told)
        .filteredOn(sentence -> sentence.startsWith("starts"))
        .containsExactly(
            "starts anew: not the same pictures",
            "starts anew: not the same model",
            "starts anew: not the same batch",
            "starts anew: not the same thumbnails");
    assertThat(told).noneMatch(sentence -> sentence.startsWith("goes on"));
  }

  @Test
  void batchesOfWhichNothingIsKnownAreNotTaken() throws IOException {
    stopAfter(6);
    Files.writeString(place.resolve("identity.txt"), "\u0000");
    told.clear();
    try (Embedded embedded = embed()) {
      assertThat(content(embedded)).isEqualTo(straight());
    }
    assertThat(told.get(0)).startsWith("starts anew: ");
    Files.delete(place.resolve("identity.txt"));
    told.clear();
    embed().close();
    assertThat(told.get(0)).isEqualTo("starts anew: it does not say of what it is");
  }

  @Test
  void namesOfSeveralLinesAreTheSameAgain() {
    model = new GreyModel(2, " two\nlines: ");
    stopAfter(6);
    told.clear();
    embed().close();
    assertThat(told.get(0)).isEqualTo("goes on at 6 of 15");
  }

  @Test
  void oneAtATime() {
    try (Embedded first = embed()) {
      assertThatThrownBy(this::embed)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("is being changed by process");
      first.finished();
    }
    embed().close();
  }

  @Test
  void whereNothingIsAPictureNothingIsKept() throws IOException {
    Path words = Files.writeString(temporary.resolve("words.png"), "words");
    assertThatThrownBy(() -> embedding(OPTIONS, 99).photos(List.of(words)))
        .hasMessageContaining("none of 1 files can be decoded");
    assertThat(place).doesNotExist();
    assertThat(told).containsExactly("skipped");
  }

  @Test
  void whatIsNotOursStaysInTheFolder() throws IOException {
    Files.createDirectories(place);
    Files.writeString(place.resolve("mine.txt"), "words");
    try (Embedded embedded = embed()) {
      embedded.finished();
    }
    assertThat(place.toFile().list()).containsExactly("mine.txt");
  }

  @Test
  void aModelThatDoesNotSayWhichItIsIsRefused() {
    VectorModel nameless = new VectorModel() {
      @Override
      public int width() {
        return 7;
      }

      @Override
      public ImageInput input() {
        return model.input();
      }

      @Override
      public int batch() {
        return 1;
      }

      @Override
      public float[][] embed(Pixels pictures) {
        return model.embed(pictures);
      }
    };
    assertThatThrownBy(
            () -> BulkEmbedding.of(nameless, OPTIONS).resumingIn(place).photos(List.of(photos)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("does not say which it is");
    assertThat(place).doesNotExist();
  }

  @Test
  void killedAtRandomMomentsItComesToTheSame() throws Exception {
    for (int i = COUNT; i < 150; i++) {
      Greys.write(photos.resolve(i + ".png"), i);
    }
    SplittableRandom random = new SplittableRandom(9);
    for (int kill = 0; kill < KILLS; kill++) {
      int done = killAfter(2 + random.nextInt(60), random.nextInt(4_000));
      told.clear();
      if (kill % 2 == 1) {
        try (Embedded embedded = embed()) {
          assertThat(content(embedded)).isEqualTo(straight());
          assertThat(goneOnAt()).isGreaterThanOrEqualTo(done);
          embedded.finished();
        }
      }
    }
  }

  private int goneOnAt() {
    return Integer.parseInt(told.get(0).replaceAll("goes on at (\\d+) of .*", "$1"));
  }

  /** Gives how many pictures the process said were durable before it was killed. */
  private int killAfter(int lines, int microseconds) throws IOException, InterruptedException {
    Process process = EmbedUntilKilled.start(photos, place);
    int done = 0;
    int read = 0;
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        done = line.startsWith("all ") ? done : Integer.parseInt(line);
        if (++read == lines) {
          TimeUnit.MICROSECONDS.sleep(microseconds);
          // Not through the process itself: that would close its output.
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return done;
  }
}
