package lapidary.trainer.kind;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import lapidary.models.Architecture;
import lapidary.models.NearestName;
import lapidary.trainer.block.ResidualNetwork;
import lapidary.trainer.network.Blueprint;
import lapidary.trainer.network.FreshWeights;
import lapidary.trainer.network.FrozenNorm;
import lapidary.trainer.network.LayerGroup;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.WeightDecay;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;

/** A classifier of RGB photos of any size, which may start from published weights. */
public sealed interface PhotoModel extends ModelChoice {
  /** The documented ones. */
  static List<PhotoModel> documented() {
    return List.of(
        new Resnet(Architecture.Resnet.NAME_18), new Resnet(Architecture.Resnet.NAME_34));
  }

  /**
   * A documented model for photos.
   *
   * @throws lapidary.models.InvalidInputException if the name is another model's
   */
  static PhotoModel of(String name) {
    return documented().stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(() -> NearestName.unknown("network for photos", name, names()));
  }

  /** The names of the documented ones. */
  static List<String> names() {
    return documented().stream().map(ModelChoice::name).toList();
  }

  /** The network with a new head for these classes. */
  Architecture architecture(int classes);

  /** The network as it was published, with a classifier of its own. */
  Architecture published(int classes);

  /** The recipe from fresh weights: everything learns from the beginning, at one rate. */
  Recipe freshRecipe();

  @Override
  default String learnsFrom() {
    return "photos";
  }

  /** All cores: these networks are large enough for them. */
  @Override
  default int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * {@code resnet18} and {@code resnet34}: residual networks of basic blocks.
   *
   * @param name one of the two
   */
  record Resnet(String name) implements PhotoModel {
    private static final int BATCH = 32;
    private static final double RATE = 3e-3;
    /** Any size does, since only the number of channels decides the shapes of weights. */
    private static final int SIDE = 32;

    private static final List<LayerGroup> GROUPS = List.of(
        new LayerGroup("stem and layers 1-2", List.of("conv1.", "bn1.", "layer1.", "layer2.")),
        new LayerGroup("layers 3-4", List.of("layer3.", "layer4.")),
        new LayerGroup("head", List.of(ResidualNetwork.HEAD, ResidualNetwork.CLASSIFIER)));

    @Override
    public Architecture architecture(int classes) {
      return Architecture.Resnet.named(name, Architecture.Resnet.Head.TRANSFER, classes);
    }

    @Override
    public Architecture published(int classes) {
      return Architecture.Resnet.named(name, Architecture.Resnet.Head.PLAIN, classes);
    }

    /** Fine-tuning (Howard &amp; Gugger 2020): the head alone, while the body's batch norm trains too, then everything, one cycle each. */
    @Override
    public Recipe recipe() {
      FitPlan first = new FitPlan(3, LearningRates.slice(RATE), Schedule.oneCycle());
      FitPlan fit = new FitPlan(2, LearningRates.slice(1e-5, 1e-3), Schedule.oneCycle());
      return recipe(List.of(Phase.frozen(first, FrozenNorm.TRAIN), Phase.open(fit)));
    }

    @Override
    public Recipe freshRecipe() {
      FitPlan fit = new FitPlan(5, LearningRates.all(RATE), Schedule.oneCycle());
      return recipe(List.of(Phase.open(fit)));
    }

    private static Recipe recipe(List<Phase> phases) {
      Adam adam = new Adam(0.9, 0.99, 1e-5, WeightDecay.decoupled(0.01));
      return new Recipe(phases, BATCH, adam, OptionalDouble.empty());
    }

    @Override
    public Optional<Blueprint> blueprint(Architecture architecture) {
      return architecture instanceof Architecture.Resnet size
          ? Optional.of(new Blueprint(
              new ResidualNetwork(size),
              GROUPS,
              FreshWeights.KAIMING_NORMAL,
              List.of(new Shape(1, Architecture.Resnet.CHANNELS, SIDE, SIDE))))
          : Optional.empty();
    }
  }
}
