package lapidary.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.trainer.kind.Phase;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.network.FrozenNorm;
import lapidary.trainer.schedule.FitPlan;
import org.junit.jupiter.api.Test;

final class TrainingPlanTest {
  @Test
  void thePresetBestIsAnotherPlanAndOnlyOfRecommenders() {
    TrainingPlan best = TrainingPlan.preset("collab", "best");
    assertThat(best.hyperParameters())
        .containsAllEntriesOf(Map.of(
            "factors", "60", "epochs", "10", "implicit", "true", "wd", "0.3", "wd-bias", "0.05"));
    assertThat(TrainingPlan.preset("collab", "default")).isEqualTo(TrainingPlan.of("collab"));
    assertThatThrownBy(() -> TrainingPlan.preset("collab", "bets"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("did you mean \"best\"");
    assertThatThrownBy(() -> TrainingPlan.preset("mnist-nn", "best"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mnist-nn preset");
  }

  @Test
  void theHeadAloneCanBeTrained() {
    Recipe recipe = TrainingPlan.of("resnet18").recipe();
    FitPlan none = new FitPlan(0, recipe.fit().rates(), recipe.fit().schedule());
    Recipe head = recipe.withFit(none);
    assertThat(head.epochs()).isEqualTo(3);
    assertThat(Stage.of(head)).extracting(Stage::end).containsExactly(3, 3);
    assertThatThrownBy(() -> head.withFrozen(List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("0 epochs; give 1 or more");
  }

  @Test
  void aRecipeEndsWithTheOnePhaseOfTheWholeNetwork() {
    Recipe recipe = TrainingPlan.of("resnet18").recipe();
    assertThat(recipe.epochs()).isEqualTo(3 + 2);
    assertThat(recipe.hyperParameters())
        .containsEntry("freeze-epochs", "3")
        .containsEntry("frozen-norm", "train")
        .containsEntry("epochs", "2");
    Phase frozen = Phase.frozen(recipe.fit(), FrozenNorm.KEEP);
    assertThat(recipe.withFrozen(List.of(frozen, frozen)).hyperParameters())
        .containsEntry("frozen-norm", "keep")
        .containsEntry("freeze-epochs-2", "2");
    Phase open = new Phase(recipe.fit(), Optional.empty());
    for (List<Phase> phases :
        List.of(List.<Phase>of(), List.of(frozen), List.of(open, open), List.of(open, frozen))) {
      assertThatThrownBy(() -> new Recipe(phases, 1, recipe.optimizer(), recipe.clipNorm()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("end with one such phase");
    }
  }
}
