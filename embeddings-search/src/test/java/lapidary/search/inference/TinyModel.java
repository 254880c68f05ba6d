package lapidary.search.inference;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import lapidary.models.Architecture;
import lapidary.models.DataSource;
import lapidary.models.DescriptionCodec;
import lapidary.models.ImageInput;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.Normalization;
import lapidary.models.Output;
import lapidary.models.Provenance;
import lapidary.models.Signature;
import lapidary.models.Task;

/** ONNX files of a few nodes, written by hand; field numbers from onnx.proto. */
public final class TinyModel {
  /** Element types by number. */
  public static final Map<Datatype, Integer> TYPES = Map.ofEntries(
      Map.entry(Datatype.FP32, 1),
      Map.entry(Datatype.UINT8, 2),
      Map.entry(Datatype.INT8, 3),
      Map.entry(Datatype.UINT16, 4),
      Map.entry(Datatype.INT16, 5),
      Map.entry(Datatype.INT32, 6),
      Map.entry(Datatype.INT64, 7),
      Map.entry(Datatype.BYTES, 8),
      Map.entry(Datatype.BOOL, 9),
      Map.entry(Datatype.FP16, 10),
      Map.entry(Datatype.FP64, 11),
      Map.entry(Datatype.UINT32, 12),
      Map.entry(Datatype.UINT64, 13),
      Map.entry(Datatype.BF16, 16));

  /** Squared differences of colours by which a label is {@code e} times less probable. */
  private static final float SHARPNESS = 9000;

  /** The domain of operators that look up texts. */
  private static final String TABLES = "ai.onnx.ml";

  private final Message graph = new Message();
  private final Message model = new Message();

  TinyModel() {
    graph.text(2, "tiny");
  }

  /** {@code y = x} of a datatype, shape [N, 2]. */
  public static TinyModel identity(Datatype datatype) {
    int type = TYPES.get(datatype);
    return new TinyModel()
        .node("Identity", List.of("x"), "y")
        .port(11, "x", type, -1, 2)
        .port(12, "y", type, -1, 2);
  }

  /** {@code y = x + constant}, FP32 [N, 3]. */
  public static TinyModel add(float constant) {
    return new TinyModel()
        .node("Add", List.of("x", "c"), "y")
        .weights("c", List.of(1L), constant)
        .port(11, "x", 1, -1, 3)
        .port(12, "y", 1, -1, 3);
  }

  /** {@code sum = a + b} and {@code difference = a - b}, FP32 [2]. */
  public static TinyModel sums() {
    return new TinyModel()
        .node("Add", List.of("a", "b"), "sum")
        .node("Sub", List.of("a", "b"), "difference")
        .port(11, "a", 1, 2)
        .port(11, "b", 1, 2)
        .port(12, "sum", 1, 2)
        .port(12, "difference", 1, 2);
  }

  /** {@code y = x}, FP32 [N, 3], whose three columns are the classes left, middle and right. */
  public static TinyModel classifier() {
    TinyModel tiny = new TinyModel()
        .node("Identity", List.of("x"), "logits")
        .port(11, "x", 1, -1, 3)
        .port(12, "logits", 1, -1, 3);
    Labels labels = new Labels(List.of("left", "middle", "right"));
    return tiny.described(description(
        Task.CLASSIFICATION,
        labels,
        new Signature(
            List.of(ImageInput.flatGrey(1, 3, Normalization.unit())),
            List.of(Output.of(Output.LOGITS, 0)))));
  }

  static ModelDescription description(Task task, Labels labels, Signature signature) {
    String digest = "0".repeat(64);
    return new ModelDescription(
        new Architecture.Custom("tiny"),
        task,
        labels,
        signature,
        Provenance.of(new DataSource("tiny", digest, "CC0"), 7, Map.of(), Map.of(), digest),
        ModelDescription.Evidence.NONE);
  }

  /**
   * A classifier of pictures by colour: features are the bytes of 2×3 pixels of red, green and blue less 128, [N, 18]; the most probable
   * label is the one whose own features, those of a picture in nothing but its colour, are nearest.
   *
   * @param colours red, green and blue of each label, 0..255
   */
  public static TinyModel colours(Map<String, int[]> colours) {
    int values = 18;
    int classes = colours.size();
    float[] weights = new float[values * classes];
    float[] biases = new float[classes];
    int label = 0;
    for (int[] colour : colours.values()) {
      for (int i = 0; i < values; i++) {
        float centred = colour[i % 3] - 128f;
        weights[i * classes + label] = 2 * centred / SHARPNESS;
        biases[label] -= centred * centred / SHARPNESS;
      }
      label++;
    }
    TinyModel tiny = new TinyModel()
        .node("Cast", List.of(ImageInput.PIXELS), "floats", "to", TYPES.get(Datatype.FP32))
        .node("Flatten", List.of("floats"), "flat")
        .node("Add", List.of("flat", "middle"), Output.FEATURES)
        .node("Gemm", List.of(Output.FEATURES, "w", "b"), Output.LOGITS)
        .node("Softmax", List.of(Output.LOGITS), Output.PROBABILITIES)
        .weights("middle", List.of(1L), -128)
        .weights("w", List.of((long) values, (long) classes), weights)
        .weights("b", List.of((long) classes), biases)
        .port(11, ImageInput.PIXELS, TYPES.get(Datatype.UINT8), -1, 2, 3, 3)
        .port(12, Output.LOGITS, 1, -1, classes)
        .port(12, Output.PROBABILITIES, 1, -1, classes)
        .port(12, Output.FEATURES, 1, -1, values);
    return tiny.described(description(
        Task.CLASSIFICATION,
        new Labels(List.copyOf(colours.keySet())),
        new Signature(
            List.of(new ImageInput(
                ImageInput.PIXELS,
                new ImageInput.Size(2, 3, 3),
                ImageInput.ResizeRule.STRETCH,
                new Normalization(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f)),
                ImageInput.Layout.FLAT)),
            List.of(
                Output.of(Output.LOGITS, 0),
                Output.softmax(Output.PROBABILITIES, 0),
                Output.of(Output.FEATURES, 1)))));
  }

  TinyModel described(ModelDescription description) {
    DescriptionCodec.toMetadata(description)
        .forEach((key, value) -> model.message(14, entry -> entry.text(1, key).text(2, value)));
    return this;
  }

  /** Puts the file at a path whose folder is made. */
  public Path write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] bytes() {
    model.number(1, 8).text(2, "tiny").bytes(7, graph.bytes());
    model.message(8, opset -> opset.text(1, "").number(2, 17));
    model.message(8, opset -> opset.text(1, TABLES).number(2, 3));
    return model.bytes();
  }

  TinyModel node(String operator, List<String> inputs, String output) {
    graph.message(1, node -> {
      inputs.forEach(input -> node.text(1, input));
      node.text(2, output).text(3, operator + "_" + output).text(4, operator);
    });
    return this;
  }

  TinyModel node(
      String operator, List<String> inputs, String output, String attribute, long value) {
    graph.message(1, node -> {
      inputs.forEach(input -> node.text(1, input));
      node.text(2, output).text(3, operator + "_" + output).text(4, operator);
      node.message(5, of -> of.text(1, attribute).number(3, value).number(20, 2));
    });
    return this;
  }

  /** The number of a text, from 1; 0 where it is another one. */
  TinyModel lookup(String input, List<String> keys, String output) {
    graph.message(1, node -> {
      node.text(1, input)
          .text(2, output)
          .text(3, output)
          .text(4, "LabelEncoder")
          .text(7, TABLES);
      node.message(5, of -> {
        of.text(1, "keys_strings").number(20, 8);
        keys.forEach(key -> of.text(9, key));
      });
      node.message(5, of -> {
        of.text(1, "values_int64s").number(20, 7);
        LongStream.rangeClosed(1, keys.size()).forEach(row -> of.number(8, row));
      });
      node.message(5, of -> of.text(1, "default_int64").number(3, 0).number(20, 2));
    });
    return this;
  }

  TinyModel weights(String name, List<Long> shape, float... values) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    graph.message(5, tensor -> {
      shape.forEach(dimension -> tensor.number(1, dimension));
      tensor.number(2, 1).text(8, name).bytes(9, raw.array());
    });
    return this;
  }

  TinyModel port(int field, String name, int type, long... shape) {
    Message dimensions = new Message();
    for (long dimension : shape) {
      dimensions.message(1, each -> {
        if (dimension < 0) {
          each.text(2, "N");
        } else {
          each.number(1, dimension);
        }
      });
    }
    graph.message(
        field,
        value -> value
            .text(1, name)
            .message(
                2,
                of ->
                    of.message(1, tensor -> tensor.number(1, type).bytes(2, dimensions.bytes()))));
    return this;
  }

  /** A message, written field by field. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final CodedOutputStream coded = CodedOutputStream.newInstance(out);

    Message number(int field, long value) {
      return write(() -> coded.writeInt64(field, value));
    }

    Message text(int field, String value) {
      return write(() -> coded.writeString(field, value));
    }

    Message bytes(int field, byte[] value) {
      return write(() -> coded.writeBytes(field, ByteString.copyFrom(value)));
    }

    Message message(int field, Consumer<Message> content) {
      Message inner = new Message();
      content.accept(inner);
      return bytes(field, inner.bytes());
    }

    byte[] bytes() {
      write(coded::flush);
      return out.toByteArray();
    }

    private Message write(Writing writing) {
      try {
        writing.write();
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private interface Writing {
    void write() throws IOException;
  }
}
