package lapidary.trainer.problem;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import lapidary.models.CategoryInput;
import lapidary.models.ColumnInput;
import lapidary.models.DataSource;
import lapidary.models.DateInput;
import lapidary.models.ModelDescription;
import lapidary.models.NumberInput;
import lapidary.models.Provenance;
import lapidary.models.Sha256;
import lapidary.models.Tabular;
import lapidary.models.Task;
import lapidary.models.TrainingSplit;
import lapidary.trainer.block.TabularBlock;
import lapidary.trainer.data.tables.Baseline;
import lapidary.trainer.data.tables.Table;
import lapidary.trainer.data.tables.TableCells;
import lapidary.trainer.data.tables.TableDataset;
import lapidary.trainer.data.tables.Target;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.examples.Tensors;
import lapidary.trainer.kind.TableModel;
import lapidary.trainer.learn.Interpretation;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.metric.Metrics;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.network.Network;
import lapidary.trainer.report.Answers;
import lapidary.trainer.report.ClassAnswers;
import lapidary.trainer.report.NumberAnswers;
import lapidary.trainer.report.Scale;

/** Rows of a table for the entity-embedding network. */
record TableSubject(TableDataset data, Tabular architecture) implements Subject {
  static TableSubject of(TableModel model, TableDataset data) {
    return new TableSubject(data, data.architecture(model.hidden()));
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
    SortedMap<String, String> identity = new TreeMap<>(hyperParameters());
    identity.put("data sha256", data.source().sha256());
    identity.put("training rows sha256", sha256(data.parts().train()));
    identity.put("validation rows sha256", sha256(data.parts().valid()));
    return identity;
  }

  /** Of the decisions and of each column as Java writes a list of its cells, piece by piece. */
  private String sha256(Table rows) {
    MessageDigest digest = Sha256.digest();
    update(digest, data.decisions().toString());
    for (String name : rows.names()) {
      update(digest, name + "[");
      String before = "";
      for (String cell : rows.column(name)) {
        update(digest, before + cell);
        before = ", ";
      }
      update(digest, "]\n");
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public SortedMap<String, String> hyperParameters() {
    SortedMap<String, String> options = data.request().form().hyperParameters();
    options.put("min-count", Integer.toString(data.request().minCount()));
    Tabular.Scale scale = architecture.answer().scale();
    if (scale.log()) {
      options.put("log-target", "true");
    }
    data.request().target().range().ifPresent(range -> options.put("y-range", range.text()));
    return options;
  }

  @Override
  public int trainRows() {
    return data.parts().train().rows();
  }

  @Override
  public TensorSet train(Device device) {
    return tensors(device, data.parts().train(), data);
  }

  @Override
  public TensorSet valid(Device device) {
    return tensors(device, data.parts().valid(), data);
  }

  /** One input a column, as {@link TabularBlock} takes them: a class or a number a row as target. */
  static TensorSet tensors(Device device, Table rows, TableDataset data) {
    return TensorSet.of(
        device,
        manager -> Tensors.of(
            data.inputs().stream().map(input -> column(manager, rows, input)).toList(),
            data.target().classifies()
                ? Tensors.classes(manager, data.target().classes(rows))
                : values(manager, data.target(), rows)));
  }

  private static NDArray column(NDManager manager, Table rows, ColumnInput input) {
    if (input instanceof CategoryInput category) {
      return manager.create(TableCells.rows(rows, category));
    }
    if (input instanceof DateInput date) {
      return manager.create(
          TableCells.rows(rows, date), new Shape(rows.rows(), date.parts().size()));
    }
    NumberInput number = (NumberInput) input;
    return manager.create(TableCells.numbers(rows, number), new Shape(rows.rows(), number.width()));
  }

  private static NDArray values(NDManager manager, Target target, Table rows) {
    double[] numbers = target.numbers(rows);
    float[] scaled = new float[numbers.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) target.scale().toNetwork(numbers[i]);
    }
    return manager.create(scaled, new Shape(scaled.length, 1));
  }

  @Override
  public Loss loss() {
    return data.target().classifies() ? Losses.crossEntropy() : Losses.meanSquaredError();
  }

  @Override
  public List<Metric> metrics() {
    if (!data.target().classifies()) {
      Tabular.Scale scale = architecture.answer().scale();
      return numberMetrics().stream()
          .map(metric -> Metrics.rescaled(metric, scale::fromNetwork))
          .toList();
    }
    return data.target().labels().size() == 2
        ? List.of(Metrics.accuracy(), Metrics.errorRate(), Metrics.auc())
        : List.of(Metrics.accuracy(), Metrics.errorRate());
  }

  /** Who learns a logarithm means relative errors; the first one ranks the epochs. */
  private List<Metric> numberMetrics() {
    List<Metric> metrics = new java.util.ArrayList<>(
        List.of(Metrics.rmse(), Metrics.mae(), Metrics.rmspe(), Metrics.mape()));
    if (architecture.answer().scale().log()) {
      Collections.rotate(metrics, 2);
    }
    return metrics;
  }

  @Override
  public Optional<BaselineScore> baseline() {
    SortedMap<String, Double> scores = new TreeMap<>();
    if (data.target().classifies()) {
      scores.put(Metrics.accuracy().name(), Baseline.accuracy(data));
    } else {
      Predictions means = Predictions.of(
          Baseline.means(data), 1, data.target().numbers(data.parts().valid()));
      numberMetrics().forEach(metric -> scores.put(metric.name(), metric.of(means)));
    }
    return Optional.of(new BaselineScore(Baseline.text(data), scores));
  }

  @Override
  public ModelDescription describe(Provenance provenance) {
    return new ModelDescription(
        architecture,
        data.target().classifies() ? Task.CLASSIFICATION : Task.REGRESSION,
        data.target().labels(),
        architecture.signature(data.inputs()),
        provenance,
        ModelDescription.Evidence.NONE);
  }

  @Override
  public Network network(long seed, Device device) {
    TabularBlock block = new TabularBlock(architecture, data.showsUnknown());
    return TableModel.blueprint(architecture, block).fresh(seed, device);
  }

  @Override
  public Optional<Answers> answers(Predictions predictions, IntUnaryOperator rowOf) {
    return Optional.of(
        data.target().classifies()
            ? new ClassAnswers(
                Interpretation.of(predictions, data.target().labels()).confusion(), List.of())
            : numbers(predictions));
  }

  /** In the target's own unit. */
  private NumberAnswers numbers(Predictions predictions) {
    Tabular.Scale scale = architecture.answer().scale();
    Predictions own = predictions.rescaled(scale::fromNetwork);
    return NumberAnswers.of(
        data.target().column(),
        scale.log() ? Scale.MAGNITUDE : Scale.LINEAR,
        own.targets(),
        own.numbers());
  }
}
