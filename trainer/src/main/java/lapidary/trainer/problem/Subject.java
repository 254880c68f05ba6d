package lapidary.trainer.problem;

import ai.djl.Device;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import lapidary.models.Architecture;
import lapidary.models.Catalogue;
import lapidary.models.DataSource;
import lapidary.models.ModelDescription;
import lapidary.models.Provenance;
import lapidary.models.TrainingSplit;
import lapidary.trainer.examples.Examples;
import lapidary.trainer.examples.MixUp;
import lapidary.trainer.kind.Networks;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.network.Network;
import lapidary.trainer.report.Answers;

/** What a run learns: the data as a model's rows, the model that fits it, and what is to be said of it. Immutable. */
public sealed interface Subject permits ImageSubject, PhotoSubject, RatingSubject, TableSubject {
  Architecture architecture();

  DataSource source();

  /** How the rows were divided, where they did not come in two parts. */
  default Optional<TrainingSplit> division() {
    return Optional.empty();
  }

  /** What tells the rows from others, so that a run is resumed on the same ones only. */
  SortedMap<String, String> identity();

  /** Option name to value, of what is decided here and not in the plan. */
  default SortedMap<String, String> hyperParameters() {
    return new TreeMap<>();
  }

  int trainRows();

  /** The rows to learn from; the caller closes them. */
  Examples train(Device device);

  /** The rows to measure on; the caller closes them. */
  Examples valid(Device device);

  Loss loss();

  /** What is measured; epochs are ranked by the first. */
  List<Metric> metrics();

  /** What is known of the model without having measured it. */
  ModelDescription describe(Provenance provenance);

  /** The network that trains, with fresh weights. */
  default Network network(long seed, Device device) {
    return Networks.of(architecture(), seed, device);
  }

  /** Gives fresh weights what they are to start from, and says what was done. */
  default Optional<String> prepare(Network network) {
    return Optional.empty();
  }

  /** How rows of a batch are blended while learning, if they are. */
  default Optional<MixUp> mixUp() {
    return Optional.empty();
  }

  /** What an answer without a network scores, where there is a usual one. */
  default Optional<BaselineScore> baseline() {
    return Optional.empty();
  }

  /** What is known of the items of a recommender. */
  default Optional<Catalogue> catalogue() {
    return Optional.empty();
  }

  /**
   * The model's answers on the validation rows, as a report shows them; empty where there is nothing to show.
   *
   * @param rowOf number of a prediction to the row it is for
   */
  default Optional<Answers> answers(Predictions predictions, IntUnaryOperator rowOf) {
    return Optional.empty();
  }
}
