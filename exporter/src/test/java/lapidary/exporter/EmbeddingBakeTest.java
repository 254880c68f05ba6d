package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import lapidary.models.DataSource;
import lapidary.models.DescriptionCodec;
import lapidary.models.EmbeddingOrigin;
import lapidary.models.InvalidInputException;
import lapidary.models.Output;
import lapidary.models.Pixels;
import lapidary.models.Projection;
import lapidary.models.Sha256;
import lapidary.runtime.Embedder;
import lapidary.runtime.Model;
import lapidary.runtime.ModelFile;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Baked files against the same projection computed here, in double precision, from the base file's own answers. */
final class EmbeddingBakeTest {
  private static final int HEIGHT = 16;
  private static final int WIDTH = 24;
  /** 6 channels of 8×12. */
  private static final int INPUTS = 6 * 8 * 12;

  private static final int COMPONENTS = 5;

  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  /** A convolution, whose map is the second output and whose maximum over the map is the first. */
  private static final class Stem extends AbstractBlock {
    private final Conv2d convolution = addChildBlock("conv", Networks.convolution(6, 3, 2, 1));

    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        PairList<String, Object> parameters) {
      NDArray map = Activation.relu(convolution.forward(store, inputs, training).head());
      return new NDList(map.max(new int[] {3}).max(new int[] {2}), map);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      Shape map = convolution.getOutputShapes(inputs)[0];
      return new Shape[] {new Shape(map.get(0), map.get(1)), map};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
      convolution.initialize(manager, type, inputs);
    }
  }

  private Path base(ExportOptions options) {
    Stem stem = Fixtures.initialized(new Stem(), engine.manager(), new Shape(1, 3, HEIGHT, WIDTH));
    return OnnxExporter.export(
            stem,
            Fixtures.description(
                List.of(Fixtures.rgb(HEIGHT, WIDTH)),
                List.of(Output.of(Output.FEATURES, 0), Output.of(Output.ACTIVATIONS, 1))),
            folder.resolve("base.onnx"),
            options,
            ParityRows.random(4))
        .file();
  }

  private static Projection projection(int inputs) {
    Random random = new Random(5);
    float[] mean = new float[inputs];
    float[] weights = new float[inputs * COMPONENTS];
    for (int i = 0; i < inputs; i++) {
      mean[i] = random.nextFloat();
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    return Projection.of(mean, weights);
  }

  private static Pixels images(int count) {
    byte[] bytes = new byte[count * HEIGHT * WIDTH * 3];
    new Random(6).nextBytes(bytes);
    return Pixels.of(count, HEIGHT, WIDTH, 3, bytes);
  }

  private static float[][] expected(
      Path base, String output, Projection projection, Pixels images) {
    try (Embedder embedder = Embedder.open(base, Device.cpu(1), output)) {
      float[][] rows = embedder.embed(images);
      for (int r = 0; r < rows.length; r++) {
        rows[r] = unit(projected(rows[r], projection));
      }
      return rows;
    }
  }

  private static double[] projected(float[] row, Projection projection) {
    float[] mean = projection.mean();
    float[] weights = projection.weights();
    double[] sums = new double[projection.components()];
    for (int i = 0; i < row.length; i++) {
      for (int k = 0; k < sums.length; k++) {
        sums[k] += ((double) row[i] - mean[i]) * weights[i * sums.length + k];
      }
    }
    return sums;
  }

  private static float[] unit(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    float[] result = new float[vector.length];
    for (int k = 0; k < vector.length; k++) {
      result[k] = (float) (vector[k] / Math.sqrt(squares));
    }
    return result;
  }

  private static EmbeddingOrigin origin(Path base, String output, int inputs) throws Exception {
    return new EmbeddingOrigin(
        Sha256.of(base),
        output,
        inputs,
        COMPONENTS,
        true,
        false,
        .75,
        100,
        new DataSource("pictures", "2".repeat(64), "unknown"));
  }

  private BakeReport bake(Path base, String output, int inputs, int images) throws Exception {
    return bake(base, folder.resolve("baked.onnx"), output, inputs, images);
  }

  private static BakeReport bake(Path base, Path target, String output, int inputs, int images)
      throws Exception {
    Projection projection = projection(inputs);
    Pixels pixels = images(images);
    return EmbeddingBake.bake(
        base,
        target,
        projection,
        origin(base, output, inputs),
        BakeRows.of(pixels, expected(base, output, projection, pixels)));
  }

  @Test
  void theFileGivesUnitVectorsOfTheProjection() throws Exception {
    Path base = base(ExportOptions.defaults());
    BakeReport report = bake(base, Output.ACTIVATIONS, INPUTS, 20);
    assertThat(report.components()).isEqualTo(COMPONENTS);
    assertThat(report.batches()).containsExactly(1, 3, 8);
    assertThat(report.worstDifference()).isLessThan(1e-5);
    assertThat(report.sha256()).isEqualTo(Sha256.of(report.file()));
    Pixels images = images(20);
    float[][] wanted = expected(base, Output.ACTIVATIONS, projection(INPUTS), images);
    try (Embedder embedder = Embedder.open(report.file(), Device.cpu(1))) {
      assertThat(embedder.output()).isEqualTo(Output.EMBEDDING);
      assertThat(embedder.width()).isEqualTo(COMPONENTS);
      float[][] given = embedder.embed(images);
      for (int i = 0; i < 20; i++) {
        assertThat(given[i]).usingComparatorWithPrecision(1e-5f).containsExactly(wanted[i]);
      }
    }
  }

  @Test
  void theOtherOutputsStayAndTheMetadataSaysHowItWasMade() throws Exception {
    Path base = base(ExportOptions.defaults());
    BakeReport report = bake(base, Output.FEATURES, 6, 4);
    assertThat(embedded(report.file())).isDeepEqualTo(embedded(base));
    try (Model before = Model.open(base, Device.cpu(1));
        Model after = Model.open(report.file(), Device.cpu(1))) {
      assertThat(DescriptionCodec.embeddingOriginFrom(after.metadata(), "baked"))
          .contains(origin(base, Output.FEATURES, 6));
      assertThat(after.description().orElseThrow().signature().outputs())
          .contains(Output.projection(Output.EMBEDDING, 0));
      assertThat(after.description().orElseThrow().evidence())
          .isEqualTo(before.description().orElseThrow().evidence());
    }
  }

  private static float[][] embedded(Path file) {
    try (Embedder embedder = Embedder.open(file, Device.cpu(1), Output.FEATURES)) {
      return embedder.embed(images(2));
    }
  }

  @Test
  void theSameBakeGivesTheSameBytes() throws Exception {
    Path base = base(ExportOptions.defaults());
    String first = bake(base, Output.ACTIVATIONS, INPUTS, 12).sha256();
    assertThat(bake(base, Output.ACTIVATIONS, INPUTS, 12).sha256()).isEqualTo(first);
  }

  @Test
  void aProjectionOfAnOpenMapFixesTheImageSize() throws Exception {
    Path base = base(ExportOptions.defaults().withOpenSizeOf(Fixtures.rgb(HEIGHT, WIDTH)));
    BakeReport report = bake(base, Output.ACTIVATIONS, INPUTS, 12);
    try (Model model = Model.open(report.file(), Device.cpu(1))) {
      assertThat(model.inputs().get(0).shape()).containsExactly(-1L, 16L, 24L, 3L);
      Tensor larger = Tensor.uint8(new byte[32 * 24 * 3], 1, 32, 24, 3);
      assertThatThrownBy(() -> model.run(java.util.Map.of("pixels", larger)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("[N, 16, 24, 3]");
    }
  }

  @Test
  void aProjectionOfPooledFeaturesLeavesTheImageSizeOpen() throws Exception {
    Path base = base(ExportOptions.defaults().withOpenSizeOf(Fixtures.rgb(HEIGHT, WIDTH)));
    BakeReport report = bake(base, Output.FEATURES, 6, 12);
    try (Model model = Model.open(report.file(), Device.cpu(1))) {
      Tensor larger = Tensor.uint8(new byte[32 * 24 * 3], 1, 32, 24, 3);
      assertThat(model
              .run(java.util.Map.of("pixels", larger))
              .get(Output.EMBEDDING)
              .shape())
          .containsExactly(1, COMPONENTS);
    }
  }

  @Test
  void halfPrecisionFilesAreProjectedInSinglePrecision() throws Exception {
    Path base = base(ExportOptions.defaults().withPrecision(Precision.FP16));
    assertThat(bake(base, Output.ACTIVATIONS, INPUTS, 12).worstDifference()).isLessThan(1e-5);
  }

  @Test
  void aBlackHoleOfAProjectionGivesZeroAndNotNaN() throws Exception {
    Path base = base(ExportOptions.defaults());
    Pixels pixels = images(12);
    BakeReport report = EmbeddingBake.bake(
        base,
        folder.resolve("zero.onnx"),
        Projection.of(new float[6], new float[6 * COMPONENTS]),
        origin(base, Output.FEATURES, 6),
        BakeRows.of(pixels, new float[12][COMPONENTS]));
    assertThat(report.worstDifference()).isZero();
  }

  /** The same answers as from one file, also in another folder; what fails leaves no copy. */
  @Test
  void aFileWithWeightsBesideItIsBakedWithThem() throws Exception {
    float[][] whole =
        embeddings(bake(base(ExportOptions.defaults()), Output.FEATURES, 6, 12).file());
    Path base = base(ExportOptions.defaults().withMostInside(0));
    assertThat(ModelFile.read(base).metadata()).containsKey(DescriptionCodec.WEIGHTS_SHA256);
    Path target = folder.resolve("elsewhere/baked.onnx");
    EmbeddingOrigin origin = origin(base, Output.FEATURES, 6);
    BakeRows wrong = BakeRows.of(images(3), new float[3][COMPONENTS]);
    assertThatThrownBy(() -> EmbeddingBake.bake(base, target, projection(6), origin, wrong))
        .isInstanceOf(ParityException.class);
    assertThat(target.getParent()).isEmptyDirectory();
    Path baked = bake(base, target, Output.FEATURES, 6, 12).file();
    assertThat(embeddings(baked)).isDeepEqualTo(whole);
  }

  private static float[][] embeddings(Path file) {
    try (Embedder embedder = Embedder.open(file, Device.cpu(1), Output.EMBEDDING)) {
      return embedder.embed(images(3));
    }
  }

  @Test
  void nothingIsPublishedThatDiffersOrDoesNotFit() throws Exception {
    Path base = base(ExportOptions.defaults());
    Path target = folder.resolve("baked.onnx");
    Pixels pixels = images(3);
    EmbeddingOrigin origin = origin(base, Output.FEATURES, 6);
    BakeRows wrong = BakeRows.of(pixels, new float[3][COMPONENTS]);
    assertThatThrownBy(() -> EmbeddingBake.bake(base, target, projection(6), origin, wrong))
        .isInstanceOf(ParityException.class)
        .hasMessageContaining("output embedding differs from the library's by");
    assertThatThrownBy(() -> EmbeddingBake.bake(base, target, projection(7), origin, wrong))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("takes 7 values, output features of");
    assertThat(Files.exists(target)).isFalse();
    BakeReport report = bake(base, Output.FEATURES, 6, 12);
    assertThatThrownBy(
            () -> EmbeddingBake.bake(report.file(), target, projection(6), origin, wrong))
        .hasMessageContaining("has an output embedding already");
    Path other = base(ExportOptions.defaults().withOpset(18));
    assertThatThrownBy(() -> EmbeddingBake.bake(other, target, projection(6), origin, wrong))
        .hasMessageContaining("has changed since the projection was fitted");
    assertThat(report.worstDifference()).isCloseTo(0, within(1e-5));
  }
}
