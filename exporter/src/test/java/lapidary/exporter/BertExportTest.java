package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.transformer.BertBlock;
import ai.djl.nn.transformer.BertPretrainingBlock;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.models.Input;
import lapidary.models.Output;
import lapidary.runtime.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whole blocks of ai.djl.nn.transformer on sentences: ids of words, of two sentences, and masks of padded places. */
final class BertExportTest {
  private static final int ROWS = 12;
  private static final int LENGTH = 7;
  private static final int WORDS = 30;

  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  /** Sentences of 3 to 7 words, of which the first has its own type. */
  private static Map<String, Tensor> sentences() {
    long[] ids = new long[ROWS * LENGTH];
    long[] types = new long[ids.length];
    long[] mask = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      int row = i / LENGTH;
      int place = i % LENGTH;
      boolean there = place < 3 + row % 5;
      ids[i] = there ? 1 + (i * 17L) % (WORDS - 1) : 0;
      types[i] = there && place > 2 ? 1 : 0;
      mask[i] = there ? 1 : 0;
    }
    Map<String, Tensor> sentences = new LinkedHashMap<>();
    sentences.put("ids", Tensor.longs(ids, ROWS, LENGTH));
    sentences.put("types", Tensor.longs(types, ROWS, LENGTH));
    sentences.put("mask", Tensor.longs(mask, ROWS, LENGTH));
    return sentences;
  }

  private static BertBlock.Builder bert() {
    return BertBlock.builder()
        .setTokenDictionarySize(WORDS)
        .optMaxSequenceLength(LENGTH)
        .optEmbeddingSize(12)
        .optTransformerBlockCount(2)
        .optAttentionHeadCount(3)
        .optHiddenSize(24);
  }

  private <B extends Block> B initialized(B block, int inputs) {
    Shape[] shapes = new Shape[inputs];
    Arrays.fill(shapes, new Shape(2, LENGTH));
    return Fixtures.initialized(block, engine.manager(), shapes);
  }

  private void agrees(
      Block block, Map<String, Tensor> rows, List<Input> inputs, int outputs, boolean fixed) {
    List<Output> named = new ArrayList<>();
    IntStream.range(0, outputs).forEach(i -> named.add(Output.of("y" + i, i)));
    ExportOptions options = ExportOptions.defaults().withTolerance(1e-5);
    ExportReport report = OnnxExporter.export(
        block,
        Fixtures.description(inputs, named),
        folder.resolve("bert.onnx"),
        fixed ? options.withBatch(4) : options,
        ParityRows.tensors(rows));
    assertThat(report.parity().holds()).isTrue();
  }

  private static List<Input> tokens() {
    return List.of(
        Fixtures.ids("ids", LENGTH), Fixtures.ids("types", LENGTH), Fixtures.ids("mask", LENGTH));
  }

  @Test
  void bertReadsSentencesAndMasks() {
    agrees(initialized(bert().build(), 3), sentences(), tokens(), 2, false);
  }

  @Test
  void bertAnswersForMaskedWordsAndTheNextSentence() {
    Map<String, Tensor> rows = sentences();
    long[] places = new long[ROWS * 2];
    Arrays.setAll(places, i -> i % 3);
    rows.put("places", Tensor.longs(places, ROWS, 2));
    List<Input> inputs = new ArrayList<>(tokens());
    inputs.add(Fixtures.ids("places", 2));
    agrees(initialized(new BertPretrainingBlock(bert()), 4), rows, inputs, 2, true);
  }

  private static Tensor numbers(int... shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 101 - 50) / 40f;
    }
    return Tensor.floats(values, Arrays.stream(shape).asLongStream().toArray());
  }

  @Test
  void anEncoderOfOneBlockReadsVectors() {
    Block block = new TransformerEncoderBlock(12, 3, 24, 0.1f, Activation::gelu);
    Fixtures.initialized(block, engine.manager(), new Shape(2, LENGTH, 12));
    agrees(
        block,
        Map.of("x", numbers(ROWS, LENGTH, 12)),
        List.of(Fixtures.floats("x", LENGTH, 12)),
        1,
        false);
  }

  @Test
  void attentionKeepsToItsMask() {
    Block block = ScaledDotProductAttentionBlock.builder()
        .setEmbeddingSize(12)
        .setHeadCount(3)
        .build();
    Fixtures.initialized(block, engine.manager(), new Shape(2, LENGTH, 12));
    float[] mask = new float[ROWS * LENGTH * LENGTH];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % LENGTH <= i / LENGTH % LENGTH ? 0 : -10_000;
    }
    Map<String, Tensor> rows = new LinkedHashMap<>();
    rows.put("x", numbers(ROWS, LENGTH, 12));
    rows.put("mask", Tensor.floats(mask, ROWS, LENGTH, LENGTH));
    agrees(
        block,
        rows,
        List.of(Fixtures.floats("x", LENGTH, 12), Fixtures.floats("mask", LENGTH, LENGTH)),
        1,
        false);
  }
}
