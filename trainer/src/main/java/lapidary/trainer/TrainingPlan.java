package lapidary.trainer;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.Architecture;
import lapidary.models.NearestName;
import lapidary.trainer.kind.Factors;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.WeightDecay;

/**
 * Everything that decides a run's weights, beside the data and the machine.
 *
 * @param model what to train
 * @param recipe how
 * @param options seed, device, threads and whether to resume
 */
public record TrainingPlan(ModelChoice model, Recipe recipe, RunOptions options) {
  /** The preset of {@link #of}. */
  public static final String DEFAULT = "default";

  /** The preset with the least error found. */
  public static final String BEST = "best";

  private static final int BEST_FACTORS = 60;

  /** The documented plan of a documented model. */
  public static TrainingPlan of(String model) {
    ModelChoice choice = ModelChoice.of(model);
    return new TrainingPlan(choice, Recipe.of(choice), RunOptions.DEFAULT);
  }

  /**
   * A plan by name: {@code default}, or, for {@code collab}, {@code best}.
   *
   * @throws lapidary.models.InvalidInputException if the model has no such plan
   */
  public static TrainingPlan preset(String model, String preset) {
    TrainingPlan plan = of(model);
    if (preset.equals(DEFAULT)) {
      return plan;
    }
    List<String> known =
        model.equals(Architecture.Collab.NAME) ? List.of(DEFAULT, BEST) : List.of(DEFAULT);
    if (!known.contains(preset)) {
      throw NearestName.unknown(model + " preset", preset, known);
    }
    return plan.withModel(
            plan.model().withFactors(Factors.DEFAULT.withCount(BEST_FACTORS).withImplicit(true)))
        .withRecipe(Recipe.bestForRatings());
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

  /**
   * The engine's threads: as asked for, else all cores for photos, and 1 for the other documented networks, which are so small that
   * a second thread costs more in waiting than it brings.
   */
  int threads() {
    if (options.threads() > 0) {
      return options.threads();
    }
    return Architecture.Resnet.isNamed(model.name())
        ? Runtime.getRuntime().availableProcessors()
        : 1;
  }

  /** Option name to value, as the command line takes them. */
  public SortedMap<String, String> hyperParameters() {
    SortedMap<String, String> map = new TreeMap<>();
    map.put("epochs", Integer.toString(recipe.fit().epochs()));
    map.put("lr", recipe.fit().rates().text());
    map.put("schedule", recipe.fit().schedule().name());
    map.put("optimizer", recipe.optimizer().name());
    map.put("momentum", Double.toString(recipe.optimizer().momentum()));
    map.put("wd", Double.toString(recipe.optimizer().weightDecay().rate()));
    map.put("batch", Integer.toString(recipe.batch()));
    map.put("threads", Integer.toString(threads()));
    recipe.frozen().ifPresent(first -> {
      map.put("freeze-epochs", Integer.toString(first.fit().epochs()));
      map.put("freeze-lr", first.fit().rates().text());
      map.put("frozen-norm", first.norms().option());
    });
    putDecayOnBiases(map, recipe.optimizer().weightDecay());
    recipe.clipNorm().ifPresent(norm -> map.put("clip-norm", Double.toString(norm)));
    if (model.name().equals(Architecture.MnistNn.NAME)) {
      map.put("hidden", Integer.toString(model.hidden()));
    }
    model.factors().ifPresent(factors -> {
      map.put("factors", Integer.toString(factors.count()));
      map.put("y-range", factors.low() + "," + factors.high());
      if (factors.implicit()) {
        map.put("implicit", "true");
      }
    });
    model.layers().ifPresent(layers -> {
      map.put("layers", layers.layers().toString());
      map.put("dropout", Double.toString(layers.dropout()));
      map.put("embedding-dropout", Double.toString(layers.embeddingDropout()));
    });
    if (recipe.optimizer() instanceof Adam adam) {
      putIfUnusual(map, "beta2", adam.beta2(), Adam.of(WeightDecay.NONE).beta2());
      putIfUnusual(map, "epsilon", adam.epsilon(), Adam.of(WeightDecay.NONE).epsilon());
    }
    return map;
  }

  private static void putDecayOnBiases(SortedMap<String, String> map, WeightDecay decay) {
    if (decay.biasRate() == 0 && decay.rate() > 0) {
      map.put("wd-on", "weights");
    } else {
      putIfUnusual(map, "wd-bias", decay.biasRate(), decay.rate());
    }
  }

  private static void putIfUnusual(
      SortedMap<String, String> map, String name, double value, double usual) {
    if (value != usual) {
      map.put(name, Double.toString(value));
    }
  }
}
