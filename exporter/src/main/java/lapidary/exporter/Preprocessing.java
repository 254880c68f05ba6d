package lapidary.exporter;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import lapidary.exporter.graph.Attribute;
import lapidary.exporter.graph.ElementTypes;
import lapidary.exporter.graph.OnnxGraph;
import lapidary.exporter.graph.Port;
import lapidary.exporter.graph.TensorData;
import lapidary.models.CategoryInput;
import lapidary.models.ColumnInput;
import lapidary.models.DateInput;
import lapidary.models.IdInput;
import lapidary.models.IdVocabulary;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.Normalization;
import lapidary.models.TensorInput;

/** Writes the nodes between a raw input and the network. */
final class Preprocessing {
  private final OnnxGraph graph;
  private final OpenAxes open;

  Preprocessing(OnnxGraph graph, OpenAxes open) {
    this.graph = graph;
    this.open = open;
  }

  /** Adds the graph's inputs and gives the names of the network's. */
  List<String> write(List<Input> inputs) {
    return inputs.stream().map(this::write).toList();
  }

  private String write(Input input) {
    String name = write(input, "input " + input.name() + ": ");
    graph.saying("");
    return name;
  }

  private String write(Input input, String saying) {
    graph.saying(saying + purpose(input));
    if (input instanceof IdInput ids) {
      return rows(ids);
    }
    if (input instanceof ColumnInput column) {
      return new ColumnNodes(graph, open.batch()).write(column);
    }
    return input instanceof ImageInput image ? image(image) : tensor((TensorInput) input);
  }

  private static String purpose(Input input) {
    if (input instanceof IdInput) {
      return "ids become rows of a table, unknown ones row 0";
    }
    if (input instanceof ImageInput) {
      return "pixels become the numbers that the network takes";
    }
    if (input instanceof CategoryInput) {
      return "categories become rows of a table, unknown ones row 0";
    }
    return input instanceof DateInput
        ? "parts of the date become rows of tables"
        : "missing numbers are filled, all standardised";
  }

  /** Known ids become rows 1 and up, any other becomes row 0. */
  private String rows(IdInput input) {
    IdVocabulary ids = input.ids();
    DataType type = ids.integers() ? DataType.INT64 : DataType.STRING;
    graph.addInput(new Port(input.name(), type, List.of(open.batch())));
    return graph.apply(
        "LabelEncoder", place(input), DataType.INT64, table(ids), List.of(input.name()));
  }

  private static SortedMap<String, Attribute> table(IdVocabulary ids) {
    if (!ids.integers()) {
      return TextKeys.of(ids.ids()).attributes();
    }
    SortedMap<String, Attribute> table = new TreeMap<>();
    table.put("keys_int64s", Attribute.Wholes.of(ids.toLongs()));
    table.put(
        "values_int64s", Attribute.Wholes.of(LongStream.range(1, ids.rows()).toArray()));
    table.put("default_int64", new Attribute.Whole(IdVocabulary.UNKNOWN));
    return table;
  }

  private String tensor(TensorInput input) {
    List<Port.Dimension> dimensions = new ArrayList<>(List.of(open.batch()));
    input.shape().forEach(size -> dimensions.add(open.dimension(input, dimensions.size(), size)));
    graph.addInput(
        new Port(input.name(), ElementTypes.djl(input.name(), input.type()), dimensions));
    return input.name();
  }

  private String image(ImageInput input) {
    graph.addInput(new Port(
        input.name(),
        DataType.UINT8,
        List.of(
            open.batch(),
            open.dimension(input, 1, input.size().height()),
            open.dimension(input, 2, input.size().width()),
            new Port.Fixed(input.size().channels()))));
    return input.layout() == ImageInput.Layout.FLAT ? flat(input) : planes(input);
  }

  private String flat(ImageInput input) {
    String numbers = normalized(input, toNumbers(input, input.name()), List.of());
    String target = graph.initializer(
        "shape", TensorData.of(List.of(-1L, (long) input.size().values())));
    return graph.apply("Reshape", place(input), DataType.FLOAT32, numbers, target);
  }

  /** Transposed while the pixels are still bytes, a quarter of the memory. */
  private String planes(ImageInput input) {
    SortedMap<String, Attribute> order = new TreeMap<>();
    order.put("perm", Attribute.Wholes.of(0, 3, 1, 2));
    String planes =
        graph.apply("Transpose", place(input), DataType.UINT8, order, List.of(input.name()));
    return normalized(input, toNumbers(input, planes), List.of(1L, 1L));
  }

  private String toNumbers(ImageInput input, String pixels) {
    return graph.apply(
        "Cast",
        place(input),
        DataType.FLOAT32,
        Attribute.only("to", ElementTypes.code(DataType.FLOAT32)),
        List.of(pixels));
  }

  /** p · factor + offset per channel, as {@link ImageInput#toNetwork} computes it; an offset of 0 is left out. */
  private String normalized(ImageInput input, String value, List<Long> after) {
    Normalization rule = input.normalization();
    float[] factors = new float[rule.channels()];
    float[] offsets = new float[rule.channels()];
    boolean shifted = false;
    for (int channel = 0; channel < factors.length; channel++) {
      factors[channel] = rule.factor(channel);
      offsets[channel] = rule.offset(channel);
      shifted |= offsets[channel] != 0;
    }
    String scaled = graph.apply(
        "Mul", place(input), DataType.FLOAT32, value, channels("factor", factors, after));
    return shifted
        ? graph.apply(
            "Add", place(input), DataType.FLOAT32, scaled, channels("offset", offsets, after))
        : scaled;
  }

  private String channels(String name, float[] values, List<Long> after) {
    List<Long> shape = new ArrayList<>(List.of((long) values.length));
    shape.addAll(after);
    return graph.initializer(name, TensorData.of(values, shape));
  }

  private static String place(Input input) {
    return input.name() + "/";
  }
}
