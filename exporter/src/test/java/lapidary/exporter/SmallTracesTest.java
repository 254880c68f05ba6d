package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import lapidary.models.ImageInput;
import lapidary.models.Output;
import lapidary.models.Pixels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Networks of open height and width are traced on small images and compared on large ones too. */
class SmallTracesTest {
  private static final ImageInput PHOTO = Fixtures.rgb(160, 224);

  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  /** Rows, height and width of each pass. What a block holds itself is put back after an export. */
  private static final List<List<Long>> SEEN = new CopyOnWriteArrayList<>();

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  /** A convolution and the mean of its map; tells what it is run on. */
  private static final class Mean extends AbstractBlock {
    private final long least;
    private final Conv2d convolution = addChildBlock("conv", Networks.convolution(4, 3, 2, 1));

    Mean(long least) {
      this.least = least;
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        PairList<String, Object> parameters) {
      Shape shape = inputs.head().getShape();
      if (shape.get(2) < least) {
        throw new IllegalArgumentException("it takes images of " + least + " pixels or more");
      }
      SEEN.add(List.of(shape.get(0), shape.get(2), shape.get(3)));
      NDArray map = convolution.forward(store, inputs, training).head();
      return new NDList(map.mean(new int[] {3}).mean(new int[] {2}));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {new Shape(inputs[0].get(0), 4)};
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
      convolution.initialize(manager, type, inputs);
    }
  }

  private ExportReport export(Mean block) {
    Fixtures.initialized(block, engine.manager(), new Shape(1, 3, 160, 224));
    byte[] bytes = new byte[4 * 160 * 224 * 3];
    new Random(3).nextBytes(bytes);
    return OnnxExporter.export(
        block,
        Fixtures.description(List.of(PHOTO), List.of(Output.of("y", 0))),
        folder.resolve("mean.onnx"),
        ExportOptions.defaults().withOpenSizeOf(PHOTO).withTolerance(1e-5),
        ParityRows.validation(Pixels.of(4, 160, 224, 3, bytes)));
  }

  @Test
  void oneRowIsRunInTheSizeOfTheSignature() {
    ExportReport report = export(new Mean(1));
    assertThat(report.parity().holds()).isTrue();
    assertThat(report.parity().batches()).containsExactly(1, 2, 3, 9);
    assertThat(SEEN).contains(List.of(1L, 160L, 224L));
    assertThat(SEEN).contains(List.of(2L, 64L, 64L), List.of(3L, 64L, 64L), List.of(9L, 64L, 64L));
    assertThat(SEEN)
        .filteredOn(sizes -> sizes.get(0) > 1)
        .allSatisfy(sizes -> assertThat(sizes.get(1)).isLessThan(160));
  }

  @Test
  void aNetworkThatNeedsMoreIsTracedOnImagesThatAreSmallStill() {
    ExportReport report = export(new Mean(80));
    assertThat(report.parity().holds()).isTrue();
    assertThat(SEEN).contains(List.of(2L, 96L, 96L), List.of(9L, 96L, 96L));
    assertThat(SEEN)
        .filteredOn(sizes -> sizes.get(0) > 1)
        .allSatisfy(sizes -> assertThat(sizes.get(1)).isLessThan(160));
  }

  @Test
  void aNetworkThatTakesNoSmallImagesIsTracedOnThoseOfTheSignature() {
    ExportReport report = export(new Mean(128));
    assertThat(report.parity().holds()).isTrue();
    assertThat(SEEN).contains(List.of(2L, 160L, 224L), List.of(9L, 160L, 224L));
    assertThat(SEEN).allSatisfy(sizes -> assertThat(sizes.get(1)).isGreaterThan(159));
  }
}
