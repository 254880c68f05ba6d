package lapidary.runtime;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import lapidary.models.NearestName;

/** A door over what lends a model, which is read again when another has taken over. */
final class FollowingDoor<V> implements FrontDoor<V> {
  private final ModelSource source;
  private final Function<DescribedModel, V> reader;
  private final boolean owner;
  private volatile Known<V> known;

  private record Known<V>(Model model, V view) {}

  private FollowingDoor(
      ModelSource source, Function<DescribedModel, V> reader, boolean owner, Known<V> known) {
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
  static <V> FollowingDoor<V> over(
      ModelSource source, Function<DescribedModel, V> reader, Function<V, String> output) {
    return source.lend((model, rows) -> {
      V view = reader.apply(DescribedModel.of(model));
      requireGiven(output.apply(view), rows, model);
      return new FollowingDoor<>(source, reader, false, new Known<>(model, view));
    });
  }

  @Override
  public FrontDoor<V> owning() {
    return new FollowingDoor<>(source, reader, true, known);
  }

  @Override
  public <T> T with(BiFunction<V, Inference, T> use) {
    return source.lend((model, rows) -> use.apply(view(model), rows));
  }

  @Override
  public Model model() {
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
      last = new Known<>(model, reader.apply(DescribedModel.of(model)));
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
