package lapidary.cli.train;

import java.util.List;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.trainer.kind.Phase;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.network.FrozenNorm;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The first phase of fine-tuning, in which only the head learns. */
final class FreezeOption {
  @Option(
      names = "--freeze-epochs",
      paramLabel = "N",
      description = "Epochs in which only the head learns, before --epochs.")
  private @Nullable Integer epochs;

  @Option(
      names = "--freeze-lr",
      paramLabel = "RATE",
      description = "Learning rate of those epochs.")
  private @Nullable String rate;

  @Option(
      names = "--frozen-norm",
      paramLabel = "HOW",
      description =
          "What the frozen layers' batch norm does meanwhile: train, learn statistics, or keep all.")
  private @Nullable String norm;

  private boolean given() {
    return epochs != null || rate != null || norm != null;
  }

  Recipe applyTo(Recipe recipe) {
    if (!given()) {
      return recipe;
    }
    Phase usual = recipe.frozen().stream()
        .findFirst()
        .orElseThrow(() -> new InvalidInputException(
            "--freeze-epochs, --freeze-lr and --frozen-norm are for networks that start from"
                + " --pretrained weights: there is nothing to keep in fresh ones"));
    if (epochs != null && epochs == 0) {
      return recipe.withFrozen(List.of());
    }
    FitPlan fit = new FitPlan(
        epochs == null ? usual.fit().epochs() : epochs,
        rate == null ? usual.fit().rates() : LearningRates.parse(rate),
        usual.fit().schedule());
    Optional<FrozenNorm> norms =
        norm == null ? usual.frozen() : Optional.of(FrozenNorm.named(norm));
    return recipe.withFrozen(List.of(new Phase(fit, norms)));
  }
}
