package lapidary.trainer.data.tables;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lapidary.models.CategoryInput;
import lapidary.models.ColumnInput;
import lapidary.models.DataSource;
import lapidary.models.DateInput;
import lapidary.models.IdVocabulary;
import lapidary.models.InvalidInputException;
import lapidary.models.Tabular;

/**
 * A table, divided, with the preprocessing learnt from its training rows. Immutable, thread-safe.
 *
 * @param source name, licence and digest of the training file
 * @param parts raw rows
 * @param request what it was read as
 * @param decisions the role of every column
 * @param inputs the columns that go in, in the order of the table
 * @param target what is predicted
 */
public record TableDataset(
    DataSource source,
    TableSplit.Parts parts,
    TableRequest request,
    List<ColumnDecision> decisions,
    List<ColumnInput> inputs,
    Target target) {
  /** Copies the lists. */
  public TableDataset {
    decisions = List.copyOf(decisions);
    inputs = List.copyOf(inputs);
  }

  /**
   * Decides roles and learns the preprocessing, from the training rows alone.
   *
   * @throws InvalidInputException if a cell does not fit its column's role, or no column is left to learn from
   */
  public static TableDataset fit(DataSource source, TableSplit.Parts parts, TableRequest request) {
    Table train = parts.train();
    List<ColumnDecision> decisions = RoleInference.decide(train, request.roles());
    ColumnFitting fitting = new ColumnFitting(train, request.minCount());
    List<ColumnInput> inputs = decisions.stream()
        .filter(d -> d.role() != ColumnRole.TARGET && d.role() != ColumnRole.IGNORED)
        .map(fitting::fit)
        .toList();
    if (inputs.isEmpty()) {
      throw new InvalidInputException(
          train.source() + ": no column is left to predict " + request.roles().target() + " from: "
              + decisions.stream()
                  .map(d -> d.column() + " (" + d.reason() + look(train, d) + ")")
                  .collect(Collectors.joining(", ")));
    }
    Target target = Target.fit(train, request.roles().target(), request.target());
    return new TableDataset(source, parts, request, decisions, inputs, target);
  }

  private static String look(Table train, ColumnDecision decision) {
    return decision.role() == ColumnRole.TARGET
        ? ""
        : NumberLook.of(train.cells(decision.column()), train.column(decision.column()))
            .map(look -> "; " + look)
            .orElse("");
  }

  /** What is learnt, such as {@code regression of price} or {@code classification of income, 2 classes}. */
  public String task() {
    return target.classifies()
        ? "classification of " + target.column() + ", " + target.labels().size() + " classes"
        : "regression of " + (target.scale().log() ? "the logarithm of " : "") + target.column();
  }

  /** What a user may want to change before this is learned from: sentences, perhaps none. */
  public List<String> advice() {
    return TableAdvice.of(this);
  }

  /** The network's size for this data. */
  public Tabular architecture(Tabular.Hidden hidden) {
    return new Tabular(
        inputs.stream().map(TableDataset::column).toList(),
        hidden,
        new Tabular.Answer(
            target.column(),
            target.labels().size(),
            target.scale(),
            Optional.of(parts.train().cells(target.column()))));
  }

  /** Whether training rows use row 0 of each embedding, in the order of {@link Tabular#embeddings}. */
  public List<Boolean> showsUnknown() {
    return inputs.stream().flatMap(this::showsUnknown).toList();
  }

  private java.util.stream.Stream<Boolean> showsUnknown(ColumnInput input) {
    if (input instanceof CategoryInput category) {
      boolean shown = parts.train().column(input.name()).stream()
          .anyMatch(cell -> category.row(cell) == IdVocabulary.UNKNOWN);
      return java.util.stream.Stream.of(shown);
    }
    if (input instanceof DateInput date) {
      boolean missing =
          parts.train().column(input.name()).stream().anyMatch(date.cells()::isMissing);
      return IntStream.range(0, date.parts().size()).mapToObj(i -> missing);
    }
    return java.util.stream.Stream.empty();
  }

  private static Tabular.Column column(ColumnInput input) {
    if (input instanceof CategoryInput category) {
      return new Tabular.Column(
          List.of(Tabular.Embedding.of(input.name(), category.values().rows())), 0);
    }
    if (input instanceof DateInput date) {
      return new Tabular.Column(
          date.parts().stream()
              .map(part -> Tabular.Embedding.of(
                  input.name() + "." + part.part().text(), part.values().rows()))
              .toList(),
          0);
    }
    return new Tabular.Column(List.of(), ((lapidary.models.NumberInput) input).width());
  }
}
