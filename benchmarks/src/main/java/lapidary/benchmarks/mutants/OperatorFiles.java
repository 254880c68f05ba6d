package lapidary.benchmarks.mutants;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.wire.WireWriter;

/** Small sound ONNX files of one operator each, made from {@link OperatorRows}. Stateless. */
final class OperatorFiles {
  private static final String ML = "ai.onnx.ml.";
  private static final int IR = 10;

  private OperatorFiles() {}

  /** The files by a name that says the operator and the row's number, in the order of the table. */
  static Map<String, byte[]> all() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String row : OperatorRows.TABLE.lines().toList()) {
      String name = row.substring(0, row.indexOf(' ')).replace(ML, "");
      files.put(name + "-" + files.size(), file(row));
    }
    return files;
  }

  /** The operators of the table, each once, without the name of their domain. */
  static List<String> operators() {
    return kinds().stream().map(kind -> kind.replace(ML, "")).toList();
  }

  /** The same with the name of their domain. */
  static List<String> kinds() {
    return OperatorRows.TABLE
        .lines()
        .map(row -> row.substring(0, row.indexOf(' ')))
        .distinct()
        .toList();
  }

  private static byte[] file(String row) {
    String[] cells = row.split("\\|", -1);
    String[] head = cells[0].trim().split(" ", -1);
    boolean ml = head[0].startsWith(ML);
    WireWriter node = new WireWriter();
    WireWriter graph = new WireWriter();
    List<WireWriter> ports = new ArrayList<>();
    for (String input : words(cells[1])) {
      node.text(1, name(input));
      if (Character.isUpperCase(input.charAt(0))) {
        ports.add(SampleTensor.of(input).weight());
      }
    }
    for (String output : words(cells[2])) {
      node.text(2, name(output));
    }
    node.text(3, "node").text(4, head[0].replace(ML, ""));
    for (String attribute : cells.length > 3 ? words(cells[3]) : List.<String>of()) {
      node.message(5, attribute(attribute));
    }
    graph.message(1, ml ? node.text(7, "ai.onnx.ml") : node).text(2, "graph");
    ports.forEach(weight -> graph.message(5, weight));
    words(cells[1]).stream()
        .filter(input -> Character.isLowerCase(input.charAt(0)))
        .forEach(input -> graph.message(11, SampleTensor.of(input).port(true)));
    words(cells[2]).forEach(output -> graph.message(12, SampleTensor.of(output).port(false)));
    return model(graph, ml, Integer.parseInt(head[1]));
  }

  private static byte[] model(WireWriter graph, boolean ml, int opset) {
    WireWriter model = new WireWriter().number(1, IR).message(7, graph);
    model.message(8, new WireWriter().text(1, "").number(2, ml ? 17 : opset));
    if (ml) {
      model.message(8, new WireWriter().text(1, "ai.onnx.ml").number(2, opset));
    }
    return model.bytes();
  }

  private static List<String> words(String cell) {
    return Arrays.stream(cell.trim().split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  private static String name(String port) {
    return port.equals("_") ? "" : port.substring(0, port.indexOf('='));
  }

  private static WireWriter attribute(String text) {
    int equals = text.indexOf('=');
    char type = text.charAt(equals + 1);
    WireWriter attribute = new WireWriter().text(1, text.substring(0, equals));
    List<String> values = List.of(text.substring(equals + 3).split(type == 's' ? "\n" : ","));
    for (String value : values) {
      switch (type) {
        case 'i' -> attribute.number(3, Long.parseLong(value)).number(20, 2);
        case 'I' -> attribute.number(8, Long.parseLong(value));
        case 'f' -> attribute.real(2, Float.parseFloat(value)).number(20, 1);
        case 'F' -> attribute.real(7, Float.parseFloat(value));
        case 's' -> attribute.text(4, value).number(20, 3);
        default -> attribute.text(9, value);
      }
    }
    int list = "FIS".indexOf(type);
    return list < 0 ? attribute : attribute.number(20, 6 + list);
  }

  /**
   * A tensor of a row.
   *
   * @param type TensorProto.DataType
   * @param values of a weight; empty for a pattern
   */
  private record SampleTensor(
      String name, int type, int width, List<Long> shape, List<Double> values) {
    private static final String TYPES = "fusilhtbd";
    private static final int[] CODES = {1, 2, 3, 6, 7, 10, 8, 9, 11};
    private static final int[] WIDTHS = {4, 1, 1, 4, 8, 2, 0, 1, 8};

    SampleTensor {
      shape = List.copyOf(shape);
      values = List.copyOf(values);
    }

    static SampleTensor of(String text) {
      int at = text.indexOf('=') + 1;
      int type = TYPES.indexOf(text.charAt(at));
      String rest = text.substring(Math.min(text.length(), at + 2));
      int brace = rest.indexOf('{');
      String shape = brace < 0 ? rest : rest.substring(0, brace);
      List<Double> values =
          brace < 0 ? List.of() : reals(rest.substring(brace + 1, rest.length() - 1));
      return new SampleTensor(
          text.substring(0, at - 1),
          CODES[type],
          WIDTHS[type],
          reals(shape).stream().map(Double::longValue).toList(),
          values);
    }

    private static List<Double> reals(String list) {
      List<Double> reals = new ArrayList<>();
      for (String value : list.isEmpty() ? new String[0] : list.split(",")) {
        reals.add(Double.parseDouble(value));
      }
      return reals;
    }

    WireWriter weight() {
      WireWriter tensor = new WireWriter();
      shape.forEach(size -> tensor.number(1, size));
      int count = shape.stream().mapToInt(Long::intValue).reduce(1, (a, b) -> a * b);
      ByteBuffer raw = ByteBuffer.allocate(count * width).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < count; i++) {
        put(raw, values.isEmpty() ? i % 5 * .25 + .5 : values.get(i));
      }
      return tensor.number(2, type).text(8, name).part(9, raw.array());
    }

    private void put(ByteBuffer raw, double value) {
      switch (type) {
        case 1 -> raw.putFloat((float) value);
        case 6 -> raw.putInt((int) value);
        case 7 -> raw.putLong((long) value);
        case 11 -> raw.putDouble(value);
        default -> raw.put((byte) value);
      }
    }

    WireWriter port(boolean shaped) {
      WireWriter tensor = new WireWriter().number(1, type);
      if (shaped) {
        WireWriter sizes = new WireWriter();
        shape.forEach(size -> sizes.message(1, new WireWriter().number(1, size)));
        tensor.message(2, sizes);
      }
      return new WireWriter().text(1, name).message(2, new WireWriter().message(1, tensor));
    }
  }
}
