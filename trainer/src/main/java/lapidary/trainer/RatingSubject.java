package lapidary.trainer;

import ai.djl.Device;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import lapidary.trainer.data.ratings.RatingsDataset;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.metric.Metrics;

/** Ratings for a recommender. */
record RatingSubject(RatingsDataset data, Architecture.Collab architecture) implements Subject {
  /** Refuses ratings that the model cannot predict. */
  static RatingSubject of(ModelChoice model, RatingsDataset data) {
    Architecture.Collab architecture =
        model.recommender(data.users().rows(), data.items().rows());
    data.train().requireWithin(architecture.low(), architecture.high());
    data.valid().requireWithin(architecture.low(), architecture.high());
    return new RatingSubject(data, architecture);
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
    return TensorSet.ratings(device, data.train());
  }

  @Override
  public TensorSet valid(Device device) {
    return TensorSet.ratings(device, data.valid());
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
  public void settle(Network network) {
    ((EmbeddingDotBias) network.block()).averageUnknown();
  }

  @Override
  public Optional<Catalogue> catalogue() {
    return Optional.of(data.ratedCatalogue());
  }
}
