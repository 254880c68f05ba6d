package lapidary.trainer.data.ratings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lapidary.models.Catalogue;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.Listing;
import lapidary.trainer.data.RandomSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MovieLens 100k, judged by what its publisher says about it, and its files when they are damaged. */
final class MovieLensTest {
  private static final RatingSplit FIFTH = new RatingSplit.ByChance(new RandomSplit(0.2, 42));

  @TempDir
  Path folder;

  @Test
  void itIsThePublishedOne() {
    RatingsDataset data = require(FIFTH);
    assertThat(data.train().count()).isEqualTo(80_000);
    assertThat(data.valid().count()).isEqualTo(20_000);
    assertThat(data.users().rows()).isEqualTo(943 + 1);
    assertThat(data.items().rows()).isEqualTo(1682 + 1);
    assertThat(data.users().row("943")).isEqualTo(943);
    assertThat((data.train().mean() * 80_000 + data.valid().mean() * 20_000) / 100_000)
        .isCloseTo(3.52986, within(1e-9));
    int star = data.items().row("50");
    assertThat(data.train().itemCounts(1683)[star] + data.valid().itemCounts(1683)[star])
        .isEqualTo(583);
  }

  @Test
  void theCatalogueIsReadInItsCharacterSet() {
    Catalogue catalogue = require(FIFTH).catalogue();
    assertThat(catalogue.items()).hasSize(1682);
    assertThat(catalogue.items().stream().map(Catalogue.Item::title).distinct()).hasSize(1664);
    assertThat(catalogue.items()).anyMatch(item -> item.title().equals("Misérables, Les (1995)"));
    assertThat(catalogue.get("1").orElseThrow())
        .isEqualTo(Catalogue.Item.of(
            "1", "Toy Story (1995)", List.of("Animation", "Children's", "Comedy")));
    assertThat(catalogue.items().stream().filter(item -> item.genres().contains("Drama")))
        .hasSize(725);
  }

  @Test
  void trainingRatingsAreCountedAndAveragedPerItem() throws IOException {
    write("u.data", "7\t3\t4\t1\n9\t3\t1\t1\n5\t3\t1\t1\n7\t8\t5\t1\n");
    RatingsDataset data = load(new RatingSplit.ByChance(new RandomSplit(0.5, 1)));
    RatingsDataset all = new RatingsDataset(
        data.source(),
        data.users(),
        data.items(),
        Catalogue.of(List.of(
            Catalogue.Item.of("8", "Eight", List.of("Drama")),
            Catalogue.Item.of("4", "Not rated", List.of()))),
        new Ratings.Parts(
            Ratings.of(new int[] {1, 2, 3}, new int[] {1, 1, 1}, new float[] {4, 1, 1}),
            data.valid(),
            Optional.empty()));
    assertThat(all.ratedCatalogue().items())
        .containsExactly(
            new Catalogue.Item("3", "3", List.of(), 3, 2),
            new Catalogue.Item("8", "Eight", List.of("Drama"), 0, 0));
  }

  @Test
  void theFirstPublishedSplitIsKept() {
    RatingsDataset data = require(new RatingSplit.Published("u1"));
    assertThat(data.train().count()).isEqualTo(80_000);
    assertThat(data.valid().count()).isEqualTo(20_000);
    assertThat(data.items().rows()).isEqualTo(1683);
    assertThat(IntStream.of(data.valid().users()).distinct().count()).isEqualTo(459);
    assertThat(data.users().id(data.valid().users()[0])).isEqualTo("1");
    RatingsDataset tuning = data.tuning(new RandomSplit(0.1, 3));
    assertThat(tuning.train().count()).isEqualTo(72_000);
    assertThat(tuning.valid().count()).isEqualTo(8_000);
    assertThat(tuning.source()).isEqualTo(data.source());
  }

  @Test
  void aFolderOfOwnFilesInTheSameFormIsRead() throws IOException {
    write("u.data", "7\t3\t4\t881250949\n9\t3\t2\t881250949\n");
    RatingsDataset data = load(new RatingSplit.ByChance(new RandomSplit(0.5, 1)));
    assertThat(data.users().ids()).containsExactly("7", "9");
    assertThat(data.catalogue().items()).isEmpty();
    write("u.item", "3|Café|01-Jan-1995||" + "|1" + "|0".repeat(18) + "\n");
    write("u.genre", genres());
    assertThat(
            load(new RatingSplit.ByChance(new RandomSplit(0.5, 1))).catalogue().title("3"))
        .isEqualTo("Café");
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    write("u.data", "7\t3\t4\t881250949\n9\t3\t2\n");
    assertRefused(folder.resolve("u.data") + ", line 2: 3 fields, wanted user, item, rating");
    write("u.data", "7\t3\t4\t881250949\n9\t3\tx\t1\n");
    assertRefused("line 2: rating \"x\" is not a number");
    write("u.data", "7\t3\t4\t1\n9\t3\t2\t1\n");
    write("u.genre", genres());
    write("u.item", "3|Café|01-Jan-1995\n");
    assertRefused(folder.resolve("u.item") + ", line 1: 3 fields and 19 genres, wanted 24");
    write("u.data", "");
    assertRefused("u.data is empty");
    assertThatThrownBy(() -> load(new RatingSplit.Published("u2")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("u2.base: it does not exist");
  }

  @Test
  void otherBytesUnderThePublishedNameAreRefused() throws IOException {
    Path own = Files.createDirectories(folder.resolve("movielens-100k"));
    Files.writeString(own.resolve("u.data"), "7\t3\t4\t881250949\n");
    DataRoots roots = new DataRoots(Optional.of(folder), Map.of(), Optional.empty());
    assertThatThrownBy(
            () -> RatingsDatasets.load("movielens-100k", RatingColumns.DEFAULT, FIFTH, roots))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is not the published one: it has sha256")
        .hasMessageContaining("wanted 06416e597f82");
  }

  @Test
  void missingDataSaysWhereItWasLookedFor() {
    DataRoots roots = new DataRoots(Optional.of(folder), Map.of(), Optional.empty());
    assertThatThrownBy(
            () -> RatingsDatasets.load("movielens-100k", RatingColumns.DEFAULT, FIFTH, roots))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(
            "looked in " + folder.resolve("movielens-100k") + "; set LAPIDARY_DATA");
    assertThatThrownBy(
            () -> RatingsDatasets.load("movielens-100", RatingColumns.DEFAULT, FIFTH, roots))
        .hasMessageContaining("did you mean \"movielens-100k\"?");
    assertThat(RatingsDatasets.list(roots))
        .extracting(Listing::name, Listing::found)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("movielens-100k", Optional.empty()),
            org.assertj.core.groups.Tuple.tuple("ratings-sample", Optional.of("embedded")));
  }

  @Test
  void theSampleIsWhatItsKnownFactorsSay() {
    RatingsSample sample = RatingsSample.generate();
    double[] exact = sample.exact();
    float[] values = sample.all().values();
    double error = 0;
    for (int i = 0; i < values.length; i++) {
      error += Math.pow(values[i] - Math.max(.5, Math.min(5, exact[i])), 2) / values.length;
    }
    double rounding = 0.5 * 0.5 / 12;
    assertThat(Math.sqrt(error))
        .as("noise and rounding, a little less where the scale ends")
        .isCloseTo(Math.sqrt(RatingsSample.NOISE * RatingsSample.NOISE + rounding), within(.03));
    assertThat(Arrays.stream(exact).average().orElseThrow()).isBetween(3.0, 3.8);
    sample.all().requireWithin(0.5, 5);
  }

  @Test
  void theSampleIsTheSameEverywhere() {
    RatingsDataset data = RatingsDatasets.load(
        "ratings-sample",
        RatingColumns.DEFAULT,
        FIFTH,
        new DataRoots(Optional.empty(), Map.of(), Optional.empty()));
    assertThat(data.source().sha256())
        .isEqualTo("493c3b301ad56ba52780b643a2f229edb789d9ebe720096802320d2390771806");
    assertThat(data.train().count()).isEqualTo(7_680);
    assertThat(data.users().rows()).isEqualTo(RatingsSample.USERS + 1);
    assertThat(data.items().rows()).isEqualTo(RatingsSample.ITEMS + 1);
    assertThat(data.catalogue().items().stream().map(Catalogue.Item::title).distinct())
        .hasSize(RatingsSample.ITEMS);
  }

  private RatingsDataset load(RatingSplit split) {
    DataRoots nowhere = new DataRoots(Optional.empty(), Map.of(), Optional.empty());
    return RatingsDatasets.load(folder.toString(), RatingColumns.DEFAULT, split, nowhere);
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> load(new RatingSplit.ByChance(new RandomSplit(0.5, 1))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(reason);
  }

  private static String genres() {
    return IntStream.range(0, 19).mapToObj(i -> "g" + i + "|" + i + "\n").reduce("", String::concat)
        + "\n";
  }

  private void write(String name, String content) throws IOException {
    Files.write(folder.resolve(name), content.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static RatingsDataset require(RatingSplit split) {
    try {
      return RatingsDatasets.load(
          "movielens-100k",
          RatingColumns.DEFAULT,
          split,
          DataRoots.fromEnvironment(System.getenv()));
    } catch (EnvironmentException e) {
      if ("true".equals(System.getenv("CI"))) {
        return fail(e.getMessage(), e);
      }
      return abort(e.getMessage());
    }
  }
}
