package lapidary.trainer.kind;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.Architecture;
import lapidary.models.Tabular;
import lapidary.trainer.block.TabularBlock;
import lapidary.trainer.network.Blueprint;
import lapidary.trainer.network.FreshWeights;
import lapidary.trainer.network.LayerGroup;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.WeightDecay;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;

/**
 * {@code tabular}: entity embeddings, which learn from the rows of a table.
 *
 * @param hidden the layers between inputs and answer
 */
public record TableModel(Tabular.Hidden hidden) implements ModelChoice {
  private static final int BATCH = 256;

  /** The documented one. */
  public static List<TableModel> documented() {
    return List.of(new TableModel(Tabular.Hidden.DEFAULT));
  }

  @Override
  public String name() {
    return Tabular.NAME;
  }

  @Override
  public String learnsFrom() {
    return "tables";
  }

  /** One cycle of Adam with decoupled decay. */
  @Override
  public Recipe recipe() {
    FitPlan fit = new FitPlan(5, LearningRates.all(1e-2), Schedule.oneCycle());
    return new Recipe(fit, BATCH, Adam.of(WeightDecay.decoupled(0.01)), OptionalDouble.empty());
  }

  @Override
  public SortedMap<String, String> hyperParameters() {
    SortedMap<String, String> map = new TreeMap<>();
    map.put("layers", hidden.layers().toString());
    map.put("dropout", Double.toString(hidden.dropout()));
    map.put("embedding-dropout", Double.toString(hidden.embeddingDropout()));
    return map;
  }

  @Override
  public Optional<Blueprint> blueprint(Architecture architecture) {
    return architecture instanceof Tabular size
        ? Optional.of(blueprint(size, new TabularBlock(size)))
        : Optional.empty();
  }

  /** A network around a block of this kind and size. */
  public static Blueprint blueprint(Tabular size, TabularBlock block) {
    return new Blueprint(
        block,
        LayerGroup.whole(),
        FreshWeights.TABULAR,
        size.columns().stream().map(column -> new Shape(1)).toList());
  }
}
