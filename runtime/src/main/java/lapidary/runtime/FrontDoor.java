package lapidary.runtime;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import lapidary.models.NearestName;

/**
 * What is read of a model before it answers, such as its labels, and read again when another model has taken over. Answers and
 * what was read are of one model always. Thread-safe.
 */
final class FrontDoor<V> implements AutoCloseable {
  private final ModelSource source;
  private final Function<Model, V> reader;
  private final boolean owner;
  private volatile Known<V> known;

  private record Known<V>(Model model, V view) {}

  private FrontDoor(ModelSource source, Function<Model, V> reader, boolean owner, Known<V> known) {
    this.source = source;
    this.reader = reader;
    this.owner = owner;
    this.known = known;
  }

  /**
   * A door that borrows its source.
   *
   * @param reader reads a model, or refuses it
   * @param output the output that will be asked for
   * @throws lapidary.models.InvalidInputException if the model is refused or the source does not give the output
   */
  static <V> FrontDoor<V> over(
      ModelSource source, Function<Model, V> reader, Function<V, String> output) {
    return source.lend((model, rows) -> {
      V view = reader.apply(model);
      requireGiven(output.apply(view), rows, model);
      return new FrontDoor<>(source, reader, false, new Known<>(model, view));
    });
  }

  /** The same door, which closes its source. */
  FrontDoor<V> owning() {
    return new FrontDoor<>(source, reader, true, known);
  }

  /** Uses what is known of the model that answers now, and what runs rows on it. */
  <T> T with(BiFunction<V, Inference, T> use) {
    return source.lend((model, rows) -> use.apply(view(model), rows));
  }

  /** What is known of the model that answers now. */
  V view() {
    return with((view, rows) -> view);
  }

  /** The model that answers now. */
  Model model() {
    return source.lend((model, rows) -> model);
  }

  /** Closes the source if this owns it. */
  @Override
  public void close() {
    if (owner) {
      source.close();
    }
  }

  private V view(Model model) {
    Known<V> last = known;
    if (last.model() != model) {
      last = new Known<>(model, reader.apply(model));
      known = last;
    }
    return last.view();
  }

  private static void requireGiven(String output, Inference rows, Model model) {
    List<String> given = rows.outputs().stream().map(TensorInfo::name).toList();
    if (!given.contains(output)) {
      throw NearestName.unknown("output of a batcher over " + model.file(), output, given);
    }
  }
}
