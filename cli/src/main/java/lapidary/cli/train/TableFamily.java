package lapidary.cli.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lapidary.cli.console.Console;
import lapidary.cli.option.ChanceOption;
import lapidary.cli.option.CsvOption;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.models.Task;
import lapidary.trainer.TrainingPlan;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.tables.ColumnRole;
import lapidary.trainer.data.tables.RoleRequest;
import lapidary.trainer.data.tables.TableDataset;
import lapidary.trainer.data.tables.TableDatasets;
import lapidary.trainer.data.tables.TableForm;
import lapidary.trainer.data.tables.TableRequest;
import lapidary.trainer.data.tables.TableSplit;
import lapidary.trainer.data.tables.TargetRequest;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.kind.TableModel;
import lapidary.trainer.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Networks for tables: what the columns are for, which rows are set aside, and the network's size. */
final class TableFamily implements Family {
  @Mixin
  private final CsvOption csv = new CsvOption();

  @Mixin
  private final CellOption cells = new CellOption();

  @Mixin
  private final LayersOption layers = new LayersOption();

  @Mixin
  private final RangeOption range = new RangeOption();

  @Mixin
  private final ChanceOption chance = new ChanceOption();

  @Option(
      names = "--target",
      paramLabel = "NAME",
      description = "the column to predict, of a CSV file.")
  private @Nullable String target;

  @Option(
      names = "--categorical",
      split = ",",
      paramLabel = "NAME",
      description = "columns of categories; what no option names is inferred.")
  private List<String> categorical = List.of();

  @Option(
      names = "--continuous",
      split = ",",
      paramLabel = "NAME",
      description = "columns of numbers.")
  private List<String> continuous = List.of();

  @Option(
      names = "--dates",
      split = ",",
      paramLabel = "NAME",
      description = "columns of dates like 2015-07-31, 31.07.2015 or 07/31/2015.")
  private List<String> dates = List.of();

  @Option(
      names = "--ignore",
      split = ",",
      paramLabel = "NAME",
      description = "columns to leave out.")
  private List<String> ignored = List.of();

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "classification or regression; default by the target's values.")
  private @Nullable String task;

  @Option(names = "--log-target", description = "learn the logarithm of the target.")
  private boolean log;

  @Option(
      names = "--min-count",
      defaultValue = "1",
      paramLabel = "N",
      description = "categories of fewer training rows are unknown; default ${DEFAULT-VALUE}.")
  private int minCount;

  @Option(
      names = "--valid-file",
      paramLabel = "FILE",
      description = "a CSV file of the rows to measure on.")
  private @Nullable Path validFile;

  @Option(
      names = "--valid-days",
      paramLabel = "N",
      description = "measure on the last N days of the first column of --dates.")
  private @Nullable Integer validDays;

  @Option(
      names = "--baseline",
      split = ",",
      paramLabel = "NAME",
      description = "also score the mean target of training rows that agree in these columns.")
  private List<String> baseline = List.of();

  /** Whether anything was said about how the table is read. */
  private boolean given() {
    return csv.given()
        || cells.given()
        || chance.given()
        || range.range().isPresent()
        || target != null
        || !categorical.isEmpty()
        || !continuous.isEmpty()
        || !dates.isEmpty()
        || !ignored.isEmpty()
        || task != null
        || log
        || minCount != 1
        || validFile != null
        || validDays != null
        || !baseline.isEmpty();
  }

  @Override
  public ModelChoice sized(ModelChoice start) {
    return layers.applyTo((TableModel) start);
  }

  @Override
  public Problem problem(String data, Console console) {
    TableDataset rows = load(data, console);
    RoleTable.print(rows, console.err());
    return Problem.of(rows);
  }

  private TableDataset load(String data, Console console) {
    Optional<Path> file = TableDatasets.path(data);
    if (file.isPresent()) {
      return TableDatasets.read(file.get(), request(file.get()));
    }
    if (given() && TableDatasets.isKnown(data)) {
      throw new InvalidInputException(
          data + " brings its own columns, target and split; options for them are for CSV files");
    }
    return TableDatasets.named(data, DataRoots.fromEnvironment(console.environment()));
  }

  private TableRequest request(Path file) {
    if (target == null) {
      throw new InvalidInputException(
          "no target named; say which column of " + file + " to predict with --target NAME");
    }
    RoleRequest roles = RoleRequest.of(target)
        .with(ColumnRole.CATEGORICAL, categorical)
        .with(ColumnRole.CONTINUOUS, continuous)
        .with(ColumnRole.DATE, dates)
        .with(ColumnRole.IGNORED, ignored);
    return new TableRequest(
        new TableForm(csv.of(file), cells.form()),
        roles,
        new TargetRequest(Optional.ofNullable(task).map(TableFamily::task), log, range.range()),
        split(),
        minCount,
        baseline);
  }

  private TableSplit split() {
    int ways = (chance.given() ? 1 : 0) + (validFile != null ? 1 : 0) + (validDays != null ? 1 : 0);
    if (ways > 1) {
      throw new InvalidInputException("--valid or --split-seed, --valid-file and --valid-days"
          + " contradict each other; give one of them");
    }
    if (validFile != null) {
      return new TableSplit.ByFile(validFile, csv.of(validFile));
    }
    return validDays == null ? new TableSplit.ByChance(chance.split()) : lastDays(validDays);
  }

  private TableSplit lastDays(int days) {
    if (dates.isEmpty()) {
      throw new InvalidInputException("--valid-days counts days of a column; name it with --dates");
    }
    return new TableSplit.LastDays(dates.get(0), days);
  }

  @Override
  public Map<String, String> defaults(TrainingPlan plan) {
    Map<String, String> defaults = new TreeMap<>(plan.hyperParameters());
    String few = String.format(Locale.ROOT, "below %,d training rows", TableModel.MANY);
    int batch = TableModel.suited(plan.recipe(), 1).batch();
    defaults.put("batch", plan.recipe().batch() + ", " + few + " " + batch);
    defaults.put("epochs", plan.recipe().epochs() + ", " + few + " up to ten times as many");
    return defaults;
  }

  private static Task task(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "classification" -> Task.CLASSIFICATION;
      case "regression" -> Task.REGRESSION;
      default -> throw NearestName.unknown("task", name, List.of("classification", "regression"));
    };
  }

  @Override
  public String data() {
    return "--data adult";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "--data adult --out runs/adult",
        "--data houses.csv --target price --log-target --dates sold --valid-days 90"
            + " --out runs/houses");
  }
}
