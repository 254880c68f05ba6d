package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import lapidary.models.IdVocabulary;
import lapidary.models.ModelDescription;
import lapidary.models.Signature;
import lapidary.runtime.RatingPredictor;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every user and every item of a model of the size of MovieLens 100k, with random weights, through the file on one thread. */
class AllPairsTest {
  private static final int USERS = 943;
  private static final int ITEMS = 1682;
  private static final int PAIRS = USERS * ITEMS;
  private static final long[] USER = ids(pair -> 1 + pair / ITEMS);
  private static final long[] ITEM = ids(pair -> 1 + pair % ITEMS);
  // Prime to the number of items, so that the sample has each of them.
  private static final int STRIDE = 89;

  @TempDir
  private Path folder;

  @Test
  void areTheEngines() {
    try (NDManager manager = NDManager.newBaseManager()) {
      manager.getEngine().setRandomSeed(5);
      Networks.DotProductBias network = new Networks.DotProductBias(USERS + 1, ITEMS + 1, 40);
      network.initialize(manager, DataType.FLOAT32, new Shape(2), new Shape(2));
      try (RatingPredictor predictor = export(network)) {
        float[] answers = predictor.predict(USER, ITEM);
        assertThat(worst(answers, network, manager)).isLessThan(1e-5);
        assertThat(predictor.predictItems("943"))
            .containsExactly(Arrays.copyOfRange(answers, PAIRS - ITEMS, PAIRS));
      }
    }
  }

  private RatingPredictor export(Networks.DotProductBias network) {
    Signature signature = Signature.ofRatings(numbered(USERS), numbered(ITEMS));
    ModelDescription description = Fixtures.description(signature.inputs(), signature.outputs());
    Path file = folder.resolve("ratings.onnx");
    OnnxExporter.export(network, description, file);
    return RatingPredictor.open(file, Device.cpu(1));
  }

  /** The largest difference from the engine in a sample of the pairs. */
  private static double worst(float[] answers, Networks.DotProductBias network, NDManager manager) {
    int[] sample = IntStream.iterate(0, i -> i < PAIRS, i -> i + STRIDE).toArray();
    NDList rows = new NDList(
        manager.create(IntStream.of(sample).mapToLong(i -> USER[i]).toArray()),
        manager.create(IntStream.of(sample).mapToLong(i -> ITEM[i]).toArray()));
    float[] wanted =
        network.forward(new ParameterStore(manager, false), rows, false).head().toFloatArray();
    return IntStream.range(0, sample.length)
        .mapToDouble(i -> Math.abs(answers[sample[i]] - wanted[i]))
        .max()
        .orElseThrow();
  }

  private static long[] ids(LongUnaryOperator id) {
    return LongStream.range(0, PAIRS).map(id).toArray();
  }

  private static IdVocabulary numbered(int count) {
    return IdVocabulary.of(
        IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList());
  }
}
