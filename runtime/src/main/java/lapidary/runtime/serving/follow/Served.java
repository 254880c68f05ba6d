package lapidary.runtime.serving.follow;

import lapidary.runtime.Inference;
import lapidary.runtime.Model;

/**
 * A model that answers.
 *
 * @param model the model
 * @param rows runs rows on it, in batches or by itself
 * @param end frees it; run once, when nobody uses it any more
 */
public record Served(Model model, Inference rows, Runnable end) {
  /** A model by itself. */
  public static Served alone(Model model) {
    return new Served(model, model, model::close);
  }
}
