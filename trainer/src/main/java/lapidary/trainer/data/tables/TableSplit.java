package lapidary.trainer.data.tables;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import lapidary.models.DateInput;
import lapidary.models.InvalidInputException;
import lapidary.models.TrainingSplit;
import lapidary.models.csv.CsvLayout;
import lapidary.trainer.data.RandomSplit;

/** How rows are divided into training and validation. */
public sealed interface TableSplit {
  /**
   * The two parts.
   *
   * @param division what made them; empty if the table comes in two parts
   */
  record Parts(Table train, Table valid, Optional<TrainingSplit> division) {
    /** Parts as they come. */
    public Parts(Table train, Table valid) {
      this(train, valid, Optional.empty());
    }

    /** Refuses an empty part. */
    public Parts {
      if (train.rows() == 0 || valid.rows() == 0) {
        throw new InvalidInputException(train.source() + ": " + train.rows() + " training and "
            + valid.rows() + " validation rows; choose another split");
      }
    }
  }

  /** Divides the rows of a table. */
  Parts divide(Table all);

  /** A random part is set aside; both keep the order of the rows. */
  record ByChance(RandomSplit part) implements TableSplit {
    @Override
    public Parts divide(Table all) {
      return new Parts(
          all.select(part.train(all.rows())),
          all.select(part.valid(all.rows())),
          Optional.of(part.told()));
    }
  }

  /**
   * The validation rows are in a file of their own.
   *
   * @param file with the same columns
   * @param layout how it is written down
   */
  record ByFile(Path file, CsvLayout layout) implements TableSplit {
    @Override
    public Parts divide(Table all) {
      Table valid = Table.read(file, layout).writtenAs(all);
      all.names().forEach(valid::column);
      return new Parts(
          all, valid, Optional.of(new TrainingSplit.OtherFile(String.valueOf(file.getFileName()))));
    }
  }

  /**
   * The last days are set aside.
   *
   * @param column of dates; every row has one
   * @param days how many, the last date's own counted, at least 1
   */
  record LastDays(String column, int days) implements TableSplit {
    /** Refuses no days. */
    public LastDays {
      if (days < 1) {
        throw new InvalidInputException(
            "the last " + days + " days hold nothing to measure on; give at least 1");
      }
    }

    @Override
    public Parts divide(Table all) {
      long[] dates = dates(all);
      long first = Arrays.stream(dates).max().orElse(0) - days + 1;
      return new Parts(
          all.where(row -> dates[row] < first),
          all.where(row -> dates[row] >= first),
          Optional.of(new TrainingSplit.LastDays(column, days)));
    }

    private long[] dates(Table all) {
      long[] days = TableCells.days(all, column);
      for (int row = 0; row < days.length; row++) {
        if (!DateInput.isDate(days[row])) {
          throw new InvalidInputException(all.where(row) + ", column " + column
              + ": a row without a date is in no part; leave such rows out");
        }
      }
      return days;
    }
  }
}
