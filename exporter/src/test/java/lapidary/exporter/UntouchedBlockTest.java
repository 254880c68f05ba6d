package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import lapidary.exporter.graph.ExportException;
import lapidary.models.Output;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An export leaves the block, its parameters and whatever it keeps as they were: DJL runs it as before. */
final class UntouchedBlockTest {
  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  private void export(Block block, int outputs) {
    List<Output> described = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      described.add(Output.of("y" + i, i));
    }
    OnnxExporter.export(
        block,
        Fixtures.description(List.of(Fixtures.floats("x", 4)), described),
        folder.resolve("model.onnx"));
  }

  private float[] run(Block block) {
    NDManager manager = engine.manager();
    NDArray x = manager.create(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, new Shape(2, 4));
    return block
        .forward(new ParameterStore(manager, false), new NDList(x), false)
        .head()
        .toFloatArray();
  }

  @Test
  void anOutputThatIsAParameterStaysOpen() {
    Block block = Fixtures.initialized(new Remembering(), engine.manager(), new Shape(1, 4));
    float[] before = run(block);
    export(block, 3);
    assertThat(run(block)).containsExactly(before);
    block
        .getParameters()
        .values()
        .forEach(weight -> assertThat(weight.getArray().isReleased()).isFalse());
  }

  @Test
  void whatABlockMakesOnceIsMadeAnewAfterTheExport() {
    Remembering block = Fixtures.initialized(new Remembering(), engine.manager(), new Shape(1, 4));
    export(block, 3);
    assertThat(block.mask).isNull();
    assertThat(block.masks).isEmpty();
    assertThat(block.list).isEmpty();
    assertThat(block.slots).containsExactly((NDArray) null);
    assertThat(block.kept.mask).isNull();
    assertThat(block.reference.get()).isNull();
    assertThat(block.calls).isZero();
    assertThat(run(block)).hasSize(8);
  }

  @Test
  void whatABlockMadeBeforeTheExportIsKept() {
    Remembering block = Fixtures.initialized(new Remembering(), engine.manager(), new Shape(1, 4));
    block.mask = engine.manager().create(new float[] {1, 0, 1, 0});
    NDArray mask = block.mask;
    float[] before = run(block);
    export(block, 3);
    assertThat(block.mask).isSameAs(mask);
    assertThat(mask.isReleased()).isFalse();
    assertThat(run(block)).containsExactly(before);
  }

  @Test
  void aFailedExportTakesWhatWasMadeOutToo() {
    NDArray[] cache = new NDArray[1];
    Block block = LambdaBlock.singleton(
        x -> {
          if (cache[0] == null) {
            cache[0] = x.getManager().create(2f);
          }
          return x.mul(cache[0]).toSparse(SparseFormat.COO);
        },
        "caching");
    assertThatThrownBy(() -> export(block, 1)).isInstanceOf(ExportException.class);
    assertThat(cache).containsExactly((NDArray) null);
  }

  /** Of the block's own package, as a block's own small classes are. */
  private static final class Kept {
    private @Nullable NDArray mask;
  }

  /** Makes masks once, in whatever a block may keep them, and answers with a parameter and a constant too. */
  private static final class Remembering extends AbstractBlock {
    private final Parameter scale;
    private final Linear linear;
    private final Map<Long, NDArray> masks = new HashMap<>();
    private final List<NDArray> list = new ArrayList<>();
    private final NDArray[] slots = new NDArray[1];
    private final Kept kept = new Kept();
    private final AtomicReference<NDArray> reference = new AtomicReference<>();
    private @Nullable NDArray mask;
    private int calls;

    Remembering() {
      scale = addParameter(Parameter.builder()
          .setName("scale")
          .setType(Parameter.Type.GAMMA)
          .optShape(new Shape(4))
          .build());
      linear = addChildBlock("linear", Linear.builder().setUnits(4).build());
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        PairList<String, Object> parameters) {
      NDArray x = inputs.head();
      NDManager manager = x.getManager();
      calls++;
      if (mask == null) {
        mask = manager.create(new float[] {1, 0, 1, 0});
      }
      if (list.isEmpty()) {
        list.add(manager.ones(new Shape(4)));
      }
      if (slots[0] == null) {
        slots[0] = manager.ones(new Shape(4));
      }
      if (kept.mask == null) {
        kept.mask = manager.ones(new Shape(4));
      }
      if (reference.get() == null) {
        reference.set(manager.ones(new Shape(4)));
      }
      NDArray cached = masks.computeIfAbsent(4L, size -> manager.ones(new Shape(size)));
      NDArray y = linear.forward(store, new NDList(x), training).head();
      for (NDArray each : List.of(mask, cached, list.get(0), slots[0], kept.mask)) {
        y = y.mul(each);
      }
      NDArray weight = store.getValue(scale, x.getDevice(), training);
      return new NDList(y.add(reference.get()), weight, mask);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return inputs;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
      linear.initialize(manager, type, inputs);
    }
  }
}
