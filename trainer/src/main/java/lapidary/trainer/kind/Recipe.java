package lapidary.trainer.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.InvalidInputException;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.Optimizer;
import lapidary.trainer.optim.WeightDecay;
import lapidary.trainer.schedule.FitPlan;

/**
 * The hyper-parameters of a run.
 *
 * @param phases one after another: any in which only the head learns, and at last one in which everything does, which may have no
 *     epochs if another has some
 * @param batch rows a step
 * @param optimizer with its weight decay; it begins anew in each phase
 * @param clipNorm the largest norm of all gradients together; empty for any
 */
public record Recipe(List<Phase> phases, int batch, Optimizer optimizer, OptionalDouble clipNorm) {
  /** Rows a step of the documented models. */
  public static final int BATCH = 64;

  /** Copies the list; refuses phases in another order. */
  public Recipe {
    phases = List.copyOf(phases);
    long open = phases.stream().filter(phase -> phase.frozen().isEmpty()).count();
    if (open != 1 || phases.get(phases.size() - 1).frozen().isPresent()) {
      throw new InvalidInputException("a recipe of " + phases.size() + " phases, " + open
          + " of them for the whole network; end with one such phase, the only one");
    }
    if (phases.stream().allMatch(phase -> phase.fit().epochs() == 0)) {
      throw new InvalidInputException("0 epochs; give 1 or more");
    }
  }

  /** A recipe of one phase. */
  public Recipe(FitPlan fit, int batch, Optimizer optimizer, OptionalDouble clipNorm) {
    this(List.of(Phase.open(fit)), batch, optimizer, clipNorm);
  }

  /** Epochs, learning rates and schedule of the phase in which everything learns. */
  public FitPlan fit() {
    return phases.get(phases.size() - 1).fit();
  }

  /** What comes before {@link #fit}, in which only the head learns; often nothing. */
  public List<Phase> frozen() {
    return phases.subList(0, phases.size() - 1);
  }

  /** Epochs of all phases. */
  public int epochs() {
    return phases.stream().mapToInt(phase -> phase.fit().epochs()).sum();
  }

  /** The same with another number of epochs, rates or schedule of the whole network. */
  public Recipe withFit(FitPlan changed) {
    return with(frozen(), changed);
  }

  /** The same with other phases before that of the whole network, or none. */
  public Recipe withFrozen(List<Phase> changed) {
    return with(changed, fit());
  }

  private Recipe with(List<Phase> frozen, FitPlan fit) {
    List<Phase> all = new ArrayList<>(frozen);
    all.add(Phase.open(fit));
    return new Recipe(all, batch, optimizer, clipNorm);
  }

  /** The same with another number of rows a step. */
  public Recipe withBatch(int changed) {
    return new Recipe(phases, changed, optimizer, clipNorm);
  }

  /** The same with another optimiser. */
  public Recipe withOptimizer(Optimizer changed) {
    return new Recipe(phases, batch, changed, clipNorm);
  }

  /** The same with another bound of the gradients' norm. */
  public Recipe withClipNorm(OptionalDouble changed) {
    return new Recipe(phases, batch, optimizer, changed);
  }

  /** Option name to value, as the command line takes them; what only few recipes have, where it is not as usual. */
  public SortedMap<String, String> hyperParameters() {
    SortedMap<String, String> map = new TreeMap<>();
    map.put("epochs", Integer.toString(fit().epochs()));
    map.put("lr", fit().rates().text());
    map.put("schedule", fit().schedule().name());
    map.put("optimizer", optimizer.name());
    map.put("momentum", Double.toString(optimizer.momentum()));
    map.put("wd", Double.toString(optimizer.weightDecay().rate()));
    map.put("batch", Integer.toString(batch));
    clipNorm.ifPresent(norm -> map.put("clip-norm", Double.toString(norm)));
    for (int i = 0; i < frozen().size(); i++) {
      putFrozen(map, frozen().get(i), i == 0 ? "" : "-" + (i + 1));
    }
    putDecayOnBiases(map, optimizer.weightDecay());
    if (optimizer instanceof Adam adam) {
      putIfUnusual(map, "beta2", adam.beta2(), Adam.of(WeightDecay.NONE).beta2());
      putIfUnusual(map, "epsilon", adam.epsilon(), Adam.of(WeightDecay.NONE).epsilon());
    }
    return map;
  }

  private static void putFrozen(SortedMap<String, String> map, Phase phase, String number) {
    map.put("freeze-epochs" + number, Integer.toString(phase.fit().epochs()));
    map.put("freeze-lr" + number, phase.fit().rates().text());
    phase.frozen().ifPresent(norms -> map.put("frozen-norm" + number, norms.option()));
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
