package lapidary.runtime.operators;

import static lapidary.runtime.operators.Known.OPEN;
import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators of {@code ai.onnx.ml} on columns of tables. Stateless. */
final class ColumnShapes {

  private ColumnShapes() {}

  /** The outputs by a rule of this family; null if it is of another. */
  static @Nullable List<Known> outputs(String rule, Call call) throws RefusedGraph {
    return switch (rule) {
      case "encoder" -> encoder(call);
      case "columns" -> columns(call);
      case "imputer" -> imputer(call);
      case "scaler" -> scaler(call);
      case "normalizer" -> List.of(Known.of(Known.FLOAT, table(call)));
      case "regressor" -> regressor(call);
      case "categories" -> categories(call);
      default -> null;
    };
  }

  private static List<Known> encoder(Call call) throws RefusedGraph {
    int keys = one(call, "keys_floats", "keys_int64s", "keys_strings");
    int values = one(call, "values_floats", "values_int64s", "values_strings");
    require(keys == values, "has %s keys and %s values", keys, values);
    int type = call.has("values_floats")
        ? Known.FLOAT
        : call.has("values_int64s") ? Known.INT64 : Known.STRING;
    return List.of(Known.of(type, call.in(0).dims()));
  }

  /** How many there are of the one list that is there. */
  private static int one(Call call, String... lists) throws RefusedGraph {
    int found = 0;
    int count = 0;
    for (String list : lists) {
      found += call.has(list) ? 1 : 0;
      count += call.count(list);
    }
    require(found == 1 && count > 0, "has not one list of %s", List.of(lists));
    return count;
  }

  private static List<Long> table(Call call) throws RefusedGraph {
    call.requireValues(0);
    return call.dims(0);
  }

  private static long width(Call call) throws RefusedGraph {
    List<Long> dims = table(call);
    long width = dims.get(dims.size() - 1);
    require(width != OPEN, "the number of columns does not follow");
    return width;
  }

  private static List<Known> columns(Call call) throws RefusedGraph {
    long width = width(call);
    require(call.in(1).type() == Known.INT64, "columns are not whole numbers");
    long count = call.in(1).count();
    require(count > 0, "the number of columns taken does not follow");
    List<Long> places = call.in(1).values();
    for (long place : places == null ? List.<Long>of() : places) {
      require(place >= 0 && place < width, "has no column %s", place);
    }
    List<Long> shape = new ArrayList<>(call.dims(0));
    shape.set(shape.size() - 1, count);
    return call.gives(shape.size() == 1 ? List.of(1L, count) : shape);
  }

  private static List<Known> imputer(Call call) throws RefusedGraph {
    requireWidth(call, one(call, "imputed_value_floats", "imputed_value_int64s"));
    return call.gives(call.dims(0));
  }

  private static void requireWidth(Call call, int count) throws RefusedGraph {
    require(count == 1 || count == width(call), "has %s numbers for its columns", count);
  }

  private static List<Known> scaler(Call call) throws RefusedGraph {
    requireWidth(call, call.count("scale"));
    requireWidth(call, call.count("offset"));
    return List.of(Known.of(Known.FLOAT, call.dims(0)));
  }

  private static List<Known> regressor(Call call) throws RefusedGraph {
    long width = width(call);
    long targets = call.number("targets", 1);
    require(call.count("coefficients") == width * targets, "coefficients are not of its columns");
    int intercepts = call.count("intercepts");
    require(intercepts == 0 || intercepts == targets, "intercepts are not of its targets");
    long rows = call.rank(0) == 1 ? 1 : call.dims(0).get(0);
    return List.of(Known.of(Known.FLOAT, List.of(rows, targets)));
  }

  private static List<Known> categories(Call call) throws RefusedGraph {
    List<Long> shape = new ArrayList<>(table(call));
    shape.add((long) one(call, "cats_int64s", "cats_strings"));
    return List.of(Known.of(Known.FLOAT, shape));
  }
}
