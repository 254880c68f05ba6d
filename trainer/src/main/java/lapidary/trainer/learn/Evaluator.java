package lapidary.trainer.learn;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.engine.GpuMemory;
import lapidary.trainer.engine.ShutdownFence;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.examples.BatchOrder;
import lapidary.trainer.examples.Examples;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.network.Network;

/** Runs a network over a whole set, without learning, and scores what comes out. */
final class Evaluator {
  private final Network network;
  private final Loss loss;
  private final List<Metric> metrics;

  Evaluator(Network network, Loss loss, List<Metric> metrics) {
    this.network = network;
    this.loss = loss;
    this.metrics = List.copyOf(metrics);
  }

  Evaluation evaluate(Examples set) {
    Collected collected = collect(set);
    Predictions predictions = collected.predictions();
    double loss = collected.loss / predictions.rows();
    TreeMap<String, Double> scores = new TreeMap<>();
    // Answers of a diverged network are not for metrics, which may be the user's own.
    metrics.forEach(metric ->
        scores.put(metric.name(), Double.isFinite(loss) ? metric.of(predictions) : Double.NaN));
    return new Evaluation(loss, scores);
  }

  Predictions predict(Examples set) {
    return collect(set).predictions();
  }

  /** Fewer rows at once where a GPU has not the memory: each row's answer is its own. */
  private Collected collect(Examples set) {
    for (int atOnce = set.rowsAtOnce(); ; atOnce /= 2) {
      try {
        return collect(set, atOnce);
      } catch (EngineException e) {
        if (!GpuMemory.isFull(e) || atOnce == 1) {
          throw e;
        }
        Engines.giveBack(network.manager().getDevice());
      }
    }
  }

  private Collected collect(Examples set, int atOnce) {
    Collected collected = new Collected();
    BatchOrder order = BatchOrder.ascending(set.rows(), atOnce);
    try (Examples.Pass rows = set.pass(order, 0)) {
      for (int i = 0; i < order.batches(); i++) {
        collected.loss += ShutdownFence.step(() -> collect(collected, rows, set.rows()));
      }
    }
    return collected;
  }

  /** Runs one batch; gives the sum of its rows' losses. */
  private double collect(Collected collected, Examples.Pass rows, int all) {
    try (NDManager scope = network.manager().newSubManager()) {
      Batch batch = rows.next(scope);
      if (batch.rows() == 0) {
        return 0;
      }
      NDArray outputs = network.forward(batch.inputs(), false).head();
      collected.add(outputs, batch.targets(), all);
      return loss.mean(outputs, batch.targets()).getFloat() * (double) batch.rows();
    }
  }

  /** Outputs and targets of all rows, in Java memory. */
  private static final class Collected {
    private float[] outputs = new float[0];
    private double[] targets = new double[0];
    private int width;
    private int filledOutputs;
    private int filledTargets;
    private double loss;

    void add(NDArray batchOutputs, NDArray batchTargets, int rows) {
      float[] values = batchOutputs.toFloatArray();
      double[] wanted = asDoubles(batchTargets);
      if (width == 0) {
        int batchRows = Math.toIntExact(batchOutputs.size(0));
        width = values.length / batchRows;
        outputs = new float[Math.multiplyExact(rows, width)];
        targets = new double[Math.multiplyExact(rows, wanted.length / batchRows)];
      }
      System.arraycopy(values, 0, outputs, filledOutputs, values.length);
      System.arraycopy(wanted, 0, targets, filledTargets, wanted.length);
      filledOutputs += values.length;
      filledTargets += wanted.length;
    }

    /** Of the rows that could be read. */
    Predictions predictions() {
      return Predictions.of(
          Arrays.copyOf(outputs, filledOutputs), width, Arrays.copyOf(targets, filledTargets));
    }

    private static double[] asDoubles(NDArray array) {
      if (array.getDataType().isInteger()) {
        long[] numbers = array.toType(DataType.INT64, false).toLongArray();
        return Arrays.stream(numbers).asDoubleStream().toArray();
      }
      float[] values = array.toFloatArray();
      double[] result = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        result[i] = values[i];
      }
      return result;
    }
  }
}
