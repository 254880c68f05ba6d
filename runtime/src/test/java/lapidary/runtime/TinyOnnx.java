package lapidary.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes small ONNX files by hand. Field numbers from onnx.proto. */
public final class TinyOnnx {
  public static final int FLOAT = 1;
  public static final int UINT8 = 2;
  public static final int INT8 = 3;
  public static final int UINT16 = 4;
  public static final int INT16 = 5;
  public static final int INT32 = 6;
  public static final int INT64 = 7;
  public static final int STRING = 8;
  public static final int BOOL = 9;
  public static final int FLOAT16 = 10;
  public static final int DOUBLE = 11;
  public static final int UINT32 = 12;
  public static final int UINT64 = 13;
  public static final int COMPLEX64 = 14;
  public static final int BFLOAT16 = 16;
  public static final int FLOAT8 = 17;

  private final Proto graph = new Proto();
  private final Map<String, String> metadata = new TreeMap<>();
  private int opset = 17;
  private boolean usesMl;

  /** {@code y = x + constant}, float32 [N, columns]. */
  public static TinyOnnx add(float constant, long columns) {
    return new TinyOnnx()
        .node("Add", new String[] {"x", "c"}, "y")
        .weights("c", new long[] {1}, constant)
        .input("x", FLOAT, -1, columns)
        .output("y", FLOAT, -1, columns);
  }

  /** {@code y = x} for one element type, shape [N, 2]. */
  public static TinyOnnx identity(int type) {
    return new TinyOnnx()
        .node("Identity", new String[] {"x"}, "y")
        .input("x", type, -1, 2)
        .output("y", type, -1, 2);
  }

  /** {@code y = x} as another element type, shape [N, 2]. */
  public static TinyOnnx cast(int from, int to) {
    return new TinyOnnx()
        .node("Cast", new String[] {"x"}, "y", integer("to", to))
        .input("x", from, -1, 2)
        .output("y", to, -1, 2);
  }

  public TinyOnnx node(String operator, String[] inputs, String output, Proto... attributes) {
    Proto node = new Proto();
    for (String input : inputs) {
      node.text(1, input);
    }
    node.text(2, output).text(3, operator + "_" + output).text(4, operator);
    for (Proto attribute : attributes) {
      node.message(5, attribute);
    }
    graph.message(1, node);
    return this;
  }

  /** Looks ids up: the first gives 1, the second 2; any other gives 0. Keys are the attribute of ids. */
  public TinyOnnx labelEncoder(String input, String output, Proto keys, int count) {
    Proto values = new Proto().text(1, "values_int64s").number(20, 7);
    for (int i = 1; i <= count; i++) {
      values.number(8, i);
    }
    graph.message(
        1,
        new Proto()
            .text(1, input)
            .text(2, output)
            .text(3, "LabelEncoder_" + output)
            .text(4, "LabelEncoder")
            .message(5, keys)
            .message(5, values)
            .message(5, integer("default_int64", 0))
            .text(7, "ai.onnx.ml"));
    usesMl = true;
    return this;
  }

  public static Proto keys(long... ids) {
    Proto keys = new Proto().text(1, "keys_int64s").number(20, 7);
    for (long id : ids) {
      keys.number(8, id);
    }
    return keys;
  }

  public static Proto keys(String... ids) {
    Proto keys = new Proto().text(1, "keys_strings").number(20, 8);
    for (String id : ids) {
      keys.text(9, id);
    }
    return keys;
  }

  public static Proto text(String name, String value) {
    return new Proto().text(1, name).text(4, value).number(20, 3);
  }

  public static Proto integer(String name, long value) {
    return new Proto().text(1, name).number(3, value).number(20, 2);
  }

  public TinyOnnx weights(String name, long[] shape, float... values) {
    return initializer(tensor(name, FLOAT, shape).bytes(9, Proto.littleEndian(values)));
  }

  public TinyOnnx initializer(Proto tensor) {
    graph.message(5, tensor);
    return this;
  }

  /** A float32 tensor that says it is kept in {@code location}. */
  public TinyOnnx external(String name, long[] shape, String location, long offset, long length) {
    return initializer(tensor(name, FLOAT, shape)
        .message(13, new Proto().text(1, "location").text(2, location))
        .message(13, new Proto().text(1, "offset").text(2, Long.toString(offset)))
        .message(13, new Proto().text(1, "length").text(2, Long.toString(length)))
        .number(14, 1));
  }

  public TinyOnnx input(String name, int type, long... shape) {
    graph.message(11, value(name, type, shape));
    return this;
  }

  public TinyOnnx output(String name, int type, long... shape) {
    graph.message(12, value(name, type, shape));
    return this;
  }

  public TinyOnnx metadata(Map<String, String> entries) {
    metadata.putAll(entries);
    return this;
  }

  public TinyOnnx opset(int version) {
    opset = version;
    return this;
  }

  public Proto graph() {
    return graph;
  }

  public byte[] bytes() {
    graph.text(2, "tiny");
    Proto model = new Proto().number(1, 8).text(2, "TinyOnnx").message(7, graph);
    model.message(8, new Proto().text(1, "").number(2, opset));
    if (usesMl) {
      model.message(8, new Proto().text(1, "ai.onnx.ml").number(2, 3));
    }
    metadata.forEach((key, value) -> model.message(14, new Proto().text(1, key).text(2, value)));
    return model.bytes();
  }

  public Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }

  private static Proto tensor(String name, int type, long[] shape) {
    Proto tensor = new Proto();
    for (long dimension : shape) {
      tensor.number(1, dimension);
    }
    return tensor.number(2, type).text(8, name);
  }

  private static Proto value(String name, int type, long... shape) {
    Proto dimensions = new Proto();
    for (long dimension : shape) {
      dimensions.message(
          1, dimension < 0 ? new Proto().text(2, "N") : new Proto().number(1, dimension));
    }
    Proto tensor = new Proto().number(1, type).message(2, dimensions);
    return new Proto().text(1, name).message(2, new Proto().message(1, tensor));
  }
}
