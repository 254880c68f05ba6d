package lapidary.runtime.operators;

import static lapidary.runtime.TinyOnnx.FLOAT;
import static lapidary.runtime.TinyOnnx.INT64;
import static lapidary.runtime.TinyOnnx.integer;
import static lapidary.runtime.TinyOnnx.text;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Proto;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.check.OnnxFileCheck;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ONNX Runtime 1.29 was seen to end the process with, or to take all memory for: none of it may reach it. */
final class KnownDeathsTest {
  private static final String[] X = {"x"};

  @TempDir
  Path folder;

  /** Files whose structure is sound. */
  enum Death {
    NO_GROUPS("has 0, not 1 to") {
      @Override
      TinyOnnx file() {
        return of("ConvTranspose", new String[] {"x", "w"}, integer("group", 0))
            .weights("w", new long[] {2, 1, 1, 1}, 1, 2)
            .input("x", FLOAT, 1, 2, 3, 4);
      }
    },
    AXIS_BEYOND_ONE_HOT("has axis 4 where there are 3") {
      @Override
      TinyOnnx file() {
        return of("OneHot", new String[] {"x", "d", "v"}, integer("axis", 4))
            .initializer(longs("d", 4))
            .weights("v", new long[] {2}, 0, 1)
            .input("x", INT64, 2, 3);
      }
    },
    BATCH_BELOW_ZERO("has -3, not 0 to 7") {
      @Override
      TinyOnnx file() {
        return of("GatherND", new String[] {"x", "i"}, integer("batch_dims", -3))
            .initializer(longs("i", 1, 0))
            .input("x", FLOAT, 2, 3, 4);
      }
    },
    TERM_WITHOUT_INPUT("leaves out an input|is not of its input") {
      @Override
      TinyOnnx file() {
        return of("Einsum", new String[] {"x", ""}, text("equation", "ij,jk->ik"))
            .input("x", FLOAT, 2, 3);
      }
    },
    LETTERS_WITHOUT_DIMENSIONS("term \"bii\" is not of its input") {
      @Override
      TinyOnnx file() {
        return of("Einsum", X, text("equation", "bii->b")).input("x", FLOAT);
      }
    },
    BLOCKS_BEYOND_ALL("has 4611686018427387904, not 1 to 1024") {
      @Override
      TinyOnnx file() {
        return of("DepthToSpace", X, integer("blocksize", 1L << 62)).input("x", FLOAT, 1, 8, 2, 3);
      }
    },
    NORM_OF_NOTHING("input 0 is empty") {
      @Override
      TinyOnnx file() {
        return of("LpNormalization", X, integer("axis", 1)).input("x", FLOAT, 2, 0, 3);
      }
    },
    LAYER_BEYOND_THE_LAST_AXIS("has axis 5 where there are 3") {
      @Override
      TinyOnnx file() {
        return of("LayerNormalization", new String[] {"x", "s"}, integer("axis", 5))
            .weights("s", new long[] {2}, 1, 2)
            .input("x", FLOAT, 3, 4, 2);
      }
    },
    LAYER_WITH_A_BIAS_LEFT_OUT("leaves out an input") {
      @Override
      TinyOnnx file() {
        return of("LayerNormalization", new String[] {"x", "s", ""})
            .weights("s", new long[] {2}, 1, 2)
            .input("x", FLOAT, 3, 4, 2);
      }
    },
    SUM_WITH_A_TERM_LEFT_OUT("leaves out an input") {
      @Override
      TinyOnnx file() {
        return of("Sum", new String[] {"x", ""}).input("x", FLOAT, 3);
      }
    },
    LEAST_OF_NOTHING_MORE("leaves out an input") {
      @Override
      TinyOnnx file() {
        return of("Min", new String[] {"x", ""}).input("x", FLOAT, 2, 3);
      }
    },
    LEAST_OF_AN_EMPTY_AXIS("input 0 is empty") {
      @Override
      TinyOnnx file() {
        return of("ReduceMin", X).input("x", FLOAT, 2, 0, 3);
      }
    },
    STEPS_OF_A_NUMBER("has a first input of rank 0, not 3 to 3") {
      @Override
      TinyOnnx file() {
        return of("RNN", new String[] {"x", "w", "r"}, integer("hidden_size", 1))
            .weights("w", new long[] {1, 1, 1}, 1)
            .weights("r", new long[] {1, 1, 1}, 1)
            .input("x", FLOAT);
      }
    },
    TURNED_NUMBER("has a first input of rank 0, not 2 to 8") {
      @Override
      TinyOnnx file() {
        return of("ReverseSequence", new String[] {"x", "l"})
            .initializer(longs("l", 4, 2))
            .input("x", FLOAT);
      }
    },
    DIVISION_BY_ZERO("divides by 0") {
      @Override
      TinyOnnx file() {
        return of("Div", new String[] {"x", "d"}).initializer(longs("d", 0)).input("x", INT64, 2);
      }
    },
    AXIS_SAID_TWICE("attribute \"axis\" has not one value") {
      @Override
      TinyOnnx file() {
        return of(
                "LayerNormalization",
                new String[] {"x", "s"},
                integer("axis", 2).number(3, 5))
            .weights("s", new long[] {2}, 1, 2)
            .input("x", FLOAT, 3, 4, 2);
      }
    },
    WORK_WITHOUT_END("multiplies more than 137438953472 times") {
      @Override
      TinyOnnx file() {
        return new TinyOnnx()
            .node("ConstantOfShape", new String[] {"s"}, "a")
            .node("MatMul", new String[] {"a", "a"}, "y")
            .initializer(longs("s", 6000, 6000));
      }
    },
    PAD_BEYOND_MEMORY("has 2147483648, not 0 to 65536") {
      @Override
      TinyOnnx file() {
        Proto pads = new Proto().text(1, "pads").number(20, 7);
        for (long pad : new long[] {1, 1L << 31, 0, 0}) {
          pads.number(8, pad);
        }
        return of("Conv", new String[] {"x", "w"}, pads)
            .weights("w", new long[] {1, 2, 1, 1}, 1, 2)
            .input("x", FLOAT, 1, 2, 3, 4);
      }
    },
    FILLED_WITHOUT_END("values take more than 768 MiB") {
      @Override
      TinyOnnx file() {
        return of("ConstantOfShape", new String[] {"s"}).initializer(longs("s", 2, 3, 1L << 30));
      }
    },
    NUMBERS_WITHOUT_END("asks for a size of 34359738372") {
      @Override
      TinyOnnx file() {
        return of("Range", new String[] {"a", "b", "c"})
            .initializer(scalar("a", 1))
            .initializer(scalar("b", 68719476745L))
            .initializer(scalar("c", 2));
      }
    },
    PARTS_WITHOUT_END("has 2147483647, not 1 to 256") {
      @Override
      TinyOnnx file() {
        return of("Split", X, integer("num_outputs", Integer.MAX_VALUE))
            .opset(18)
            .input("x", FLOAT, 2, 6);
      }
    },
    BYTES_THAT_ARE_NOT_THERE("has 4 bytes, which are not those of [7] of type 1") {
      @Override
      TinyOnnx file() {
        return of("Add", new String[] {"x", "w"})
            .weights("w", new long[] {7}, 1)
            .input("x", FLOAT, 7);
      }
    },
    A_CYCLE("takes \"y\", which comes from nowhere before it") {
      @Override
      TinyOnnx file() {
        return of("Add", new String[] {"x", "y"}).input("x", FLOAT, 7);
      }
    };

    private final String sentence;

    Death(String sentence) {
      this.sentence = sentence;
    }

    abstract TinyOnnx file();
  }

  @ParameterizedTest
  @EnumSource
  void doesNotReachOnnxRuntime(Death death) throws IOException {
    Path file = death.file().output("y", FLOAT).write(folder.resolve("model.onnx"));
    assertRefused(file, death.sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Loop",
        "Scan",
        "If",
        "SequenceMap",
        "CausalConvWithState",
        "com.microsoft.MatMulFpQ4",
        "com.microsoft.BifurcationDetector",
        "NoSuchOperator"
      })
  void isNotInTheList(String kind) throws IOException {
    String operator = kind.substring(kind.lastIndexOf('.') + 1);
    TinyOnnx graph = new TinyOnnx().input("x", FLOAT, 2).output("y", FLOAT, 2);
    Proto node = new Proto().text(1, "x").text(2, "y").text(3, "n").text(4, operator);
    graph.graph().message(1, kind.equals(operator) ? node : node.text(7, "com.microsoft"));
    assertRefused(
        graph.write(folder.resolve("model.onnx")),
        "node \"n\" \\(" + kind.replace(".", "\\.") + "\\) is not in the list of operators");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 27, 1000})
  void operatorSetsOutsideTheTableAreRefused(int version) throws IOException {
    Path file = TinyOnnx.add(1, 3).opset(version).write(folder.resolve("model.onnx"));
    assertRefused(file, "operator set \"\" is of version " + version + ", not of 7 to 26");
  }

  private static void assertRefused(Path file, String sentence) {
    OnnxFileCheck.Checked checked = OnnxFileCheck.check(file);
    assertThatThrownBy(() -> CheckedList.require(checked))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + " is not opened in this process, for it may end it: ")
        .hasMessageMatching("(?s).*(" + sentence.replaceAll("([\\[\\]])", "\\\\$1") + ").*");
  }

  private static TinyOnnx of(String operator, String[] inputs, Proto... attributes) {
    return new TinyOnnx().node(operator, inputs, "y", attributes);
  }

  private static Proto longs(String name, long... values) {
    return scalars(new Proto().number(1, values.length), name, values);
  }

  private static Proto scalar(String name, long value) {
    return scalars(new Proto(), name, value);
  }

  private static Proto scalars(Proto tensor, String name, long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putLong(value);
    }
    return tensor.number(2, INT64).text(8, name).bytes(9, bytes.array());
  }
}
