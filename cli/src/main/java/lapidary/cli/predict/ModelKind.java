package lapidary.cli.predict;

import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Signature;
import lapidary.runtime.Model;

/** What a file takes, which decides how its inputs are read. */
enum ModelKind {
  /** Images, and whatever has no description of ours: the front door says what is wrong with it. */
  IMAGES("images"),
  /** Ids of users and items. */
  RATINGS("ids of users and items"),
  /** Rows of a table. */
  TABLES("rows of a table");

  private final String inputs;

  ModelKind(String inputs) {
    this.inputs = inputs;
  }

  /** What goes in, in words. */
  String inputs() {
    return inputs;
  }

  static ModelKind of(Model model) {
    return model
        .description()
        .map(ModelDescription::signature)
        .map(ModelKind::of)
        .orElse(IMAGES);
  }

  private static ModelKind of(Signature signature) {
    if (!signature.columns().isEmpty()) {
      return TABLES;
    }
    return signature.hasOutput(Output.RATING) ? RATINGS : IMAGES;
  }
}
