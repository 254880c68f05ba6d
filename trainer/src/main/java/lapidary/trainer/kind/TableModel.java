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
  /** Training rows from which on the documented recipe is the best: it makes more than 150 steps. */
  public static final int MANY = 8_000;

  private static final int BATCH = 256;
  private static final int EPOCHS = 5;
  private static final int SMALL_BATCH = 64;
  private static final int STEPS = 375;
  private static final int MOST_EPOCHS = 50;

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

  /** One cycle of Adam with decoupled decay; {@link #suited} for few rows. */
  @Override
  public Recipe recipe() {
    FitPlan fit = new FitPlan(EPOCHS, LearningRates.all(1e-2), Schedule.oneCycle());
    return new Recipe(fit, BATCH, Adam.of(WeightDecay.decoupled(0.01)), OptionalDouble.empty());
  }

  /**
   * A recipe for so many training rows: itself from {@value #MANY} on. Fewer rows in batches of {@value #BATCH} and {@value #EPOCHS}
   * epochs are so few steps that the network has hardly begun; they get batches of {@value #SMALL_BATCH} and as many epochs as make
   * {@value #STEPS} steps, {@value #EPOCHS} at least and {@value #MOST_EPOCHS} at most, beyond which small tables are learned by heart.
   */
  public static Recipe suited(Recipe documented, int rows) {
    if (rows >= MANY) {
      return documented;
    }
    int steps = (rows + SMALL_BATCH - 1) / SMALL_BATCH;
    int epochs = Math.max(EPOCHS, Math.min(MOST_EPOCHS, (STEPS + steps - 1) / steps));
    FitPlan fit = documented.fit();
    return documented
        .withBatch(SMALL_BATCH)
        .withFit(new FitPlan(epochs, fit.rates(), fit.schedule()));
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
