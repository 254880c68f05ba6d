package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every element type through ONNX Runtime and back, by graphs that change nothing. */
final class ElementTypesTest {
  private static final Map<ElementType, Integer> CODES = Map.ofEntries(
      Map.entry(ElementType.FLOAT32, TinyOnnx.FLOAT),
      Map.entry(ElementType.FLOAT16, TinyOnnx.FLOAT16),
      Map.entry(ElementType.BFLOAT16, TinyOnnx.BFLOAT16),
      Map.entry(ElementType.FLOAT64, TinyOnnx.DOUBLE),
      Map.entry(ElementType.INT8, TinyOnnx.INT8),
      Map.entry(ElementType.INT16, TinyOnnx.INT16),
      Map.entry(ElementType.INT32, TinyOnnx.INT32),
      Map.entry(ElementType.INT64, TinyOnnx.INT64),
      Map.entry(ElementType.UINT8, TinyOnnx.UINT8),
      Map.entry(ElementType.UINT16, TinyOnnx.UINT16),
      Map.entry(ElementType.UINT32, TinyOnnx.UINT32),
      Map.entry(ElementType.UINT64, TinyOnnx.UINT64),
      Map.entry(ElementType.BOOL, TinyOnnx.BOOL),
      Map.entry(ElementType.STRING, TinyOnnx.STRING));

  @TempDir
  Path folder;

  @Test
  void floatsComeBackBitForBit() throws IOException {
    float[] values = {1.5f, -0f, Float.MIN_VALUE, Float.POSITIVE_INFINITY, 3, 4};
    assertThat(echo(TinyOnnx.FLOAT, Tensor.floats(values, 3, 2)).floats()).containsExactly(values);
  }

  @Test
  void bytesIntegersTruthAndTextComeBack() throws IOException {
    assertThat(echo(TinyOnnx.UINT8, Tensor.uint8(new byte[] {0, -1}, 1, 2)).bytes())
        .containsExactly(0, -1);
    assertThat(echo(TinyOnnx.INT32, Tensor.int32(new int[] {-7, 1 << 30}, 1, 2)).ints())
        .containsExactly(-7, 1 << 30);
    assertThat(echo(TinyOnnx.INT64, Tensor.longs(new long[] {-7, 1L << 60}, 1, 2))
            .longs())
        .containsExactly(-7, 1L << 60);
    assertThat(echo(TinyOnnx.BOOL, Tensor.bools(new boolean[] {true, false}, 1, 2))
            .bools())
        .containsExactly(true, false);
    String[] texts = {"left", "", "rösti", "右"};
    assertThat(echo(TinyOnnx.STRING, Tensor.strings(texts, 2, 2)).strings()).containsExactly(texts);
  }

  @Test
  void halvesAreFloatsOnBothSides() throws IOException {
    Tensor answer = echo(TinyOnnx.FLOAT16, Tensor.floats(new float[] {1.5f, 0.1f}, 1, 2));
    assertThat(answer.type()).isEqualTo(ElementType.FLOAT16);
    // 0.1 rounded to 11 significant bits is 1638 / 2^14.
    assertThat(answer.floats()).containsExactly(1.5f, 1638f / 16384f);
    assertThat(echo(TinyOnnx.FLOAT16, answer).floats()).containsExactly(answer.floats());
  }

  @Test
  void noRowsGiveNoRows() throws IOException {
    Tensor answer = echo(TinyOnnx.FLOAT, Tensor.floats(new float[0], 0, 2));
    assertThat(answer.shape()).containsExactly(0, 2);
    assertThat(answer.floats()).isEmpty();
    assertThat(echo(TinyOnnx.STRING, Tensor.strings(new String[0], 0, 2)).strings())
        .isEmpty();
  }

  @Test
  void aScalarHasNoDimensions() throws IOException {
    TinyOnnx identity = new TinyOnnx()
        .node("Identity", new String[] {"x"}, "y")
        .input("x", TinyOnnx.FLOAT)
        .output("y", TinyOnnx.FLOAT);
    try (Model model = Model.open(identity.write(folder.resolve("s.onnx")), Device.cpu(1))) {
      Tensor answer = model.run(Map.of("x", Tensor.floats(new float[] {7}))).get("y");
      assertThat(answer.shape()).isEmpty();
      assertThat(answer.floats()).containsExactly(7);
    }
  }

  @Test
  void everyOtherNumberComesBackBitForBit() throws IOException {
    double[] doubles = {Double.MIN_VALUE, -0.0, Double.NaN, 1e300};
    assertThat(echo(TinyOnnx.DOUBLE, Tensor.doubles(doubles, 2, 2)).doubles())
        .containsExactly(doubles);
    byte[] bytes = {-128, 127};
    assertThat(echo(TinyOnnx.INT8, Tensor.int8(bytes, 1, 2)).bytes()).containsExactly(bytes);
    short[] shorts = {Short.MIN_VALUE, -1};
    assertThat(echo(TinyOnnx.INT16, Tensor.int16(shorts, 1, 2)).shorts()).containsExactly(shorts);
    assertThat(echo(TinyOnnx.UINT16, Tensor.uint16(shorts, 1, 2)).shorts()).containsExactly(shorts);
    int[] ints = {Integer.MIN_VALUE, -1};
    assertThat(echo(TinyOnnx.UINT32, Tensor.uint32(ints, 1, 2)).ints()).containsExactly(ints);
    long[] longs = {Long.MIN_VALUE, -1};
    assertThat(echo(TinyOnnx.UINT64, Tensor.uint64(longs, 1, 2)).longs()).containsExactly(longs);
  }

  /** What ONNX Runtime takes the bits for shows when it casts them. */
  @Test
  void edgesAreTheNumbersTheyStandFor() throws IOException {
    assertThat(cast(TinyOnnx.UINT8, TinyOnnx.INT64, Tensor.uint8(new byte[] {-1, -128}, 1, 2))
            .longs())
        .containsExactly(255, 128);
    assertThat(cast(TinyOnnx.INT8, TinyOnnx.INT64, Tensor.int8(new byte[] {-1, -128}, 1, 2))
            .longs())
        .containsExactly(-1, -128);
    short[] shorts = {-1, Short.MIN_VALUE};
    assertThat(
            cast(TinyOnnx.UINT16, TinyOnnx.INT64, Tensor.uint16(shorts, 1, 2)).longs())
        .containsExactly(65_535, 32_768);
    assertThat(cast(TinyOnnx.INT16, TinyOnnx.INT64, Tensor.int16(shorts, 1, 2)).longs())
        .containsExactly(-1, -32_768);
    assertThat(cast(TinyOnnx.UINT32, TinyOnnx.INT64, Tensor.uint32(new int[] {-1, 7}, 1, 2))
            .longs())
        .containsExactly(4_294_967_295L, 7);
    long[] longs = {Long.MIN_VALUE, 1};
    assertThat(
            cast(TinyOnnx.UINT64, TinyOnnx.DOUBLE, Tensor.uint64(longs, 1, 2)).doubles())
        .containsExactly(0x1p63, 1);
    assertThat(cast(
                TinyOnnx.DOUBLE, TinyOnnx.UINT64, Tensor.doubles(new double[] {0x1p63, 3}, 1, 2))
            .longs())
        .containsExactly(longs[0], 3);
  }

  /** Rounding of our own against ONNX Runtime's Cast, at edges and over random bits. */
  @ParameterizedTest
  @ValueSource(ints = {TinyOnnx.FLOAT16, TinyOnnx.BFLOAT16})
  void roundsTo16BitsAsOnnxRuntimeDoes(int type) throws IOException {
    float[] values = new float[4096];
    float[] edges = {
      0x1p-24f,
      0x1p-25f,
      0x1.8p-24f,
      65_504,
      65_519,
      65_520,
      Float.NaN,
      -0f,
      Float.MIN_VALUE,
      Float.MAX_VALUE,
      Float.NEGATIVE_INFINITY,
      1 + 0x1p-8f,
      1 + 0x1.8p-7f,
      1 + 0x1p-11f
    };
    Random random = new Random(7);
    for (int i = 0; i < values.length; i++) {
      values[i] = i < edges.length ? edges[i] : Float.intBitsToFloat(random.nextInt());
    }
    Tensor floats = Tensor.floats(values, values.length / 2, 2);
    float[] ours = cast(type, TinyOnnx.FLOAT, floats).floats();
    Tensor theirs = cast(TinyOnnx.FLOAT, type, floats);
    assertThat(theirs.type().name()).isEqualTo(type == TinyOnnx.FLOAT16 ? "FLOAT16" : "BFLOAT16");
    assertThat(ours).containsExactly(theirs.floats());
    assertThat(ours[11]).isEqualTo(type == TinyOnnx.FLOAT16 ? 1 + 0x1p-8f : 1);
    assertThat(ours[0]).isEqualTo(0x1p-24f);
  }

  @Test
  void whatCannotBeReadIsRefusedWhenItIsAskedForAndNotBefore() throws IOException {
    Path file = new TinyOnnx()
        .node("Identity", new String[] {"x"}, "y")
        .node("Cast", new String[] {"x"}, "eighth", TinyOnnx.integer("to", TinyOnnx.FLOAT8))
        .input("x", TinyOnnx.FLOAT, -1, 2)
        .output("y", TinyOnnx.FLOAT, -1, 2)
        .output("eighth", TinyOnnx.FLOAT8, -1, 2)
        .opset(19)
        .write(folder.resolve("e.onnx"));
    Map<String, Tensor> inputs = Map.of("x", Tensor.floats(new float[] {1, 2}, 1, 2));
    try (Model model = vouched(file, ModelOptions.of(Device.cpu(1)).withWarmUpRuns(1))) {
      assertThat(model.outputs().get(1))
          .isEqualTo(TensorInfo.unreadable("eighth", "float8e4m3fn", List.of(-1L, 2L)));
      assertThat(ModelFile.read(file).outputs()).isEqualTo(model.outputs());
      assertThat(model.run(inputs, List.of("y")).get("y").floats()).containsExactly(1, 2);
      assertThatThrownBy(() -> model.run(inputs))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("e.onnx: output \"eighth\" is float8e4m3fn, which cannot be handed"
              + " over; Lapidary takes tensors of [FLOAT32, FLOAT16, BFLOAT16")
          .hasMessageEndingWith("put a Cast after it, or ask for the other outputs");
    }
  }

  @Test
  void anInputThatCannotBeGivenIsRefusedWhenItIsNeeded() throws IOException {
    Path file =
        TinyOnnx.cast(TinyOnnx.FLOAT8, TinyOnnx.FLOAT).opset(19).write(folder.resolve("c.onnx"));
    try (Model model = vouched(file, ModelOptions.of(Device.cpu(1)))) {
      assertThat(ModelFile.read(file).inputs()).isEqualTo(model.inputs());
      assertThatThrownBy(() -> model.run(Map.of("x", Tensor.floats(new float[2], 1, 2))))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("input \"x\" is float8e4m3fn, which cannot be handed over")
          .hasMessageEndingWith("put a Cast before it");
    }
    assertThatThrownBy(() -> vouched(file, ModelOptions.of(Device.cpu(1)).withWarmUpRuns(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("input \"x\" is float8e4m3fn");
  }

  @Test
  void aSequenceIsDescribedAndTheOtherOutputsRun() throws IOException {
    Proto element = new Proto().number(1, TinyOnnx.FLOAT).message(2, new Proto());
    Proto sequence = new Proto()
        .text(1, "parts")
        .message(
            2, new Proto().message(4, new Proto().message(1, new Proto().message(1, element))));
    TinyOnnx graph = TinyOnnx.identity(TinyOnnx.FLOAT)
        .node("SequenceConstruct", new String[] {"x", "x"}, "parts");
    graph.graph().message(12, sequence);
    Path file = graph.write(folder.resolve("q.onnx"));
    try (Model model = vouched(file, ModelOptions.of(Device.cpu(1)))) {
      assertThat(model.outputs())
          .extracting(TensorInfo::kind)
          .containsExactly("float32", "a sequence");
      assertThat(ModelFile.read(file).outputs()).isEqualTo(model.outputs());
      Map<String, Tensor> inputs = Map.of("x", Tensor.floats(new float[] {1, 2}, 1, 2));
      assertThat(model.run(inputs, List.of("y")).get("y").floats()).containsExactly(1, 2);
      assertThatThrownBy(() -> model.run(inputs, List.of("parts")))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("output \"parts\" is a sequence");
    }
  }

  /** Joined, run and taken apart again, as a batcher does, and warmed up. */
  @ParameterizedTest
  @EnumSource(names = "OTHER", mode = EnumSource.Mode.EXCLUDE)
  void rowsOfEveryTypeAreJoinedAndWarmedUp(ElementType type) throws IOException {
    Path file = TinyOnnx.identity(CODES.get(type)).write(folder.resolve("r.onnx"));
    try (Model model = Model.open(file, ModelOptions.of(Device.cpu(1)).withWarmUpRuns(2))) {
      Map<String, Tensor> row = WarmUp.row(model.inputs(), Optional.empty(), 3).orElseThrow();
      Map<String, Tensor> batch = Rows.join(List.of(row, row, row));
      Tensor answer = Rows.row(model.run(batch), 2, 3).get("y");
      assertThat(answer.type()).isEqualTo(type);
      assertThat(answer.shape()).containsExactly(1, 2);
    }
  }

  private Tensor cast(int from, int to, Tensor tensor) throws IOException {
    Path file = TinyOnnx.cast(from, to).write(folder.resolve(from + "-" + to + ".onnx"));
    try (Model model = Model.open(file, Device.cpu(1))) {
      return model.run(Map.of("x", tensor)).get("y");
    }
  }

  private Tensor echo(int type, Tensor tensor) throws IOException {
    Path file = TinyOnnx.identity(type).write(folder.resolve(type + ".onnx"));
    try (Model model = Model.open(file, Device.cpu(1))) {
      Tensor answer = model.run(Map.of("x", tensor)).get("y");
      assertThat(answer.shape()).isEqualTo(tensor.shape());
      return answer;
    }
  }

  /** Types that are not in the list of what is opened without somebody's word. */
  private static Model vouched(Path file, ModelOptions options) {
    return Model.open(file, options, Set.of(ModelFile.read(file).sha256()));
  }
}
