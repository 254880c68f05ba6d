package lapidary.trainer.kind;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.Architecture;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Normalization;
import lapidary.trainer.block.HiddenLayerBlock;
import lapidary.trainer.block.LogisticBlock;
import lapidary.trainer.block.VggBlock;
import lapidary.trainer.network.Blueprint;
import lapidary.trainer.network.FreshWeights;
import lapidary.trainer.network.LayerGroup;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.Optimizer;
import lapidary.trainer.optim.Sgd;
import lapidary.trainer.optim.WeightDecay;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;

/** A classifier of grey images of one size, which lie in one file. */
public sealed interface ImageModel extends ModelChoice {
  /** The documented ones, in their documented sizes. */
  static List<ImageModel> documented() {
    return List.of(new Logistic(), new OneHiddenLayer(50), new Vgg());
  }

  /** The network for images of this size. */
  Architecture architecture(ImageInput.Size size, int classes);

  /** How images enter the network: flat, unless the network wants their shape. */
  default ImageInput input(int height, int width, Normalization normalization) {
    return ImageInput.flatGrey(height, width, normalization);
  }

  /**
   * A number that decides the network's size.
   *
   * @param name of the option, such as {@code hidden}
   * @param meaning in a few words
   * @param value as it is
   */
  record Setting(String name, String meaning, int value) {}

  /** What there is to choose of the size; mostly nothing. */
  default List<Setting> settings() {
    return List.of();
  }

  /**
   * The same model in another size.
   *
   * @throws InvalidInputException if it has no such setting, or not with this value
   */
  default ImageModel with(String setting, int value) {
    throw new InvalidInputException(name() + " has no " + setting + " to choose; omit it");
  }

  @Override
  default String learnsFrom() {
    return "images";
  }

  @Override
  default SortedMap<String, String> hyperParameters() {
    SortedMap<String, String> map = new TreeMap<>();
    settings().forEach(setting -> map.put(setting.name(), Integer.toString(setting.value())));
    return map;
  }

  /** {@code mnist-logistic}: multinomial logistic regression. */
  record Logistic() implements ImageModel {
    @Override
    public String name() {
      return Architecture.MnistLogistic.NAME;
    }

    @Override
    public Architecture architecture(ImageInput.Size size, int classes) {
      return new Architecture.MnistLogistic(size.values(), classes);
    }

    @Override
    public Recipe recipe() {
      return atOneRate(2e-2, new Sgd(0, WeightDecay.l2(1e-5)));
    }

    @Override
    public Optional<Blueprint> blueprint(Architecture architecture) {
      return architecture instanceof Architecture.MnistLogistic size
          ? Optional.of(new Blueprint(
              new LogisticBlock(size.classes()),
              LayerGroup.whole(),
              FreshWeights.LINEAR,
              List.of(new Shape(1, size.inputs()))))
          : Optional.empty();
    }
  }

  /**
   * {@code mnist-nn}: one hidden layer.
   *
   * @param hidden its width, at least 1
   */
  record OneHiddenLayer(int hidden) implements ImageModel {
    private static final String HIDDEN = "hidden";

    @Override
    public String name() {
      return Architecture.MnistNn.NAME;
    }

    @Override
    public List<Setting> settings() {
      return List.of(new Setting(HIDDEN, "width of the hidden layer", hidden));
    }

    @Override
    public ImageModel with(String setting, int value) {
      return setting.equals(HIDDEN)
          ? new OneHiddenLayer(value)
          : ImageModel.super.with(setting, value);
    }

    @Override
    public Architecture architecture(ImageInput.Size size, int classes) {
      return new Architecture.MnistNn(size.values(), hidden, classes);
    }

    @Override
    public Recipe recipe() {
      return atOneRate(1e-3, Adam.of(WeightDecay.NONE));
    }

    @Override
    public Optional<Blueprint> blueprint(Architecture architecture) {
      return architecture instanceof Architecture.MnistNn size
          ? Optional.of(new Blueprint(
              new HiddenLayerBlock(size.hidden(), size.classes()),
              List.of(
                  new LayerGroup(HIDDEN, List.of("lin1.")),
                  new LayerGroup("head", List.of("lin2."))),
              FreshWeights.LINEAR,
              List.of(new Shape(1, size.inputs()))))
          : Optional.empty();
    }
  }

  /** {@code mnist-vgg}: two stages of convolutions before a hidden layer. */
  record Vgg() implements ImageModel {
    @Override
    public String name() {
      return Architecture.MnistVgg.NAME;
    }

    @Override
    public Architecture architecture(ImageInput.Size size, int classes) {
      return new Architecture.MnistVgg(size.height(), size.width(), classes);
    }

    /** One cycle of Adam with decoupled decay. */
    @Override
    public Recipe recipe() {
      FitPlan fit = new FitPlan(5, LearningRates.all(3e-3), Schedule.oneCycle());
      Adam adam = Adam.of(WeightDecay.decoupled(0.01));
      return new Recipe(fit, Recipe.BATCH, adam, OptionalDouble.empty());
    }

    /** All cores: convolutions are work enough for them. */
    @Override
    public int threads() {
      return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public Optional<Blueprint> blueprint(Architecture architecture) {
      return architecture instanceof Architecture.MnistVgg size
          ? Optional.of(new Blueprint(
              new VggBlock(size),
              List.of(
                  new LayerGroup("convolutions", List.of("stage")),
                  new LayerGroup("head", List.of("lin"))),
              FreshWeights.KAIMING_NORMAL,
              List.of(new Shape(1, size.height() * (long) size.width()))))
          : Optional.empty();
    }
  }

  private static Recipe atOneRate(double rate, Optimizer optimizer) {
    FitPlan fit = new FitPlan(5, LearningRates.all(rate), Schedule.constant());
    return new Recipe(fit, Recipe.BATCH, optimizer, OptionalDouble.empty());
  }
}
