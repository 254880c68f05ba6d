package lapidary.trainer.data.ratings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lapidary.models.Catalogue;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RatingsCsvTest {
  private static final DataRoots NOWHERE =
      new DataRoots(Optional.empty(), Map.of(), Optional.empty());
  private static final RatingSplit QUARTER = new RatingSplit.ByChance(new RandomSplit(0.25, 7));

  @TempDir
  Path folder;

  @Test
  void columnsAreFoundByNameAndOthersIgnored() throws IOException {
    String table = "\ufeff,when,film,who,stars,name\n" // a nameless first column, as pandas writes
        + "0,1998,30,anna,4,\"One, \"\"two\"\"\"\n"
        + "1,1998,9,bob,2.5,Nine\n\n"
        + "2,1999,30,bob,1,ignored\n"
        + "3,1999,9,anna,5,Nine";
    RatingColumns columns = new RatingColumns("who", "film", "stars", Optional.of("name"));
    RatingsDataset data = load(file("r.csv", table), columns);
    assertThat(data.users().ids()).containsExactly("anna", "bob");
    assertThat(data.users().integers()).isFalse();
    assertThat(data.items().ids()).containsExactly("9", "30");
    assertThat(data.items().toLongs()).containsExactly(9, 30);
    assertThat(triples(data))
        .containsExactlyInAnyOrder("anna 30 4.0", "bob 9 2.5", "bob 30 1.0", "anna 9 5.0");
    assertThat(data.catalogue().title("30")).isEqualTo("One, \"two\"");
    assertThat(data.catalogue().title("31")).isEqualTo("31");
    assertThat(data.train().count()).isEqualTo(3);
    assertThat(data.valid().count()).isEqualTo(1);
    int thirties =
        (int) IntStream.of(data.train().items()).filter(row -> row == 2).count();
    assertThat(data.ratedCatalogue().items())
        .extracting(Catalogue.Item::id, Catalogue.Item::ratings)
        .containsExactly(tuple("9", 3 - thirties), tuple("30", thirties));
    assertThat(data.source().name()).isEqualTo("r.csv");
    assertThat(data.source().licence()).isEqualTo("unknown");
    assertThat(data.source().sha256()).isEqualTo(Sha256.of(table.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void tabsSeparateTheCellsOfATsv() throws IOException {
    Path file = file("r.tsv", "user\titem\trating\nu1\ta,b\t3\r\nu2\ta,b\t4\r\n");
    RatingSplit half = new RatingSplit.ByChance(new RandomSplit(0.5, 1));
    RatingsDataset data =
        RatingsDatasets.load(file.toString(), RatingColumns.DEFAULT, half, NOWHERE);
    assertThat(triples(data)).containsExactlyInAnyOrder("u1 a,b 3.0", "u2 a,b 4.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user,item,rating/1,2,3/1,2/4,5,3|, line 3: 2 cells for 3 columns",
        "user,item,rating/1,2,3/1,2,x|, line 3: rating \"x\" is not a number",
        "user,item,rating/1,2,3//1,2,x|, line 4: rating \"x\" is not a number",
        "user,item,rating/1,2,3/1,2,x/1,2,3/|, line 3: rating \"x\" is not a number",
        "user,item,rating/1,\"2/3\",3/1,2,x|, line 4: rating \"x\" is not a number",
        "user,item,rating/1,2,3/1,\"2/3\",x/|, line 3: rating \"x\" is not a number",
        "user,item,rating/1,2,NaN|, line 2: rating \"NaN\" is not a number",
        "user,item,rating/1,2,3D|, line 2: rating \"3D\" is not a number",
        "user,item,rating/,2,3|, line 2: the user is empty",
        "user,item,rating/1,,3|, line 2: the item is empty",
        "user,item,rating/1,\"2\"3,3|, near line 2: a closing quote is followed by more of the cell; put quotes around whole cells",
        "user,item,rating/|has a header and no ratings",
        "usr,item,rating/1,2,3|no column \"user\"; did you mean \"usr\"? There are: usr, item, rating",
      })
  void aDamagedRowIsNamedByItsLine(String table, String reason) throws IOException {
    Path file = file("bad.csv", table.replace('/', '\n'));
    assertThatThrownBy(() -> load(file, RatingColumns.DEFAULT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(reason);
  }

  @Test
  void aFileThatIsNoTextOrNotThereIsRefused() throws IOException {
    Path empty = file("empty.csv", "");
    assertThatThrownBy(() -> load(empty, RatingColumns.DEFAULT))
        .hasMessage(empty + " is empty; give a file whose first line names the columns");
    Path binary = Files.write(folder.resolve("b.csv"), new byte[] {(byte) 0xff, 0, 1});
    assertThatThrownBy(() -> load(binary, RatingColumns.DEFAULT))
        .hasMessageContaining("is not UTF-8 text");
    assertThatThrownBy(() -> load(folder.resolve("none.csv"), RatingColumns.DEFAULT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("unknown ratings");
  }

  @Test
  void aPublishedSplitIsRefusedWhereThereIsNone() throws IOException {
    Path file = file("r.csv", "user,item,rating\n1,2,3\n2,3,4\n");
    RatingSplit u1 = new RatingSplit.Published("u1");
    for (String name : List.of(file.toString(), "ratings-sample")) {
      assertThatThrownBy(() -> RatingsDatasets.load(name, RatingColumns.DEFAULT, u1, NOWHERE))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("has no published split");
    }
    assertThatThrownBy(() -> new RatingSplit.Published("../u1"))
        .hasMessageContaining("cannot be named");
    assertThatThrownBy(() -> new RatingSplit.ByChance(new RandomSplit(1, 0)))
        .hasMessageContaining("between 0 and 1");
  }

  @Test
  void aSplitIsTheSameForTheSameSeedAndLosesNothing() {
    int[] rows = IntStream.range(0, 1000).toArray();
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Ratings all = Ratings.of(rows, rows, values);
    Ratings.Parts parts = all.split(new RandomSplit(0.2, 42));
    assertThat(parts.valid().count()).isEqualTo(200);
    assertThat(parts.train().values()).isSorted().hasSize(800);
    assertThat(parts.valid().values())
        .isEqualTo(all.split(new RandomSplit(0.2, 42)).valid().values());
    assertThat(parts.valid().values())
        .isNotEqualTo(all.split(new RandomSplit(0.2, 43)).valid().values());
    Set<Integer> both = Arrays.stream(parts.train().users()).boxed().collect(Collectors.toSet());
    both.addAll(Arrays.stream(parts.valid().items()).boxed().toList());
    assertThat(both).hasSize(1000);
    assertThat(parts.valid().mean()).as("a fair draw").isBetween(450.0, 550.0);
    assertThatThrownBy(() -> all.slice(0, 2).split(new RandomSplit(0.1, 1)))
        .hasMessageContaining("one part empty");
    assertThatThrownBy(() -> all.requireWithin(0, 998))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("rating 1000 is 999.0, outside the model's range of 0.0 to 998.0");
    assertThatThrownBy(() -> Ratings.of(rows, new int[3], values))
        .hasMessageContaining("1000 users, 3 items and 1000 values");
  }

  private static RatingsDataset load(Path file, RatingColumns columns) {
    return RatingsDatasets.load(file.toString(), columns, QUARTER, NOWHERE);
  }

  private static List<String> triples(RatingsDataset data) {
    return List.of(data.train(), data.valid()).stream()
        .flatMap(part -> IntStream.range(0, part.count())
            .mapToObj(i -> data.users().id(part.users()[i]) + " " + data.items().id(part.items()[i])
                + " " + part.values()[i]))
        .toList();
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
