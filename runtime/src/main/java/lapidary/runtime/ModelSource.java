package lapidary.runtime;

import java.util.function.BiFunction;

/**
 * Where {@link ImageClassifier} and its like find the model that answers: a {@link Model} itself or, in
 * {@code lapidary.runtime.serving}, one that follows its file or one whose single rows are run together. Thread-safe.
 */
public interface ModelSource extends AutoCloseable {
  /**
   * Lends the model that answers now. It stays open until {@code use} returns and must not be kept longer.
   *
   * @param use gets the model, to look at, and what runs rows on it
   * @throws IllegalStateException if the model is closed
   */
  <T> T lend(BiFunction<Model, Inference, T> use);

  @Override
  void close();
}
