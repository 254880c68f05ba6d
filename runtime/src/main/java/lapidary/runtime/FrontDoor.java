package lapidary.runtime;

import java.util.function.BiFunction;
import java.util.function.Function;
import lapidary.models.ModelDescription;

/**
 * What is read of a model before it answers, such as its labels, and what runs rows on it. Answers and what was read are of one
 * model always. Thread-safe.
 */
interface FrontDoor<V> extends AutoCloseable {
  /** Uses what is known of the model that answers now, and what runs rows on it. */
  <T> T with(BiFunction<V, Inference, T> use);

  /** The model that answers now. */
  Model model();

  /** The same door, which closes what it is over. */
  FrontDoor<V> owning();

  /** Closes what this is over if it owns it. */
  @Override
  void close();

  /** What is known of the model that answers now. */
  default V view() {
    return with((view, rows) -> view);
  }

  /** A door over what runs a model in some way of its own, which it borrows. */
  static <V> FrontDoor<V> over(
      Inference rows, ModelDescription description, Function<DescribedModel, V> reader) {
    return new Given<>(reader.apply(DescribedModel.of(rows, description)), rows);
  }

  /** What was described by whoever gave it. */
  record Given<V>(V view, Inference rows) implements FrontDoor<V> {
    @Override
    public <T> T with(BiFunction<V, Inference, T> use) {
      return use.apply(view, rows);
    }

    @Override
    public Model model() {
      if (rows instanceof Model model) {
        return model;
      }
      throw new IllegalStateException(
          "this was made of an inference and its description, not of the model of a file; ask"
              + " whoever opened it");
    }

    @Override
    public FrontDoor<V> owning() {
      return this;
    }

    @Override
    public void close() {}
  }
}
