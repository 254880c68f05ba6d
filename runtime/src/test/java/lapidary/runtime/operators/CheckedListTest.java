package lapidary.runtime.operators;

import static lapidary.runtime.TinyOnnx.FLOAT;
import static lapidary.runtime.TinyOnnx.INT64;
import static lapidary.runtime.TinyOnnx.integer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Model;
import lapidary.runtime.Proto;
import lapidary.runtime.Tensor;
import lapidary.runtime.TinyClassifier;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckedListTest {
  @TempDir
  Path folder;

  @Test
  void everyRowHasItsRuleAndItsAttributes() {
    assertThat(OperatorTable.names()).hasSizeGreaterThan(130);
    for (String kind : OperatorTable.names()) {
      OperatorRow row = Objects.requireNonNull(OperatorTable.row(kind));
      assertThat(AttributeTable.names()).as(kind).containsAll(row.attributes());
      assertThat(row.versions()).as(kind).isSorted();
      GraphNode node = new GraphNode("n", "", kind, List.of(), List.of(), Map.of());
      // Whatever a rule says of no inputs: there is one.
      assertThatCode(() -> Shapes.outputs(row.rule(), new Call(node, List.of(), 17)))
          .as(kind)
          .satisfiesAnyOf(
              thrown -> assertThat(thrown).isNull(),
              thrown -> assertThat(thrown).isNotInstanceOf(IllegalStateException.class));
    }
  }

  @Test
  void whatWeExportPasses() throws IOException {
    CheckedList.require(OnnxFileCheck.check(TinyClassifier.described().write(path())));
  }

  /** As PyTorch's exporter writes x.view(x.size(0), -1). */
  @Test
  void sizesThatAreReckonedWithAreFollowed() throws IOException {
    Path file = flattened(2).write(path());
    try (Model model = Model.open(file, Device.cpu(1))) {
      Tensor answer =
          model.run(Map.of("x", Tensor.floats(new float[6], 1, 2, 3))).get("y");
      assertThat(answer.shape()).containsExactly(3, 2);
    }
  }

  @Test
  void aShapeThatIsNotTheInputsIsRefused() throws IOException {
    assertRefused(
        flattened(5), "node \"Reshape_y\" (Reshape) an input of [1, 2, 3] is not of shape");
  }

  /** With an open size taken as 1 the values would still take 8 GiB. */
  @Test
  void memoryIsBoundedThroughOpenSizes() throws IOException {
    TinyOnnx graph = new TinyOnnx()
        .node("Shape", new String[] {"x"}, "s")
        .node("Mul", new String[] {"s", "k"}, "t")
        .node("Expand", new String[] {"x", "t"}, "y")
        .initializer(longs("k", 1L << 31))
        .input("x", FLOAT, -1)
        .output("y", FLOAT, -1);
    assertRefused(graph, "node \"Expand_y\" (Expand)");
  }

  /** Whatever path a size takes to the operator that uses it. */
  @Test
  void sizesAreNotLostOnTheWay() throws IOException {
    TinyOnnx graph = new TinyOnnx()
        .node("Equal", new String[] {"k", "k"}, "c")
        .node("Where", new String[] {"c", "k", "k"}, "w")
        .node("Neg", new String[] {"w"}, "n")
        .node("Abs", new String[] {"n"}, "t")
        .node("Expand", new String[] {"x", "t"}, "y")
        .initializer(longs("k", 1L << 29))
        .input("x", FLOAT, 1)
        .output("y", FLOAT, -1);
    assertRefused(graph, "node \"Expand_y\" (Expand) makes [536870912]");
  }

  @Test
  void valuesThatAreNotNeededAtOneTimeDoNotAddUp() throws IOException {
    TinyOnnx graph = new TinyOnnx();
    for (int i = 0; i < 20; i++) {
      graph.node("Relu", new String[] {i == 0 ? "x" : "v" + i}, i == 19 ? "y" : "v" + (i + 1));
    }
    graph.input("x", FLOAT, 1 << 20, 40).output("y", FLOAT, 1 << 20, 40);
    CheckedList.require(OnnxFileCheck.check(graph.write(path())));
    graph.node("Concat", new String[] {"v1", "v2", "v3", "v4"}, "z", integer("axis", 0));
    assertRefused(graph, "values take more than 768 MiB");
  }

  /** The input may be the least number there is, which divided by -1 ends the process. */
  @Test
  void wholeNumbersAreDividedByWhatStandsInTheFile() throws IOException {
    assertRefused(divided(-1), "(Div) divides by -1");
    CheckedList.require(OnnxFileCheck.check(divided(7).write(path())));
    TinyOnnx open = new TinyOnnx()
        .node("Div", new String[] {"x", "z"}, "y")
        .input("x", INT64, -1)
        .input("z", INT64, -1)
        .output("y", INT64, -1);
    assertRefused(open, "(Div) input 1 does not follow from the file");
  }

  @Test
  void aCheckedFileIsPrintedByItsPath() throws IOException {
    Path file = TinyOnnx.add(1, 3).write(path());
    assertThat(OnnxFileCheck.check(file)).hasToString(file.toString());
  }

  private static TinyOnnx divided(long by) {
    return new TinyOnnx()
        .node("Div", new String[] {"x", "d"}, "y")
        .initializer(longs("d", by))
        .input("x", INT64, -1)
        .output("y", INT64, -1);
  }

  /** As PyTorch's newer exporter slices a shape: from the least number there is to the last but two. */
  @Test
  void theLeastNumberIsAPlaceLikeAnother() throws IOException {
    Path file = new TinyOnnx()
        .node("Shape", new String[] {"x"}, "s")
        .node("Slice", new String[] {"s", "least", "back"}, "n")
        .node("Concat", new String[] {"n", "rest"}, "t", integer("axis", 0))
        .node("Reshape", new String[] {"x", "t"}, "y")
        .initializer(longs("least", Long.MIN_VALUE))
        .initializer(longs("back", -2))
        .initializer(longs("rest", 6))
        .input("x", FLOAT, -1, 2, 3)
        .output("y", FLOAT, -1, -1)
        .write(path());
    try (Model model = Model.open(file, Device.cpu(1))) {
      assertThat(model
              .run(Map.of("x", Tensor.floats(new float[12], 2, 2, 3)))
              .get("y")
              .shape())
          .containsExactly(2, 6);
    }
  }

  /** Added up they are 2^32, whatever stands for a size that is not told. */
  @Test
  void noNumberHidesASize() throws IOException {
    for (long number : new long[] {Long.MIN_VALUE, Known.UNTOLD}) {
      TinyOnnx graph = new TinyOnnx()
          .node("Add", new String[] {"one", "other"}, "t")
          .node("Expand", new String[] {"x", "t"}, "y")
          .initializer(longs("one", number))
          .initializer(longs("other", (1L << 32) - number))
          .input("x", FLOAT, 1)
          .output("y", FLOAT, -1);
      assertRefused(graph, "not opened");
    }
    TinyOnnx made = new TinyOnnx()
        .node("Add", new String[] {"one", "other"}, "untold")
        .node("Sub", new String[] {"other", "untold"}, "t")
        .node("Expand", new String[] {"x", "t"}, "y")
        .initializer(longs("one", -(1L << 32)))
        .initializer(longs("other", Known.UNTOLD + (1L << 32)))
        .input("x", FLOAT, 1)
        .output("y", FLOAT, -1);
    assertRefused(made, "not opened");
  }

  /** As 32 bits the number is 2^29, which the greater of it and 1 is too. */
  @Test
  void aCastLosesWhatHasNoRoom() throws IOException {
    long number = Long.MIN_VALUE + (1L << 29);
    for (TinyOnnx cast : new TinyOnnx[] {
      new TinyOnnx().node("Cast", new String[] {"n"}, "c", integer("to", TinyOnnx.INT32)),
      new TinyOnnx()
          .node("Cast", new String[] {"one"}, "narrow", integer("to", TinyOnnx.INT32))
          .node("CastLike", new String[] {"n", "narrow"}, "c")
    }) {
      TinyOnnx graph = cast.node("Cast", new String[] {"c"}, "w", integer("to", INT64))
          .node("Max", new String[] {"w", "one"}, "t")
          .node("Expand", new String[] {"x", "t"}, "y")
          .initializer(longs("n", number))
          .initializer(longs("one", 1))
          .input("x", FLOAT, 1)
          .output("y", FLOAT, -1);
      assertRefused(graph, "(Expand) makes [536870912]");
    }
  }

  private static TinyOnnx flattened(int columns) {
    return new TinyOnnx()
        .node("Shape", new String[] {"x"}, "s")
        .node("Gather", new String[] {"s", "two"}, "n", integer("axis", 0))
        .node("Concat", new String[] {"n", "rest"}, "t", integer("axis", 0))
        .node("Reshape", new String[] {"x", "t"}, "y")
        .initializer(longs("two", 2))
        .initializer(longs("rest", columns))
        .input("x", FLOAT, 1, 2, 3)
        .output("y", FLOAT, -1, -1);
  }

  private void assertRefused(TinyOnnx graph, String sentence) throws IOException {
    OnnxFileCheck.Checked file = OnnxFileCheck.check(graph.write(path()));
    assertThatThrownBy(() -> CheckedList.require(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + " is not opened in this process")
        .hasMessageContaining(sentence);
  }

  private Path path() {
    return folder.resolve("model.onnx");
  }

  private static Proto longs(String name, long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putLong(value);
    }
    return new Proto()
        .number(1, values.length)
        .number(2, INT64)
        .text(8, name)
        .bytes(9, bytes.array());
  }
}
