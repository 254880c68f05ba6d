package lapidary.cli;

import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Signature;
import lapidary.runtime.Model;

/** What a file takes, which decides how its inputs are read. */
enum ModelKind {
  /** Images, and whatever has no description of ours: the front door says what is wrong with it. */
  IMAGES,
  /** Ids of users and items. */
  RATINGS;

  static ModelKind of(Model model) {
    return model
        .description()
        .map(ModelDescription::signature)
        .map(ModelKind::of)
        .orElse(IMAGES);
  }

  private static ModelKind of(Signature signature) {
    return signature.hasOutput(Output.RATING) ? RATINGS : IMAGES;
  }
}
