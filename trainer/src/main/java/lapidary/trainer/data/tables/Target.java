package lapidary.trainer.data.tables;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lapidary.models.CellForm;
import lapidary.models.IdVocabulary;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.models.Range;
import lapidary.models.Tabular;
import lapidary.models.Task;

/**
 * What is predicted, and how it becomes numbers.
 *
 * @param column its column
 * @param labels the classes; none for a number
 * @param scale how a number is scaled for training
 */
public record Target(String column, Labels labels, Tabular.Scale scale) {
  /** More classes than this are refused where they look like numbers, unless classes were asked for. */
  private static final int MOST_CLASSES = 100;

  /**
   * Learns labels or scale from the training rows.
   *
   * @throws InvalidInputException if a row has no target, there is one class only, or a number does not fit
   */
  static Target fit(Table train, String column, TargetRequest request) {
    List<String> cells = train.column(column);
    requirePresent(train, column);
    boolean numbers = request
        .task()
        .map(Task.REGRESSION::equals)
        .orElse(request.log()
            || request.range().isPresent()
            || RoleInference.isContinuous(train, column));
    if (!numbers) {
      if (request.task().isEmpty()) {
        requireClasses(train, column);
      }
      return new Target(column, labels(train, column, cells), Tabular.Scale.NONE);
    }
    double[] values = numbers(train, column);
    if (request.log() && Arrays.stream(values).anyMatch(value -> value <= 0)) {
      throw new InvalidInputException(train.source() + ", column " + column
          + ": a value of 0 or less has no logarithm; leave such rows or the log target out");
    }
    return new Target(column, Labels.NONE, scale(train, column, values, request));
  }

  /** Whether classes are predicted. */
  public boolean classifies() {
    return labels.size() > 0;
  }

  /**
   * The classes of rows.
   *
   * @throws InvalidInputException if a row has one that training never showed
   */
  public int[] classes(Table table) {
    Map<String, Integer> numbers = new HashMap<>();
    labels.names().forEach(label -> numbers.put(label, numbers.size()));
    List<String> cells = table.column(column);
    return IntStream.range(0, table.rows())
        .map(row -> {
          Integer number = numbers.get(cells.get(row));
          if (number == null) {
            throw new InvalidInputException(table.where(row) + ", column " + column + ": class \""
                + cells.get(row) + "\" is not among the training rows' " + labels.names());
          }
          return number;
        })
        .toArray();
  }

  /** The numbers of rows in their own unit. */
  public double[] numbers(Table table) {
    return numbers(table, column);
  }

  private static double[] numbers(Table table, String column) {
    requirePresent(table, column);
    List<String> cells = table.column(column);
    return IntStream.range(0, table.rows())
        .mapToDouble(row -> number(table, row, column, cells.get(row)))
        .toArray();
  }

  /** The number in a cell, NaN for a missing one. */
  static float number(Table table, int row, String column, String cell) {
    try {
      return table.cells(column).number(cell);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          table.where(row) + ", column " + column + ": \"" + cell + "\" is not a "
              + table.cells(column).numberText(),
          e);
    }
  }

  private static Labels labels(Table train, String column, Collection<String> cells) {
    Labels labels = new Labels(IdVocabulary.of(cells).ids());
    if (labels.size() < 2) {
      throw new InvalidInputException(train.source() + ": the target " + column + " is "
          + labels.names() + " in every training row; a target needs two classes");
    }
    return labels;
  }

  private static Tabular.Scale scale(
      Table train, String column, double[] values, TargetRequest request) {
    double[] scaled = request.log() ? Arrays.stream(values).map(Math::log).toArray() : values;
    double mean = Arrays.stream(scaled).average().orElseThrow();
    double variance = Arrays.stream(scaled)
        .map(value -> (value - mean) * (value - mean))
        .average()
        .orElseThrow();
    if (!(variance > 0)) {
      throw new InvalidInputException(train.source() + ": the target " + column + " is " + values[0]
          + " in every training row; there is nothing to learn");
    }
    return new Tabular.Scale(
        request.log(),
        mean,
        Math.sqrt(variance),
        request.range().map(range -> request.log() ? logged(range) : range));
  }

  private static Range logged(Range range) {
    return new Range(Math.log(range.low()), Math.log(range.high()));
  }

  private static void requirePresent(Table table, String column) {
    int row = IntStream.range(0, table.rows())
        .filter(i -> table.cells(column).isMissing(table.column(column).get(i)))
        .findFirst()
        .orElse(-1);
    if (row >= 0) {
      throw new InvalidInputException(
          table.where(row) + ", column " + column + ": the target is missing; leave such rows out"
              + kept(table.column(column).get(row)));
    }
  }

  private static String kept(String cell) {
    return cell.isEmpty()
        ? ""
        : ", or give --missing without \"" + cell + "\" if that is a class of its own";
  }

  /** So many classes are seldom meant when they look like numbers. */
  private static void requireClasses(Table train, String column) {
    List<String> classes = train.column(column).stream().distinct().toList();
    if (classes.size() <= MOST_CLASSES) {
      return;
    }
    CellForm form = train.cells(column);
    NumberLook.of(form, classes)
        .or(() -> NumberLook.isMostlyNumbers(form, classes)
            ? Optional.of("is mostly numbers, but not " + firstText(form, classes)
                + "; correct such cells or leave their rows out for a regression")
            : Optional.empty())
        .ifPresent(look -> {
          throw new InvalidInputException(
              train.source() + ": the target would have " + classes.size() + " classes: column "
                  + column + " " + look + "; or give --task classification to insist on classes");
        });
  }

  private static String firstText(CellForm form, List<String> classes) {
    return classes.stream()
        .filter(cell -> !RoleInference.isNumber(form, cell))
        .findFirst()
        .map(cell -> "\"" + cell + "\"")
        .orElseThrow();
  }
}
