package lapidary.runtime.operators;

import static lapidary.runtime.operators.Known.OPEN;
import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Convolution and pooling. Stateless. */
final class WindowShapes {

  private WindowShapes() {}

  /** The outputs by a rule of this family; null if it is of another. */
  static @Nullable List<Known> outputs(String rule, Call call) throws RefusedGraph {
    return switch (rule) {
      case "conv" -> List.of(Known.of(call.in(0).type(), convolved(call, 1, 2)));
      case "convInteger" -> convInteger(call);
      case "qConv" -> qConv(call);
      case "transposed" -> transposed(call);
      case "pool" -> pool(call);
      case "poolAll" -> poolAll(call);
      default -> null;
    };
  }

  private static List<Long> convolved(Call call, int weight, int bias) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    List<Long> kernel = call.dims(weight);
    require(kernel.size() == dims.size(), "weight of %s for an input of %s", kernel, dims);
    call.requireValues(0, weight);
    long group = call.number("group", 1);
    long channels = kernel.get(1);
    require(
        dims.get(1) == OPEN || channels == OPEN || dims.get(1) == channels * group,
        "weight of %s in %s groups for an input of %s",
        kernel,
        group,
        dims);
    require(
        kernel.get(0) == OPEN || kernel.get(0) % group == 0,
        "weight of %s is not of %s groups",
        kernel,
        group);
    call.requireShape(bias, kernel.get(0));
    List<Long> window = window(call, kernel);
    List<Long> shape = new ArrayList<>(List.of(dims.get(0), kernel.get(0)));
    shape.addAll(slid(call, dims, window));
    return shape;
  }

  /** The kernel's size, which stands in the weight and may stand in an attribute as well. */
  private static List<Long> window(Call call, List<Long> kernel) throws RefusedGraph {
    List<Long> window = kernel.subList(2, kernel.size());
    Call.requireSame(call.numbers("kernel_shape", window), window, "kernel_shape");
    return call.numbers("kernel_shape", window);
  }

  private static List<Known> convInteger(Call call) throws RefusedGraph {
    call.requireOne(2);
    points(call, 3, call.in(1).size(0));
    return List.of(Known.of(Known.INT32, convolved(call, 1, -1)));
  }

  private static List<Known> qConv(Call call) throws RefusedGraph {
    for (int one : new int[] {1, 2, 6, 7}) {
      call.requireOne(one);
    }
    call.requireAlike(0, 2);
    call.requireAlike(3, 5);
    points(call, 4, call.in(3).size(0));
    points(call, 5, call.in(3).size(0));
    return List.of(Known.of(call.in(7).type(), convolved(call, 3, 8)));
  }

  /** A scale or zero point: one number, or one for each channel. */
  private static void points(Call call, int index, long channels) throws RefusedGraph {
    if (call.has(index)) {
      long count = call.in(index).count();
      require(
          call.rank(index) <= 1 && (count == 1 || count == channels),
          "input %s has %s values for %s channels",
          index,
          count,
          channels);
    }
  }

  private static List<Known> transposed(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    List<Long> kernel = call.dims(1);
    require(kernel.size() == dims.size(), "weight of %s for an input of %s", kernel, dims);
    call.requireValues(0, 1);
    long group = call.number("group", 1);
    require(
        dims.get(1) == OPEN || dims.get(1).equals(kernel.get(0)),
        "weight of %s for an input of %s",
        kernel,
        dims);
    require(
        kernel.get(0) == OPEN || kernel.get(0) % group == 0,
        "weight of %s is not of %s groups",
        kernel,
        group);
    require(kernel.get(1) != OPEN, "the weight's shape does not follow");
    long channels = kernel.get(1) * group;
    call.requireShape(2, channels);
    List<Long> shape = new ArrayList<>(List.of(dims.get(0), channels));
    shape.addAll(spread(call, dims, window(call, kernel)));
    return shape.contains(0L) ? refuse() : call.gives(shape);
  }

  private static List<Known> refuse() throws RefusedGraph {
    throw new RefusedGraph("gives nothing");
  }

  private static List<Long> spread(Call call, List<Long> dims, List<Long> window)
      throws RefusedGraph {
    int count = window.size();
    List<Long> strides = list(call, "strides", count, 1);
    List<Long> dilations = list(call, "dilations", count, 1);
    List<Long> more = list(call, "output_padding", count, 0);
    List<Long> pads = list(call, "pads", 2 * count, 0);
    List<Long> wanted = list(call, "output_shape", count, OPEN);
    String auto = call.text("auto_pad", "NOTSET");
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long in = dims.get(2 + i);
      long stride = strides.get(i);
      require(window.get(i) != OPEN, "the window's size does not follow");
      require(more.get(i) < Math.max(stride, dilations.get(i)), "output_padding is too large");
      long whole = stride * (in - 1) + more.get(i) + (window.get(i) - 1) * dilations.get(i) + 1;
      long given = auto.equals("NOTSET") ? pads.get(i) + pads.get(i + count) : 0;
      long size = auto.startsWith("SAME") ? in * stride : whole - given;
      require(
          in == OPEN
              || wanted.get(i) == OPEN
              || wanted.get(i) < whole + Math.max(stride, dilations.get(i)),
          "output_shape is larger than what can be made");
      require(in == OPEN || size > 0, "gives a size of %s", size);
      sizes.add(wanted.get(i) != OPEN ? wanted.get(i) : in == OPEN ? OPEN : size);
    }
    return sizes;
  }

  private static List<Known> pool(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    call.requireValues(0);
    List<Long> window = list(call, "kernel_shape", dims.size() - 2, 1);
    List<Long> pads = list(call, "pads", 2 * window.size(), 0);
    for (int i = 0; i < pads.size(); i++) {
      require(pads.get(i) < window.get(i % window.size()), "pads are not smaller than the window");
    }
    List<Long> shape = new ArrayList<>(dims.subList(0, 2));
    shape.addAll(slid(call, dims, window));
    return List.of(Known.of(call.in(0).type(), shape), Known.of(Known.INT64, shape));
  }

  private static List<Known> poolAll(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    call.requireValues(0);
    List<Long> shape = new ArrayList<>(dims.subList(0, 2));
    shape.addAll(Collections.nCopies(dims.size() - 2, 1L));
    return call.gives(shape);
  }

  /** The sizes after a window has slid over the input. */
  private static List<Long> slid(Call call, List<Long> dims, List<Long> window)
      throws RefusedGraph {
    int count = window.size();
    List<Long> strides = list(call, "strides", count, 1);
    List<Long> dilations = list(call, "dilations", count, 1);
    List<Long> pads = list(call, "pads", 2 * count, 0);
    String auto = call.text("auto_pad", "NOTSET");
    boolean up = call.number("ceil_mode", 0) == 1;
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long in = dims.get(2 + i);
      require(window.get(i) != OPEN, "the window's size does not follow");
      long reach = (window.get(i) - 1) * dilations.get(i) + 1;
      long given = auto.equals("NOTSET") ? pads.get(i) + pads.get(i + count) : 0;
      long room = in + given - reach;
      long stride = strides.get(i);
      if (auto.startsWith("SAME")) {
        sizes.add(in == OPEN ? OPEN : (in + stride - 1) / stride);
      } else {
        require(
            in == OPEN || room >= 0, "a window of %s is larger than the input of %s", reach, in);
        sizes.add(in == OPEN ? OPEN : (room + (up ? stride - 1 : 0)) / stride + 1);
      }
    }
    return sizes;
  }

  /** An attribute that has a number for each dimension. */
  private static List<Long> list(Call call, String name, int count, long otherwise)
      throws RefusedGraph {
    List<Long> list = call.numbers(name, Collections.nCopies(count, otherwise));
    require(list.size() == count, "%s has %s numbers, not %s", name, list.size(), count);
    return list;
  }
}
