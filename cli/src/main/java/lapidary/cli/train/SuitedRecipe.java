package lapidary.cli.train;

import java.util.Locale;
import lapidary.cli.console.Console;
import lapidary.trainer.kind.Recipe;

/** Says what the number of rows has made of a recipe. Stateless. */
final class SuitedRecipe {
  private SuitedRecipe() {}

  static void print(Recipe documented, Recipe suited, Console console) {
    if (!suited.equals(documented)) {
      console
          .err()
          .printf(
              Locale.ROOT,
              "%-12s batches of %d, %d epochs, for so few rows; --batch and --epochs change it%n",
              "recipe",
              suited.batch(),
              suited.epochs());
    }
  }
}
