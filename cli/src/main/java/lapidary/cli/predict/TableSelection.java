package lapidary.cli.predict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lapidary.cli.console.Console;
import lapidary.cli.option.CsvOption;
import lapidary.cli.option.TrainedData;
import lapidary.cli.predict.PartOption.Part;
import lapidary.models.ColumnInput;
import lapidary.models.DataSource;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.models.TrainingSplit;
import lapidary.runtime.Model;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.tables.Table;
import lapidary.trainer.data.tables.TableDataset;
import lapidary.trainer.data.tables.TableDatasets;
import lapidary.trainer.data.tables.TableSplit;

/**
 * The rows of a table that are scored: as is asked for, else those held out when the model was trained, else all.
 *
 * @param rows the rows
 * @param part which they are, in words
 */
record TableSelection(Table rows, String part) {
  static TableSelection of(
      Model model, String data, PartOption option, CsvOption csv, Console console) {
    TrainedData trained = TrainedData.of(model);
    Optional<Part> asked = option.part("tables");
    Optional<Path> file = TableDatasets.path(data);
    if (file.isPresent()) {
      Table rows = written(Table.read(file.get(), csv.of(file.get())), model);
      return ofFile(file.get(), rows, trained, option, asked, console);
    }
    if (option.givenByChance()) {
      throw new InvalidInputException(
          data + " brings its own split; --valid and --split-seed are for CSV files, omit them");
    }
    TableDataset known =
        TableDatasets.named(data, DataRoots.fromEnvironment(console.environment()));
    if (asked.orElse(Part.valid) == Part.valid) {
      return new TableSelection(known.parts().valid(), "validation");
    }
    if (asked.get() == Part.all) {
      throw new InvalidInputException(
          data + " is in two parts; give --split valid or --split train");
    }
    trained.warnOfTraining(known.source(), console);
    return new TableSelection(known.parts().train(), "training");
  }

  /** The rows, understood as those that the model was trained on. */
  private static Table written(Table rows, Model model) {
    Table written = rows;
    for (ColumnInput column :
        model.description().map(known -> known.signature().columns()).orElse(List.of())) {
      written = written.writtenAs(column.name(), column.cells());
    }
    return written;
  }

  private static TableSelection ofFile(
      Path file,
      Table rows,
      TrainedData trained,
      PartOption option,
      Optional<Part> asked,
      Console console) {
    DataSource source = source(file);
    boolean divided = option.givenByChance() || (trained.is(source) && !isInOtherFile(trained));
    Part part = asked.orElse(divided ? Part.valid : Part.all);
    if (part == Part.all) {
      trained.warnOfTraining(source, console);
      return new TableSelection(rows, "all rows");
    }
    TrainingSplit split = split(trained, option);
    TableSplit.Parts parts = divider(split).divide(rows);
    if (part == Part.train) {
      trained.warnOfTraining(source, console);
      return new TableSelection(parts.train(), text(split) + ", train");
    }
    trained.warnUnlessHeldOut(source, split, option.givenByChance(), console);
    return new TableSelection(parts.valid(), text(split));
  }

  /** Whether no row of the training's own file was held out. */
  private static boolean isInOtherFile(TrainedData trained) {
    return trained.split().filter(TrainingSplit.OtherFile.class::isInstance).isPresent();
  }

  private static TrainingSplit split(TrainedData trained, PartOption option) {
    return trained
        .split()
        .filter(told -> told instanceof TrainingSplit.LastDays && !option.givenByChance())
        .orElseGet(() -> option.chance(trained));
  }

  private static TableSplit divider(TrainingSplit split) {
    if (split instanceof TrainingSplit.LastDays last) {
      return new TableSplit.LastDays(last.column(), last.days());
    }
    return new TableSplit.ByChance(RandomSplit.of((TrainingSplit.Random) split));
  }

  private static String text(TrainingSplit split) {
    return split instanceof TrainingSplit.LastDays last
        ? "last " + last.days() + " days of " + last.column()
        : PartOption.text((TrainingSplit.Random) split);
  }

  private static DataSource source(Path file) {
    try {
      return new DataSource(String.valueOf(file.getFileName()), Sha256.of(file), "unknown");
    } catch (IOException e) {
      throw FileFailure.reading(file.toString(), e, "give a CSV file that can be read");
    }
  }
}
