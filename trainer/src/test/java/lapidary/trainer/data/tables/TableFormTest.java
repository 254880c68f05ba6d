package lapidary.trainer.data.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import lapidary.models.CategoryInput;
import lapidary.models.CellForm;
import lapidary.models.DateOrder;
import lapidary.models.DecimalMark;
import lapidary.models.InvalidInputException;
import lapidary.models.NumberInput;
import lapidary.models.Task;
import lapidary.trainer.data.RandomSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as people have them: how they are understood, what is asked, and what is suggested. */
final class TableFormTest {
  private static final CellForm COMMAS = CellForm.USUAL.withDecimal(DecimalMark.COMMA);

  @TempDir
  private Path folder;

  private Path file(String header, int rows, IntFunction<String> row) throws IOException {
    List<String> lines = new ArrayList<>(List.of(header));
    IntStream.range(0, rows).mapToObj(row).forEach(lines::add);
    return Files.write(Files.createTempFile(folder, "rows", ".csv"), lines);
  }

  private static TableDataset read(Path file, CellForm cells, RoleRequest roles, Task... task) {
    TargetRequest target =
        new TargetRequest(List.of(task).stream().findFirst(), false, Optional.empty());
    return TableDatasets.read(
        file,
        new TableRequest(
            new TableForm(TableForm.FOUND.layout(), cells),
            roles,
            target,
            new TableSplit.ByChance(new RandomSplit(.2, 1)),
            1,
            List.of()));
  }

  private static TableDataset read(Path file) {
    return read(file, CellForm.USUAL, RoleRequest.of("y"));
  }

  private static ColumnRole role(TableDataset data, String column) {
    return data.decisions().stream()
        .filter(decision -> decision.column().equals(column))
        .findFirst()
        .orElseThrow()
        .role();
  }

  private static String fraction(int i) {
    return String.format(Locale.ROOT, "%d,%02d", i, i % 100);
  }

  @Test
  void columnsOfDecimalCommasAreNumbersWhenThatIsSaid() throws IOException {
    Path file = file("net;kind;y", 50, i -> fraction(i) + ";k" + i % 3 + ";1.0" + (10 + i) + ",5");
    TableDataset data = read(file, COMMAS, RoleRequest.of("y"));
    assertThat(data.request().form().layout().separator()).hasValue(';');
    assertThat(role(data, "net")).isEqualTo(ColumnRole.CONTINUOUS);
    assertThat(data.task()).isEqualTo("regression of y");
    assertThat(data.advice()).isEmpty();
    double[] truth = data.target().numbers(data.parts().train());
    assertThat(Arrays.stream(truth)).allMatch(y -> y >= 1010.5 && y <= 1059.5);
    NumberInput net = (NumberInput) data.inputs().get(0);
    assertThat(net.cells().decimal()).isEqualTo(DecimalMark.COMMA);
    assertThat(
            data.architecture(lapidary.models.Tabular.Hidden.DEFAULT).answer().cells())
        .isEqualTo(COMMAS);
    assertThat(data.request().form().hyperParameters()).isEqualTo(Map.of("decimal", ","));
  }

  @Test
  void decimalCommasAreSuggestedWithTheColumn() throws IOException {
    Path file = file("net;kind;y", 50, i -> fraction(i) + ";k" + i % 3 + ";" + i % 2);
    assertThat(read(file).advice())
        .singleElement()
        .asString()
        .startsWith("column net looks like numbers with decimal commas, such as ")
        .contains("give --decimal ,");
    Path target = file("kind;y", 50, i -> "k" + i % 3 + ";" + i % 4 + ",5");
    assertThat(read(target).advice())
        .singleElement()
        .asString()
        .startsWith("column y looks like numbers with decimal commas, such as ");
    Path alone = file("net;y", 50, i -> fraction(i) + ";" + i % 2);
    assertThatThrownBy(() -> read(alone))
        .hasMessageContaining("no column is left to predict y from: net (")
        .hasMessageContaining("most of them once; looks like numbers with decimal commas");
  }

  @Test
  void commasBetweenThousandsAreNotTakenForFractions() throws IOException {
    assertThat(
            read(file("n;k;y", 50, i -> i + 1 + ",500;k" + i % 3 + ";" + i % 2)).advice())
        .singleElement()
        .asString()
        .contains("if the comma is before a fraction, or write them without it");
    assertThat(read(file("n;k;y", 50, i -> i + 1 + ",500,000;k" + i % 3 + ";" + i % 2))
            .advice())
        .singleElement()
        .asString()
        .contains("commas between thousands", "write them without");
    assertThat(read(
                file("n;k;y", 50, i -> i + ".5;k" + i % 3 + ";" + i % 2),
                COMMAS,
                RoleRequest.of("y"))
            .advice())
        .singleElement()
        .asString()
        .contains("decimal points, such as", "--decimal , does not read");
  }

  @Test
  void manyClassesThatLookLikeNumbersAreNotLearnedUnlessInsistedOn() throws IOException {
    Path commas = file("kind;y", 150, i -> "k" + i % 3 + ";" + fraction(i));
    assertThatThrownBy(() -> read(commas))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("classes: column y looks like numbers with decimal commas")
        .hasMessageContaining("give --decimal ,")
        .hasMessageContaining("give --task classification to insist");
    Path slips = file("kind;y", 150, i -> "k" + i % 3 + ";" + (i % 50 == 7 ? "none" : i + ".5"));
    assertThatThrownBy(() -> read(slips))
        .hasMessageContaining("column y is mostly numbers, but not \"none\"");
    Path same = file("kind,y", 150, i -> "k" + i % 3 + ",\"" + i % 120 + ",5\"");
    Path valid = file("kind,y", 150, i -> "k" + i % 3 + ",\"" + i % 120 + ",5\"");
    TableRequest insisted = new TableRequest(
        TableForm.FOUND,
        RoleRequest.of("y"),
        new TargetRequest(Optional.of(Task.CLASSIFICATION), false, Optional.empty()),
        new TableSplit.ByFile(valid, TableForm.FOUND.layout()),
        1,
        List.of());
    assertThat(TableDatasets.read(same, insisted).task())
        .isEqualTo("classification of y, 120 classes");
    Path names = file("kind,y", 150, i -> "k" + i % 3 + ",n" + i % 2);
    assertThat(read(names).task()).isEqualTo("classification of y, 2 classes");
  }

  @Test
  void everySpellingOfAMissingValueIsTheSame() throws IOException {
    List<String> spellings = List.of("", "NA", "n/a", "NaN", "null", "-", "?");
    Path file = file(
        "n,c,y",
        140,
        i -> (i % 2 == 0 ? i : spellings.get(i % 7)) + ","
            + (i % 3 == 0 ? spellings.get(i % 7) : "c") + "," + i % 2);
    TableDataset data = read(file);
    NumberInput number = (NumberInput) data.inputs().get(0);
    CategoryInput category = (CategoryInput) data.inputs().get(1);
    assertThat(number.indicator()).isTrue();
    assertThat(category.values().ids()).containsExactly("", "c");
    assertThat(spellings).allSatisfy(cell -> assertThat(category.row(cell)).isEqualTo(1));
    TableDataset own =
        read(file, CellForm.USUAL.withMissing(spellings.subList(2, 7)), RoleRequest.of("y"));
    assertThat(role(own, "n")).isNotEqualTo(ColumnRole.CONTINUOUS);
    assertThat(own.inputs())
        .filteredOn(input -> input.name().equals("c"))
        .singleElement()
        .satisfies(
            c -> assertThat(((CategoryInput) c).values().ids()).containsExactly("", "NA", "c"));
    assertThat(own.request().form().hyperParameters()).containsEntry("missing", "-,?,NaN,n/a,null");
  }

  @Test
  void aMissingTargetIsNamedWithTheWayToKeepIt() throws IOException {
    Path file = file("n,y", 20, i -> i + "," + (i % 2 == 0 ? "NA" : "DE"));
    assertThatThrownBy(() -> read(file))
        .hasMessageContaining("the target is missing; leave such rows out")
        .hasMessageContaining("--missing without \"NA\"");
  }

  @Test
  void oneDayAboveTwelveTellsTheOrder() throws IOException {
    Path file = file(
        "a,b,c,y",
        40,
        i -> String.format(
            Locale.ROOT,
            "%02d/%02d/2024,%d-%d-2024,%d.%d.2024 08:30,%d",
            1 + i % 12,
            i == 39 ? 30 : 1 + i % 9,
            i == 3 ? 13 : 1 + i % 9,
            1 + i % 12,
            1 + i % 12,
            1 + i % 9,
            i % 2));
    TableDataset data = read(file);
    assertThat(List.of("a", "b", "c"))
        .allSatisfy(column -> assertThat(role(data, column)).isEqualTo(ColumnRole.DATE));
    assertThat(data.inputs())
        .extracting(input -> input.cells().dates())
        .containsExactly(DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST, DateOrder.DAY_FIRST);
  }

  @Test
  void datesThatTellNothingAreAskedAbout() throws IOException {
    Path file = file("d,y", 40, i -> 1 + i % 12 + "/" + (1 + i % 9) + "/2024," + i % 2);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "column d: no date tells whether the day or the month is first, as in")
        .hasMessageContaining("--date-order day or --date-order month");
    Path same = file("d,n,y", 40, i -> "1/2/2024," + i + "," + i % 2);
    assertThat(role(read(same), "d")).isEqualTo(ColumnRole.IGNORED);
    CellForm told = CellForm.USUAL.withDates(DateOrder.MONTH_FIRST);
    assertThat(read(file, told, RoleRequest.of("y")).inputs().get(0).cells().dates())
        .isEqualTo(DateOrder.MONTH_FIRST);
    assertThat(role(
            read(
                file,
                CellForm.USUAL,
                RoleRequest.of("y").with(ColumnRole.CATEGORICAL, List.of("d"))),
            "d"))
        .isEqualTo(ColumnRole.CATEGORICAL);
  }

  /** Else the message would blame the dates that are right. */
  @Test
  void aSlipInANamedColumnOfDatesIsTheOneThatIsNamed() throws IOException {
    Path file = file("d,y", 40, i -> (i == 5 ? "soon" : 1 + i % 28 + ".2.2024") + "," + i % 2);
    assertThatThrownBy(() ->
            read(file, CellForm.USUAL, RoleRequest.of("y").with(ColumnRole.DATE, List.of("d"))))
        .hasMessageContaining("line 7, column d: \"soon\" is not a date")
        .hasMessageContaining("like 31/07/2015");
    Path both = file("d,y", 40, i -> (i % 2 == 0 ? "31/01/2024" : "01/31/2024") + "," + i % 3);
    assertThat(read(both).decisions().get(0).role()).isEqualTo(ColumnRole.CATEGORICAL);
  }

  @Test
  void lastDaysAreCountedInTheColumnsOrder() throws IOException {
    Path file = file("d,n,y", 40, i -> 1 + i % 20 + "/03/2024," + i + "," + i % 2);
    TableDataset data = TableDatasets.read(
        file,
        new TableRequest(
            TableForm.FOUND,
            RoleRequest.of("y").with(ColumnRole.DATE, List.of("d")),
            TargetRequest.INFERRED,
            new TableSplit.LastDays("d", 2),
            1,
            List.of()));
    assertThat(data.parts().valid().column("d"))
        .containsExactly("19/03/2024", "20/03/2024", "19/03/2024", "20/03/2024");
  }

  @Test
  void aMillionRowsAreUnderstood() throws IOException {
    Path file = folder.resolve("million.csv");
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("n;d;y\n");
      for (int i = 0; i < 1_000_000; i++) {
        out.write(i % 1_000 + ",5;" + (1 + i % 28) + ".2.2024;" + i % 2 + "\n");
      }
    }
    TableDataset data = read(file, COMMAS, RoleRequest.of("y"));
    assertThat(data.parts().train().rows()).isEqualTo(800_000);
    assertThat(data.inputs())
        .extracting(input -> input.cells().dates())
        .containsExactly(DateOrder.YEAR_FIRST, DateOrder.DAY_FIRST);
    assertThat(role(data, "n")).isEqualTo(ColumnRole.CONTINUOUS);
  }

  @Test
  void theLogarithmIsSuggestedForSkewedPositiveTargets() throws IOException {
    // The exponential of a ramp, whose logarithm is not skewed at all.
    Path skewed = file("n,y", 100, i -> i + "," + Math.exp(i * .06));
    assertThat(read(skewed).advice()).singleElement().asString().contains("--log-target");
    Path even = file("n,y", 100, i -> i + "," + (100.5 + i));
    assertThat(read(even).advice()).isEmpty();
    Path negative = file("n,y", 100, i -> i + "," + (Math.exp(i * .06) - 5));
    assertThat(read(negative).advice()).isEmpty();
    // Of 0, 0, 3: deviations −1, −1, 2; third moment 2, second moment 2.
    assertThat(TableAdvice.skewness(new double[] {0, 0, 3}))
        .isCloseTo(Math.sqrt(.5), within(1e-12));
  }
}
