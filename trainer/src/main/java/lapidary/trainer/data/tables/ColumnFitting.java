package lapidary.trainer.data.tables;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lapidary.models.CategoryInput;
import lapidary.models.CellForm;
import lapidary.models.ColumnInput;
import lapidary.models.DateInput;
import lapidary.models.DatePart;
import lapidary.models.IdVocabulary;
import lapidary.models.InvalidInputException;
import lapidary.models.NumberInput;

/** Learns the preprocessing of columns from training rows, and from nothing else. */
final class ColumnFitting {
  private final Table train;
  private final int minCount;

  /** @param minCount values of a category with fewer rows become the unknown one */
  ColumnFitting(Table train, int minCount) {
    if (minCount < 1) {
      throw new InvalidInputException(
          "a category of at least " + minCount + " rows cannot be; --min-count is 1 or more");
    }
    this.train = train;
    this.minCount = minCount;
  }

  /** The input of a column in a role other than target and ignored. */
  ColumnInput fit(ColumnDecision decision) {
    return switch (decision.role()) {
      case CATEGORICAL -> category(decision.column());
      case CONTINUOUS -> number(decision.column());
      case DATE -> date(decision.column());
      case TARGET, IGNORED -> throw new IllegalArgumentException(decision + " is not an input");
    };
  }

  private CategoryInput category(String name) {
    CellForm form = train.cells(name);
    Map<String, Long> counts = train.column(name).stream()
        .map(cell -> form.isMissing(cell) ? CategoryInput.NONE : cell)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    List<String> common = counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= minCount)
        .map(Map.Entry::getKey)
        .toList();
    return new CategoryInput(name, IdVocabulary.of(common), Optional.of(form));
  }

  /** Sums in double precision over all training rows. */
  private NumberInput number(String name) {
    List<String> cells = train.column(name);
    double[] raw = IntStream.range(0, cells.size())
        .mapToDouble(row -> Target.number(train, row, name, cells.get(row)))
        .toArray();
    double[] present = Arrays.stream(raw).filter(v -> !Double.isNaN(v)).sorted().toArray();
    float median = (float) median(present);
    double[] filled = Arrays.stream(raw).map(v -> Double.isNaN(v) ? median : v).toArray();
    double mean = Arrays.stream(filled).average().orElseThrow();
    double variance =
        Arrays.stream(filled).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    return new NumberInput(
        name,
        median,
        (float) mean,
        // A column of one number and missing ones has no deviation; 1 leaves it as it is.
        variance > 0 ? (float) Math.sqrt(variance) : 1,
        present.length < raw.length,
        Optional.of(train.cells(name)));
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private DateInput date(String name) {
    List<LocalDate> dates = Arrays.stream(TableCells.days(train, name))
        .filter(DateInput::isDate)
        .distinct()
        .mapToObj(LocalDate::ofEpochDay)
        .toList();
    List<DateInput.Part> parts = new ArrayList<>();
    for (DatePart part : DatePart.values()) {
      IdVocabulary values = IdVocabulary.of(
          dates.stream().map(date -> Integer.toString(part.of(date))).toList());
      if (values.ids().size() > 1) {
        parts.add(new DateInput.Part(part, values));
      }
    }
    return new DateInput(name, parts, Optional.of(train.cells(name)));
  }
}
