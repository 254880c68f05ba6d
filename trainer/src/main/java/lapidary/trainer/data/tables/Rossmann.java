package lapidary.trainer.data.tables;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lapidary.models.Task;
import lapidary.models.csv.CsvLayout;

/**
 * Daily sales of 100 drug stores (Kaggle competition, 2015), joined with the tables of stores and of their federal states. Days
 * without sales are left out, the logarithm is learnt, the last six weeks are set aside. The number of customers is not known before
 * the day is over and therefore ignored.
 */
record Rossmann() implements KnownTable {
  private static final String TARGET = "Sales";
  private static final String STORE = "Store";
  private static final TableSplit SPLIT = new TableSplit.LastDays("Date", 42);

  @Override
  public String name() {
    return "rossmann";
  }

  @Override
  public String licence() {
    return "the Kaggle competition's rules, not an open licence";
  }

  @Override
  public String description() {
    return "daily sales of 100 stores, joined with what is known of each; 72,100 + 3,618 rows";
  }

  @Override
  public String file() {
    return "train_100stores.csv.gz";
  }

  @Override
  public TableSplit.Parts read(Path folder) {
    Table all = Table.read(folder.resolve(file()), CsvLayout.DEFAULT)
        .join(Table.read(folder.resolve("store.csv"), CsvLayout.DEFAULT), STORE)
        .join(Table.read(folder.resolve("store_states.csv"), CsvLayout.DEFAULT), STORE);
    List<String> sales = all.column(TARGET);
    return SPLIT.divide(all.where(row -> !sales.get(row).equals("0")));
  }

  @Override
  public TableRequest request() {
    RoleRequest roles = RoleRequest.of(TARGET)
        .with(
            ColumnRole.CATEGORICAL,
            List.of(
                STORE,
                "DayOfWeek",
                "Promo",
                "StateHoliday",
                "SchoolHoliday",
                "StoreType",
                "Assortment",
                "CompetitionOpenSinceMonth",
                "CompetitionOpenSinceYear",
                "Promo2",
                "Promo2SinceWeek",
                "Promo2SinceYear",
                "PromoInterval",
                "State"))
        .with(ColumnRole.CONTINUOUS, List.of("CompetitionDistance"))
        .with(ColumnRole.DATE, List.of("Date"))
        .with(ColumnRole.IGNORED, List.of("Customers", "Open"));
    return new TableRequest(
        TableForm.plain(CsvLayout.DEFAULT),
        roles,
        new TargetRequest(Optional.of(Task.REGRESSION), true, Optional.empty()),
        SPLIT,
        1,
        List.of(STORE, "DayOfWeek"));
  }
}
