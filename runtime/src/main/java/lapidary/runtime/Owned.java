package lapidary.runtime;

import java.util.function.Function;

/** Hands a model to its new owner, or closes it if the owner refuses it. Stateless. */
final class Owned {
  private Owned() {}

  static <T> T open(Model model, Function<Model, T> owner) {
    try {
      return owner.apply(model);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }
}
