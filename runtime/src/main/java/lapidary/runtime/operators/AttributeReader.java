package lapidary.runtime.operators;

import static lapidary.runtime.operators.RefusedGraph.require;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lapidary.runtime.check.OnnxFields;
import org.jspecify.annotations.Nullable;

/** Reads an AttributeProto. Not thread-safe. */
final class AttributeReader {
  /** Numbers of a list that are kept; of keys and values of a vocabulary only the count matters. */
  private static final int MOST_KEPT = 64;

  /** Bytes of a text that means something: an equation is the longest. */
  private static final int MOST_TEXT = 4096;

  private final List<Long> numbers = new ArrayList<>();
  private final List<Float> reals = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private String name = "";
  private int type;
  private int held;
  private int count;
  private @Nullable Known tensor;

  private AttributeReader() {}

  /** An attribute and its name. */
  record Attribute(String name, NodeAttribute value) {}

  static Attribute read(OnnxFields fields) throws IOException, RefusedGraph {
    AttributeReader reader = new AttributeReader();
    while (fields.next()) {
      reader.field(fields);
    }
    return new Attribute(
        reader.name,
        new NodeAttribute(
            reader.type,
            reader.held,
            reader.numbers,
            reader.reals,
            reader.texts,
            reader.count,
            reader.tensor));
  }

  private void field(OnnxFields fields) throws IOException, RefusedGraph {
    if (fields.isPart(1)) {
      name = GraphReader.name(fields);
    } else if (fields.isNumber(20)) {
      type = (int) fields.number();
    } else if (fields.isNumber(3)) {
      numbers(NodeAttribute.INT, List.of(fields.number()), 1);
    } else if (fields.isNumber(8)) {
      numbers(NodeAttribute.INTS, List.of(fields.number()), 1);
    } else if (fields.isPart(8)) {
      numbers(NodeAttribute.INTS, fields.packed(MOST_KEPT), (int) fields.packedCount());
    } else if (fields.isPart(4)) {
      text(NodeAttribute.TEXT, fields);
    } else if (fields.isPart(9)) {
      text(NodeAttribute.TEXTS, fields);
    } else if (fields.isPart(5)) {
      held |= 1 << NodeAttribute.TENSOR;
      tensor = WeightReader.read(fields.part()).known();
    } else {
      rest(fields);
    }
  }

  private void rest(OnnxFields fields) throws IOException, RefusedGraph {
    if (fields.isFixed(2)) {
      real(NodeAttribute.FLOAT, fields.real(0));
    } else if (fields.isFixed(7)) {
      real(NodeAttribute.FLOATS, fields.real(0));
    } else if (fields.isPart(7)) {
      require(fields.length() % Float.BYTES == 0, "attribute \"%s\" is cut off", name);
      held |= 1 << NodeAttribute.FLOATS;
      count += (int) (fields.length() / Float.BYTES);
    }
    for (int other : new int[] {6, 10, 11, 14, 15, 22, 23}) {
      require(
          !fields.isPart(other),
          "attribute \"%s\" holds a graph, a type or more than a tensor",
          name);
    }
    require(
        !fields.isPart(21) || fields.length() == 0,
        "attribute \"%s\" refers to a function's",
        name);
  }

  private void numbers(int kind, List<Long> more, int many) throws RefusedGraph {
    Known.requireTold(more);
    held |= 1 << kind;
    count += many;
    for (long number : more) {
      if (numbers.size() < MOST_KEPT) {
        numbers.add(number);
      }
    }
  }

  private void real(int kind, float value) {
    held |= 1 << kind;
    count++;
    if (reals.size() < MOST_KEPT) {
      reals.add(value);
    }
  }

  private void text(int kind, OnnxFields fields) throws IOException {
    held |= 1 << kind;
    count++;
    if (texts.size() < NodeAttribute.MOST_TEXTS && fields.length() <= MOST_TEXT) {
      texts.add(fields.text());
    }
  }
}
