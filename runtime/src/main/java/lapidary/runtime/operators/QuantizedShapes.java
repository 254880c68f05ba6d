package lapidary.runtime.operators;

import static lapidary.runtime.operators.Known.OPEN;
import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whole numbers for real ones and back. Stateless. */
final class QuantizedShapes {

  /** Those of bytes and of two. */
  private static final Set<Integer> QUANTIZED = Set.of(0, 2, 3, 4, 5);

  private QuantizedShapes() {}

  /** The outputs by a rule of this family; null if it is of another. */
  static @Nullable List<Known> outputs(String rule, Call call) throws RefusedGraph {
    return switch (rule) {
      case "quantize" -> quantize(call);
      case "dequantize" -> dequantize(call);
      case "quantizeAll" -> quantizeAll(call);
      default -> null;
    };
  }

  private static List<Known> quantize(Call call) throws RefusedGraph {
    int type = call.has(2) ? call.in(2).type() : (int) call.number("output_dtype", Known.UINT8);
    require(QUANTIZED.contains(type), "makes tensors of type %s", type);
    requireScales(call);
    return List.of(Known.of(type == 0 ? Known.UINT8 : type, call.dims(0)));
  }

  private static List<Known> dequantize(Call call) throws RefusedGraph {
    call.requireAlike(0, 2);
    requireScales(call);
    return List.of(Known.of(call.in(1).type(), call.dims(0)));
  }

  /** One scale, one for each place of an axis, or one for each block of it. */
  private static void requireScales(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    List<Long> scales = call.dims(1);
    call.requireValues(0, 1);
    require(!call.has(2) || call.dims(2).equals(scales), "zero points are not like scales");
    long block = call.number("block_size", 0);
    if (block == 0 && call.in(1).count() == 1 && scales.size() <= 1) {
      return;
    }
    int axis = Call.axis(call.number("axis", 1), dims.size());
    if (block == 0) {
      Call.requireSame(scales, List.of(dims.get(axis)), "the list of scales");
      return;
    }
    require(scales.size() == dims.size(), "scales are not of the data's rank");
    for (int i = 0; i < dims.size(); i++) {
      long size = dims.get(i);
      require(size != OPEN || i != axis, "the size of axis %s does not follow", axis);
      long wanted = i == axis ? (size + block - 1) / block : size;
      require(
          scales.get(i) != OPEN && (wanted == OPEN || scales.get(i) == wanted),
          "scales of %s for %s",
          scales,
          dims);
    }
  }

  private static List<Known> quantizeAll(Call call) throws RefusedGraph {
    call.requireValues(0);
    return List.of(
        Known.of(Known.UINT8, call.in(0).dims()),
        Known.of(Known.FLOAT, List.of()),
        Known.of(Known.UINT8, List.of()));
  }
}
