package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BindingTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Map<String, Tensor> TWO_ROWS =
      Map.of("x", Tensor.floats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));

  @TempDir
  Path folder;

  @Test
  void runsInTheSameMemoryAgainAndAgain() throws IOException {
    try (Model model = add();
        Binding binding = model.bind(TWO_ROWS, List.of("y"))) {
      ByteBuffer x = binding.input("x");
      FloatBuffer y = binding.output("y").asFloatBuffer();
      assertThat(x.isDirect()).isTrue();
      assertThat(x.order()).isEqualTo(ByteOrder.nativeOrder());
      assertThat(binding.outputs())
          .containsExactly(new TensorInfo("y", ElementType.FLOAT32, List.of(2L, 3L)));
      binding.run();
      assertThat(values(y)).containsExactly(2, 3, 4, 5, 6, 7);
      for (int i = 0; i < 100; i++) {
        x.putFloat(4 * 5, i);
        binding.run();
        assertThat(y.get(5)).isEqualTo(i + 1);
        assertThat(y.get(0)).isEqualTo(2);
      }
      assertThat(binding.input("x")).isSameAs(x);
    }
  }

  @Test
  void onlyBoundOutputsAreThere() throws IOException {
    try (Model model =
            Model.open(TinyClassifier.graph().write(folder.resolve("c.onnx")), Device.cpu(1));
        Binding binding = model.bind(
            Map.of("pixels", Tensor.uint8(new byte[] {1, 2, 3, 4, 5, -1}, 1, 2, 3, 1)),
            List.of("features"))) {
      binding.run();
      assertThat(binding.output("features").getFloat(4 * 5)).isEqualTo(255);
      assertThatThrownBy(() -> binding.output("feature"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("features");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {TinyOnnx.FLOAT16, TinyOnnx.BFLOAT16})
  void halvesLieThereAsSixteenBits(int type) throws IOException {
    Path file = TinyOnnx.identity(type).write(folder.resolve("h.onnx"));
    try (Model model = Model.open(file, Device.cpu(1));
        Binding binding =
            model.bind(Map.of("x", Tensor.floats(new float[] {1, -2}, 1, 2)), List.of("y"))) {
      binding.input("x").putShort(2, (short) 0x1234);
      binding.run();
      assertThat(binding.output("y").remaining()).isEqualTo(4);
      assertThat(binding.output("y").getShort(0))
          .isEqualTo((short) (type == TinyOnnx.FLOAT16 ? 0x3c00 : 0x3f80));
      assertThat(binding.output("y").getShort(2)).isEqualTo((short) 0x1234);
    }
  }

  @Test
  void whatHasNoMemoryToHandOverIsRefused() throws IOException {
    for (int type : new int[] {TinyOnnx.STRING, TinyOnnx.UINT64}) {
      Path file = TinyOnnx.identity(type).write(folder.resolve(type + ".onnx"));
      Tensor row = type == TinyOnnx.STRING
          ? Tensor.strings(new String[] {"a", "b"}, 1, 2)
          : Tensor.uint64(new long[2], 1, 2);
      try (Model model = Model.open(file, Device.cpu(1))) {
        assertThatThrownBy(() -> model.bind(Map.of("x", row), List.of("y")))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining("cannot be bound")
            .hasMessageContaining("run the model by Model.run");
      }
    }
  }

  /** NonZero has as many columns as there are values that are not zero. */
  @Test
  void anOutputWhoseShapeFollowsFromTheValuesIsRefusedWhenItChanges() throws IOException {
    Path file = new TinyOnnx()
        .node("NonZero", new String[] {"x"}, "y")
        .input("x", TinyOnnx.FLOAT, 3)
        .output("y", TinyOnnx.INT64, 1, -1)
        .write(folder.resolve("n.onnx"));
    try (Model model = Model.open(file, Device.cpu(1));
        Binding binding =
            model.bind(Map.of("x", Tensor.floats(new float[] {0, 7, 7}, 3)), List.of("y"))) {
      binding.run();
      assertThat(binding.output("y").getLong(8)).isEqualTo(2);
      binding.input("x").putFloat(0, 5);
      assertThatThrownBy(binding::run)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("another shape than the example gave");
      binding.input("x").putFloat(0, 0);
      binding.run();
      assertThat(binding.output("y").getLong(0)).isEqualTo(1);
    }
  }

  @Test
  void afterClosingNothingRunsAndTheBuffersStayReadable() throws IOException {
    try (Model model = add()) {
      Binding binding = model.bind(TWO_ROWS, List.of("y"));
      FloatBuffer y = binding.output("y").asFloatBuffer();
      binding.run();
      binding.close();
      binding.close();
      assertThat(values(y)).containsExactly(2, 3, 4, 5, 6, 7);
      assertThatThrownBy(binding::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is closed; bind the model again");
      assertThatThrownBy(() -> binding.output("y")).isInstanceOf(IllegalStateException.class);
      assertThat(model.run(TWO_ROWS)).containsKey("y");
    }
  }

  @Test
  void closingTheModelEndsItsBindings() throws IOException {
    Model model = add();
    try (Binding binding = model.bind(TWO_ROWS, List.of("y"))) {
      binding.run();
      model.close();
      assertThatThrownBy(binding::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is closed; open the model again");
      assertThat(binding.output("y").getFloat(0)).isEqualTo(2);
      assertThatThrownBy(() -> model.bind(TWO_ROWS, List.of("y")))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  /** What the Javadoc of both says. The compiler may make less of it, hence after warm-up. */
  @Test
  void runsMakeNoMoreGarbageThanTheyState() throws IOException {
    try (Model model = add();
        Binding binding = model.bind(TWO_ROWS, List.of("y"))) {
      assertThat(bytes(binding::run)).isLessThanOrEqualTo(2L * Binding.MAX_GARBAGE);
      List<String> outputs = List.of("y");
      assertThat(bytes(() -> model.run(TWO_ROWS, outputs)))
          .isLessThanOrEqualTo(2L * Model.MAX_GARBAGE + 4 * 6);
    }
  }

  private static long bytes(Runnable run) {
    int calls = 2_000;
    for (int i = 0; i < 5_000; i++) {
      run.run();
    }
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    for (int i = 0; i < calls; i++) {
      run.run();
    }
    return (THREADS.getThreadAllocatedBytes(thread) - before) / calls;
  }

  private static float[] values(FloatBuffer buffer) {
    float[] values = new float[buffer.capacity()];
    buffer.get(0, values);
    return values;
  }

  private Model add() throws IOException {
    return Model.open(TinyOnnx.add(1, 3).write(folder.resolve("add.onnx")), Device.cpu(1));
  }
}
