package lapidary.exporter;

import ai.djl.ndarray.types.DataType;
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
import lapidary.models.IdVocabulary;
import lapidary.models.NumberInput;

/** Writes the nodes between a raw column of a table, {@code [N, 1]}, and the network, as the columns' own methods compute it. */
final class ColumnNodes {
  private final OnnxGraph graph;
  private final Port.Dimension batch;

  ColumnNodes(OnnxGraph graph, Port.Dimension batch) {
    this.graph = graph;
    this.batch = batch;
  }

  /** Adds the graph's input and gives the name of the network's. */
  String write(ColumnInput input) {
    graph.addInput(new Port(
        input.tensor(),
        input instanceof CategoryInput
            ? DataType.STRING
            : ElementTypes.djl(input.name(), input.type()),
        List.of(batch, new Port.Fixed(1))));
    if (input instanceof CategoryInput category) {
      return category(category);
    }
    return input instanceof DateInput date ? date(date) : number((NumberInput) input);
  }

  /** Every way to write a missing value has the row of the missing one, if it has one. */
  private String category(CategoryInput input) {
    TextKeys keys = TextKeys.of(input.values().ids());
    if (input.values().contains(CategoryInput.NONE)) {
      long row = input.values().row(CategoryInput.NONE);
      input.cells().missing().stream()
          .filter(text -> !text.equals(CategoryInput.NONE))
          .forEach(text -> keys.add(text, row));
    }
    String place = input.tensor() + "/";
    String found = graph.apply(
        "LabelEncoder", place, DataType.INT64, keys.attributes(), List.of(input.tensor()));
    return graph.apply("Squeeze", place, DataType.INT64, found, graph.integers(1));
  }

  /** Filled where it is NaN, standardised, and beside it 1 where it was NaN if training showed that. */
  private String number(NumberInput input) {
    String place = input.tensor() + "/";
    String missing = graph.apply("IsNaN", place, DataType.BOOLEAN, input.tensor());
    String filled = graph.apply(
        "Where", place, DataType.FLOAT32, missing, real("fill", input.fill()), input.tensor());
    String centred =
        graph.apply("Sub", place, DataType.FLOAT32, filled, real("mean", input.mean()));
    String scaled =
        graph.apply("Div", place, DataType.FLOAT32, centred, real("deviation", input.deviation()));
    if (!input.indicator()) {
      return scaled;
    }
    String flag = graph.apply(
        "Cast",
        place,
        DataType.FLOAT32,
        Attribute.only("to", ElementTypes.code(DataType.FLOAT32)),
        List.of(missing));
    return graph.apply(
        "Concat", place, DataType.FLOAT32, Attribute.only("axis", 1), List.of(scaled, flag));
  }

  /** Every part by whole numbers alone, looked up; what is not a date has row 0 everywhere. */
  private String date(DateInput input) {
    CalendarNodes calendar = new CalendarNodes(graph, input.tensor() + "/");
    String isDate = calendar.isBetween(input.tensor(), DateInput.FIRST, DateInput.LAST);
    String day = calendar.where(isDate, input.tensor(), calendar.constant(0));
    List<String> rows = input.parts().stream()
        .map(part -> row(input.tensor() + "/", calendar.part(part.part(), day), part.values()))
        .toList();
    String joined = graph.apply(
        "Concat", input.tensor() + "/", DataType.INT64, Attribute.only("axis", 1), rows);
    return calendar.where(isDate, joined, calendar.constant(IdVocabulary.UNKNOWN));
  }

  private String row(String place, String value, IdVocabulary values) {
    SortedMap<String, Attribute> table = new TreeMap<>();
    table.put("keys_int64s", Attribute.Wholes.of(values.toLongs()));
    table.put(
        "values_int64s", Attribute.Wholes.of(LongStream.range(1, values.rows()).toArray()));
    table.put("default_int64", new Attribute.Whole(IdVocabulary.UNKNOWN));
    return graph.apply("LabelEncoder", place, DataType.INT64, table, List.of(value));
  }

  private String real(String name, float value) {
    return graph.initializer(name, TensorData.of(value, DataType.FLOAT32));
  }
}
