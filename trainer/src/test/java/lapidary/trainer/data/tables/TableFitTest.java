package lapidary.trainer.data.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import lapidary.models.CategoryInput;
import lapidary.models.DateInput;
import lapidary.models.DatePart;
import lapidary.models.InvalidInputException;
import lapidary.models.NumberInput;
import lapidary.models.Range;
import lapidary.models.Task;
import lapidary.models.csv.CsvLayout;
import lapidary.trainer.data.RandomSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles, splits and preprocessing of small tables, worked out by hand. */
final class TableFitTest {
  @TempDir
  private Path folder;

  private Path file(String... lines) throws IOException {
    return Files.write(Files.createTempFile(folder, "rows", ".csv"), List.of(lines));
  }

  private static TableRequest request(RoleRequest roles, TableSplit split, int minCount) {
    return new TableRequest(
        TableForm.FOUND, roles, TargetRequest.INFERRED, split, minCount, List.of());
  }

  @Test
  void rolesAreInferredByTheDocumentedRule() throws IOException {
    List<String> lines = new ArrayList<>(List.of("few,many,real,day,word,id,one,none,y"));
    for (int i = 0; i < 44; i++) {
      lines.add((i % 20) + "," + (i % 22) + "," + (i % 3) + ".5,2024-01-" + (10 + i % 9) + ",w"
          + (i % 21) + ",id" + i + ",same,?," + i % 2);
    }
    Table table = Table.read(file(lines.toArray(String[]::new)), CsvLayout.DEFAULT);
    List<ColumnDecision> decisions = RoleInference.decide(table, RoleRequest.of("y"));
    assertThat(decisions)
        .extracting(ColumnDecision::role)
        .containsExactly(
            ColumnRole.CATEGORICAL,
            ColumnRole.CONTINUOUS,
            ColumnRole.CONTINUOUS,
            ColumnRole.DATE,
            ColumnRole.CATEGORICAL,
            ColumnRole.IGNORED,
            ColumnRole.IGNORED,
            ColumnRole.IGNORED,
            ColumnRole.TARGET);
    assertThat(decisions.stream().filter(ColumnDecision::warning).map(ColumnDecision::column))
        .containsExactly("id", "one", "none");
  }

  @Test
  void namesThatOnlyJavaCallsNumbersAreTexts() throws IOException {
    List<String> lines = new ArrayList<>(List.of("format,hex,real,y"));
    for (int i = 0; i < 44; i++) {
      lines.add(
          (i % 2 + 2) + "D,0x" + (i % 25) + "p1," + i + ".5e-1," + (i % 2 == 0 ? "1f" : "2f"));
    }
    Table table = Table.read(file(lines.toArray(String[]::new)), CsvLayout.DEFAULT);
    assertThat(RoleInference.decide(table, RoleRequest.of("y")))
        .extracting(ColumnDecision::role)
        .containsExactly(
            ColumnRole.CATEGORICAL, ColumnRole.IGNORED, ColumnRole.CONTINUOUS, ColumnRole.TARGET);
    Target target = Target.fit(table, "y", TargetRequest.INFERRED);
    assertThat(target.labels().names()).containsExactly("1f", "2f");
    assertThatThrownBy(() -> Target.fit(
            table,
            "format",
            new TargetRequest(Optional.of(Task.REGRESSION), false, Optional.empty())))
        .hasMessageContaining("line 2, column format: \"2D\" is not a number");
  }

  @Test
  void preprocessingIsLearntFromTheTrainingRowsAlone() throws IOException {
    Path train = file(
        "c,n,d,y",
        "a,1,2024-01-31,5",
        "b,,2024-02-01,7",
        "a,2,2024-02-29,6",
        "?,9,2024-02-29,6.5",
        "a,4,2024-01-31,5.5");
    Path valid = file("c,n,d,y", "new,1000,2031-07-07,500");
    TableDataset data = TableDataset.fit(
        new lapidary.models.DataSource("t", "0", "none"),
        new TableSplit.ByFile(valid, CsvLayout.DEFAULT)
            .divide(Table.read(train, CsvLayout.DEFAULT)),
        request(
            RoleRequest.of("y")
                .with(ColumnRole.CATEGORICAL, List.of("c"))
                .with(ColumnRole.CONTINUOUS, List.of("n")),
            new TableSplit.ByFile(valid, CsvLayout.DEFAULT),
            1));
    CategoryInput category = (CategoryInput) data.inputs().get(0);
    assertThat(category.values().ids()).containsExactly("", "a", "b");
    NumberInput number = (NumberInput) data.inputs().get(1);
    // 1 2 4 9: the median is 3; filled, the mean is 19 / 5 and the variance 38.8 / 5.
    assertThat(number.fill()).isEqualTo(3);
    assertThat(number.mean()).isEqualTo(3.8f);
    assertThat(number.deviation()).isCloseTo((float) Math.sqrt(38.8 / 5), within(1e-6f));
    assertThat(number.indicator()).isTrue();
    DateInput date = (DateInput) data.inputs().get(2);
    assertThat(date.parts())
        .extracting(DateInput.Part::part)
        .doesNotContain(DatePart.YEAR, DatePart.YEAR_START)
        .contains(DatePart.MONTH, DatePart.MONTH_END);
    assertThat(data.target().scale().mean()).isCloseTo(6, within(1e-12));
    assertThat(data.showsUnknown()).containsOnly(false);
    assertThat(TableCells.rows(data.parts().valid(), category)).containsExactly(0);
    assertThat(TableCells.numbers(data.parts().train(), number))
        .containsSubsequence(number.standardised(3), 1);
  }

  @Test
  void rareCategoriesAreUnknown() throws IOException {
    Table table =
        Table.read(file("c,y", "a,1", "a,0", "b,1", "a,0", "?,1", "c,0", "c,1"), CsvLayout.DEFAULT);
    TableDataset data = TableDataset.fit(
        new lapidary.models.DataSource("t", "0", "none"),
        new TableSplit.Parts(table, table),
        request(RoleRequest.of("y"), new TableSplit.ByChance(new RandomSplit(.2, 1)), 2));
    CategoryInput category = (CategoryInput) data.inputs().get(0);
    assertThat(category.values().ids()).containsExactly("a", "c");
    assertThat(TableCells.rows(table, category)).containsExactly(1, 1, 0, 1, 0, 2, 2);
    assertThat(data.showsUnknown()).containsExactly(true);
    assertThat(data.target().labels().names()).containsExactly("0", "1");
    assertThat(data.target().classes(table)).containsExactly(1, 0, 1, 0, 1, 0, 1);
  }

  @Test
  void theLastDaysAreSetAside() throws IOException {
    Table table = Table.read(
        file("d,y", "2024-03-01,1", "2024-02-28,2", "2024-02-29,3", "2024-02-27,4"),
        CsvLayout.DEFAULT);
    TableSplit.Parts parts = new TableSplit.LastDays("d", 2).divide(table);
    assertThat(parts.train().column("y")).containsExactly("2", "4");
    assertThat(parts.valid().column("y")).containsExactly("1", "3");
    assertThatThrownBy(() -> new TableSplit.LastDays("d", 9).divide(table))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("0 training and 4 validation rows");
  }

  @Test
  void aSeedSetsTheSameRowsAside() throws IOException {
    String[] lines = IntStream.rangeClosed(0, 50)
        .mapToObj(i -> i == 0 ? "a,y" : i + "," + i)
        .toArray(String[]::new);
    Table table = Table.read(file(lines), CsvLayout.DEFAULT);
    TableSplit.Parts parts = new TableSplit.ByChance(new RandomSplit(.2, 7)).divide(table);
    assertThat(parts.valid().rows()).isEqualTo(10);
    assertThat(parts.train().column("a"))
        .hasSize(40)
        .doesNotContainAnyElementsOf(parts.valid().column("a"));
    assertThat(new TableSplit.ByChance(new RandomSplit(.2, 7))
            .divide(table)
            .valid()
            .column("a"))
        .isEqualTo(parts.valid().column("a"))
        .isNotEqualTo(new TableSplit.ByChance(new RandomSplit(.2, 8))
            .divide(table)
            .valid()
            .column("a"));
  }

  @Test
  void tablesAreJoinedByAColumn() throws IOException {
    Table left = Table.read(file("k,a", "2,x", "1,y", "3,z"), CsvLayout.DEFAULT);
    Table right = Table.read(file("b,k", "one,1", "two,2"), CsvLayout.DEFAULT);
    Table joined = left.join(right, "k");
    assertThat(joined.names()).containsExactly("k", "a", "b");
    assertThat(joined.column("b")).containsExactly("two", "one", "");
  }

  @Test
  void theBaselineIsTheMeanOfTheGroup() throws IOException {
    Table train = Table.read(file("g,y", "a,1.5", "a,2.5", "b,9"), CsvLayout.DEFAULT);
    Table valid = Table.read(file("g,y", "b,1", "a,1", "c,1"), CsvLayout.DEFAULT);
    TableDataset data = TableDataset.fit(
        new lapidary.models.DataSource("t", "0", "none"),
        new TableSplit.Parts(train, valid),
        new TableRequest(
            TableForm.FOUND,
            RoleRequest.of("y"),
            new TargetRequest(Optional.of(Task.REGRESSION), true, Optional.empty()),
            new TableSplit.ByChance(new RandomSplit(.2, 1)),
            1,
            List.of("g")));
    assertThat(Baseline.means(data)).containsExactly(9, 2, 13 / 3f);
    assertThat(Baseline.text(data)).isEqualTo("the mean of the same g");
  }

  @Test
  void targetsThatDoNotFitAreRefused() throws IOException {
    Table train = Table.read(file("a,y", "1,0", "2,-1.5"), CsvLayout.DEFAULT);
    assertThatThrownBy(() ->
            Target.fit(train, "y", new TargetRequest(Optional.empty(), true, Optional.empty())))
        .hasMessageContaining("has no logarithm");
    assertThatThrownBy(
            () -> new TargetRequest(Optional.empty(), true, Optional.of(new Range(0, 5))))
        .hasMessageContaining("has no logarithm");
    Table other = Table.read(file("a,y", "1,yes", "2,no"), CsvLayout.DEFAULT);
    Target target = Target.fit(other, "y", TargetRequest.INFERRED);
    assertThatThrownBy(() -> target.classes(train))
        .hasMessageContaining("line 2, column y: class \"0\" is not among");
  }
}
