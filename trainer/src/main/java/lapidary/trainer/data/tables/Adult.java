package lapidary.trainer.data.tables;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lapidary.models.csv.CsvLayout;
import lapidary.trainer.data.RandomSplit;

/**
 * Census income, 1994 (Becker &amp; Kohavi 1996, UCI, doi 10.24432/C5XW20): the official training and test files. The test file begins
 * with a comment, and its labels end in a full stop, which is cut off.
 */
record Adult() implements KnownTable {
  private static final String TARGET = "income";
  private static final CsvLayout LAYOUT = CsvLayout.DEFAULT
      .commentedBy('|')
      .named(List.of(
          "age",
          "workclass",
          "fnlwgt",
          "education",
          "education-num",
          "marital-status",
          "occupation",
          "relationship",
          "race",
          "sex",
          "capital-gain",
          "capital-loss",
          "hours-per-week",
          "native-country",
          TARGET));

  @Override
  public String name() {
    return "adult";
  }

  @Override
  public String licence() {
    return "CC BY 4.0";
  }

  @Override
  public String description() {
    return "income above 50K from 14 columns of the 1994 census; 32,561 + 16,281 rows";
  }

  @Override
  public String file() {
    return "adult.data.gz";
  }

  @Override
  public TableSplit.Parts read(Path folder) {
    Path test = folder.resolve("adult.test.gz");
    return new TableSplit.Parts(
        Table.read(folder.resolve(file()), LAYOUT),
        withoutFullStops(
            Table.read(Files.exists(test) ? test : folder.resolve("adult.test"), LAYOUT)));
  }

  private static Table withoutFullStops(Table table) {
    return table.with(
        TARGET,
        table.column(TARGET).stream()
            .map(label -> label.endsWith(".") ? label.substring(0, label.length() - 1) : label)
            .toList());
  }

  @Override
  public TableRequest request() {
    RoleRequest roles = RoleRequest.of(TARGET)
        .with(
            ColumnRole.CATEGORICAL,
            List.of(
                "workclass",
                "education",
                "marital-status",
                "occupation",
                "relationship",
                "race",
                "sex",
                "native-country"))
        .with(
            ColumnRole.CONTINUOUS,
            List.of(
                "age",
                "fnlwgt",
                "education-num",
                "capital-gain",
                "capital-loss",
                "hours-per-week"));
    // The publisher's own split is read above; a table keeps none of its own.
    return new TableRequest(
        TableForm.plain(LAYOUT),
        roles,
        TargetRequest.INFERRED,
        new TableSplit.ByChance(new RandomSplit(0.2, 42)),
        1,
        List.of());
  }
}
