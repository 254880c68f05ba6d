package lapidary.cli.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lapidary.cli.console.Console;
import lapidary.cli.option.CsvOption;
import lapidary.cli.option.SplitOption;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.models.Range;
import lapidary.models.Task;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.tables.ColumnRole;
import lapidary.trainer.data.tables.RoleRequest;
import lapidary.trainer.data.tables.TableDataset;
import lapidary.trainer.data.tables.TableDatasets;
import lapidary.trainer.data.tables.TableRequest;
import lapidary.trainer.data.tables.TableSplit;
import lapidary.trainer.data.tables.TargetRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a table is read for tabular: what its columns are for and which rows are set aside. */
final class TableOption {
  @Mixin
  private final CsvOption csv = new CsvOption();

  @Option(
      names = "--target",
      paramLabel = "NAME",
      description = "tabular: the column to predict, of a CSV file.")
  private @Nullable String target;

  @Option(
      names = "--categorical",
      split = ",",
      paramLabel = "NAME",
      description = "tabular: columns of categories; what no option names is inferred.")
  private List<String> categorical = List.of();

  @Option(
      names = "--continuous",
      split = ",",
      paramLabel = "NAME",
      description = "tabular: columns of numbers.")
  private List<String> continuous = List.of();

  @Option(
      names = "--dates",
      split = ",",
      paramLabel = "NAME",
      description = "tabular: columns of dates like 2015-07-31.")
  private List<String> dates = List.of();

  @Option(
      names = "--ignore",
      split = ",",
      paramLabel = "NAME",
      description = "tabular: columns to leave out.")
  private List<String> ignored = List.of();

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "tabular: classification or regression; default by the target's values.")
  private @Nullable String task;

  @Option(names = "--log-target", description = "tabular: learn the logarithm of the target.")
  private boolean log;

  @Option(
      names = "--min-count",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "tabular: categories of fewer training rows are unknown; default ${DEFAULT-VALUE}.")
  private int minCount;

  @Option(
      names = "--valid-file",
      paramLabel = "FILE",
      description = "tabular: a CSV file of the rows to measure on.")
  private @Nullable Path validFile;

  @Option(
      names = "--valid-days",
      paramLabel = "N",
      description = "tabular: measure on the last N days of the first column of --dates.")
  private @Nullable Integer validDays;

  @Option(
      names = "--baseline",
      split = ",",
      paramLabel = "NAME",
      description =
          "tabular: also score the mean target of training rows that agree in these columns.")
  private List<String> baseline = List.of();

  /** Whether anything of it was given. */
  boolean given() {
    return csv.given()
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

  TableDataset load(String data, SplitOption split, Optional<Range> range, Console console) {
    Optional<Path> file = TableDatasets.path(data);
    if (file.isPresent()) {
      return TableDatasets.read(file.get(), request(file.get(), split, range));
    }
    boolean changed = given() || split.given() || range.isPresent();
    if (changed && TableDatasets.isKnown(data)) {
      throw new InvalidInputException(
          data + " brings its own columns, target and split; options for them are for CSV files");
    }
    return TableDatasets.named(data, DataRoots.fromEnvironment(console.environment()));
  }

  private TableRequest request(Path file, SplitOption split, Optional<Range> range) {
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
        csv.of(file),
        roles,
        new TargetRequest(Optional.ofNullable(task).map(TableOption::task), log, range),
        split(split),
        minCount,
        baseline);
  }

  private TableSplit split(SplitOption chance) {
    if (chance.name().isPresent()) {
      throw new InvalidInputException(
          "a CSV file has no published split; use --valid, --valid-file or --valid-days");
    }
    int ways = (chance.givenByChance() ? 1 : 0)
        + (validFile != null ? 1 : 0)
        + (validDays != null ? 1 : 0);
    if (ways > 1) {
      throw new InvalidInputException("--valid or --split-seed, --valid-file and --valid-days"
          + " contradict each other; give one of them");
    }
    if (validFile != null) {
      return new TableSplit.ByFile(validFile, csv.of(validFile));
    }
    return validDays == null
        ? new TableSplit.ByChance(new RandomSplit(chance.share(), chance.seed()))
        : lastDays(validDays);
  }

  private TableSplit lastDays(int days) {
    if (dates.isEmpty()) {
      throw new InvalidInputException("--valid-days counts days of a column; name it with --dates");
    }
    return new TableSplit.LastDays(dates.get(0), days);
  }

  private static Task task(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "classification" -> Task.CLASSIFICATION;
      case "regression" -> Task.REGRESSION;
      default -> throw NearestName.unknown("task", name, List.of("classification", "regression"));
    };
  }
}
