package lapidary.trainer;

import java.util.List;
import java.util.SortedMap;
import lapidary.models.NearestName;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.kind.Preset;
import lapidary.trainer.kind.Recipe;

/**
 * Everything that decides a run's weights, beside the data and the machine.
 *
 * @param model what to train
 * @param recipe how
 * @param options seed, device, threads and whether to resume
 */
public record TrainingPlan(ModelChoice model, Recipe recipe, RunOptions options) {
  /** The documented plan of a documented model. */
  public static TrainingPlan of(String model) {
    return preset(model, Preset.DEFAULT);
  }

  /**
   * A plan by name: {@link Preset#DEFAULT}, or for some models another.
   *
   * @throws lapidary.models.InvalidInputException if the model has no such plan
   */
  public static TrainingPlan preset(String name, String preset) {
    ModelChoice model = ModelChoice.of(name);
    List<String> known = model.presets().stream().map(Preset::name).toList();
    return model.presets().stream()
        .filter(candidate -> candidate.name().equals(preset))
        .findFirst()
        .map(found -> new TrainingPlan(found.model(), found.recipe(), RunOptions.DEFAULT))
        .orElseThrow(() -> NearestName.unknown(name + " preset", preset, known));
  }

  /** The same plan for another size of model. */
  public TrainingPlan withModel(ModelChoice changed) {
    return new TrainingPlan(changed, recipe, options);
  }

  /** The same with another recipe. */
  public TrainingPlan withRecipe(Recipe changed) {
    return new TrainingPlan(model, changed, options);
  }

  /** The same with other options. */
  public TrainingPlan withOptions(RunOptions changed) {
    return new TrainingPlan(model, recipe, changed);
  }

  /** The engine's threads: as asked for, else the model's best. */
  int threads() {
    int asked = options.place().threads();
    return asked > 0 ? asked : model.threads();
  }

  /** Option name to value, as the command line takes them. */
  public SortedMap<String, String> hyperParameters() {
    SortedMap<String, String> map = recipe.hyperParameters();
    map.putAll(model.hyperParameters());
    map.put("threads", Integer.toString(threads()));
    return map;
  }
}
