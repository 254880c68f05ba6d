package lapidary.trainer.problem;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.Architecture;
import lapidary.models.Catalogue;
import lapidary.models.DataSource;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.Provenance;
import lapidary.models.Signature;
import lapidary.models.Task;
import lapidary.trainer.block.EmbeddingDotBias;
import lapidary.trainer.data.ratings.Ratings;
import lapidary.trainer.data.ratings.RatingsDataset;
import lapidary.trainer.engine.Seeds;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.examples.Tensors;
import lapidary.trainer.kind.Factors;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.kind.Networks;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.metric.Metrics;
import lapidary.trainer.network.FreshWeights;
import lapidary.trainer.network.Network;
import lapidary.trainer.store.StoredTensor;

/** Ratings for a recommender. */
public record RatingSubject(RatingsDataset data, Architecture.Collab architecture, boolean implicit)
    implements Subject {
  private static final String ITEMS = "i_weight.weight";
  private static final String RATERS = "i_raters.weight";
  private static final Set<String> UNSERVED = Set.of(ITEMS, RATERS);

  /** Refuses ratings that the model cannot predict. */
  public static RatingSubject of(ModelChoice model, RatingsDataset data) {
    Architecture.Collab architecture =
        model.recommender(data.users().rows(), data.items().rows());
    data.train().requireWithin(architecture.low(), architecture.high());
    data.valid().requireWithin(architecture.low(), architecture.high());
    boolean implicit = model.factors().filter(Factors::implicit).isPresent();
    return new RatingSubject(data, architecture, implicit);
  }

  @Override
  public DataSource source() {
    return data.source();
  }

  @Override
  public SortedMap<String, String> identity() {
    return new TreeMap<>(Map.of(
        "training ratings sha256", data.train().sha256(),
        "validation ratings sha256", data.valid().sha256()));
  }

  @Override
  public int trainRows() {
    return data.train().count();
  }

  @Override
  public TensorSet train(Device device) {
    return tensors(device, data.train());
  }

  @Override
  public TensorSet valid(Device device) {
    return tensors(device, data.valid());
  }

  /** Two inputs, rows of users and of items, both int64 [rows], and the values as targets, [rows, 1]. */
  static TensorSet tensors(Device device, Ratings ratings) {
    return TensorSet.of(
        device,
        manager -> Tensors.of(
            List.of(
                Tensors.numbers(manager, ratings.users()),
                Tensors.numbers(manager, ratings.items())),
            manager.create(ratings.values(), new Shape(ratings.count(), 1))));
  }

  @Override
  public Loss loss() {
    return Losses.meanSquaredError();
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metrics.mse(), Metrics.rmse(), Metrics.mae());
  }

  @Override
  public ModelDescription describe(Provenance provenance) {
    return new ModelDescription(
        architecture,
        Task.REGRESSION,
        Labels.NONE,
        Signature.ofRatings(data.users(), data.items()),
        provenance,
        ModelDescription.Evidence.NONE);
  }

  @Override
  public Network network(long seed, Device device) {
    if (!implicit) {
      return Networks.of(architecture, seed, device);
    }
    EmbeddingDotBias block = EmbeddingDotBias.implicit(
        architecture, data.train().users(), data.train().items());
    Network network = Network.of(block, device, seed, new Shape(1), new Shape(1));
    FreshWeights.TRUNCATED_NORMAL.fill(network, Seeds.random(seed, Seeds.Purpose.WEIGHTS, 0));
    return network;
  }

  @Override
  public void settle(Network network) {
    ((EmbeddingDotBias) network.block()).averageUnknown();
  }

  /** The plain network's weights, with the raters' parts in the items' vectors. */
  @Override
  public List<StoredTensor> served(Network network) {
    try (Network plain = Networks.of(architecture, 0)) {
      plain.load(folded(network), "the training network");
      settle(plain);
      return plain.weights();
    }
  }

  private static Map<String, StoredTensor> folded(Network network) {
    Map<String, StoredTensor> weights = new LinkedHashMap<>();
    network.weights().forEach(weight -> weights.put(weight.name(), weight));
    weights.remove(RATERS);
    float[] items = ((EmbeddingDotBias) network.block()).itemRows();
    weights.computeIfPresent(ITEMS, (name, own) -> StoredTensor.floats(name, items, own.shape()));
    return weights;
  }

  @Override
  public List<StoredTensor> unserved(Network network) {
    return network.weights().stream()
        .filter(weight -> implicit && UNSERVED.contains(weight.name()))
        .toList();
  }

  @Override
  public Optional<Catalogue> catalogue() {
    return Optional.of(data.ratedCatalogue());
  }
}
