package lapidary.trainer.problem;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import lapidary.models.Architecture;
import lapidary.models.Catalogue;
import lapidary.models.DataSource;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.Provenance;
import lapidary.models.Range;
import lapidary.models.Signature;
import lapidary.models.Task;
import lapidary.models.TrainingSplit;
import lapidary.trainer.block.EmbeddingDotBias;
import lapidary.trainer.data.ratings.Ratings;
import lapidary.trainer.data.ratings.RatingsDataset;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.examples.Tensors;
import lapidary.trainer.kind.RatingModel;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.metric.Metrics;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.network.Network;
import lapidary.trainer.report.Answers;
import lapidary.trainer.report.NumberAnswers;
import lapidary.trainer.report.Scale;

/** Ratings for a recommender. */
record RatingSubject(RatingModel model, RatingsDataset data, Architecture.Collab architecture)
    implements Subject {
  /** Refuses ratings that the model cannot predict. */
  static RatingSubject of(RatingModel model, RatingsDataset data) {
    Range range = model.range();
    data.train().requireWithin(range.low(), range.high());
    data.valid().requireWithin(range.low(), range.high());
    return new RatingSubject(
        model, data, model.architecture(data.users().rows(), data.items().rows()));
  }

  @Override
  public DataSource source() {
    return data.source();
  }

  @Override
  public Optional<TrainingSplit> division() {
    return data.parts().division();
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
    return List.of(Metrics.rmse(), Metrics.mse(), Metrics.mae());
  }

  @Override
  public Optional<Answers> answers(Predictions predictions, IntUnaryOperator rowOf) {
    return Optional.of(
        NumberAnswers.of("rating", Scale.LINEAR, predictions.targets(), predictions.numbers()));
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
    Ratings train = data.train();
    EmbeddingDotBias block = model.implicit()
        ? EmbeddingDotBias.implicit(architecture, train.users(), train.items())
        : new EmbeddingDotBias(architecture);
    return RatingModel.blueprint(block).fresh(seed, device);
  }

  @Override
  public Optional<Catalogue> catalogue() {
    return Optional.of(data.ratedCatalogue());
  }
}
