package lapidary.runtime.operators;

import static lapidary.runtime.operators.Known.OPEN;
import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Pictures of another size. Stateless. */
final class ResizeShapes {
  private ResizeShapes() {}

  static List<Known> resize(Call call) throws RefusedGraph {
    List<Long> dims = call.dims(0);
    call.requireValues(0);
    // In operator set 10 the scales come second.
    boolean old = call.opset() < 11;
    int scales = old ? 1 : 2;
    List<Long> all = LongStream.range(0, dims.size()).boxed().toList();
    List<Integer> axes = Call.axes(call.numbers("axes", all), dims.size());
    boolean sized = call.has(3);
    boolean scaled = call.has(scales) && call.in(scales).count() != 0;
    require(sized != scaled, "has not one of scales and sizes");
    require(
        !call.text("mode", "nearest").equals("cubic") || dims.size() == 4, "is not of a picture");
    require(
        call.text("keep_aspect_ratio_policy", "stretch").equals("stretch"),
        "keeps the aspect ratio");
    List<Long> shape = new ArrayList<>(dims);
    if (sized) {
      List<Long> sizes = SizeShapes.sizes(call, 3);
      require(sizes.size() == axes.size() && !sizes.contains(0L), "asks for sizes of %s", sizes);
      for (int i = 0; i < axes.size(); i++) {
        shape.set(axes.get(i), sizes.get(i));
      }
      return call.gives(shape);
    }
    return call.gives(scaled(call, scales, shape, axes));
  }

  static List<Known> upsample(Call call) throws RefusedGraph {
    List<Long> shape = new ArrayList<>(call.dims(0));
    call.requireValues(0);
    List<Integer> axes =
        Call.axes(LongStream.range(0, shape.size()).boxed().toList(), shape.size());
    if (call.has(1)) {
      return call.gives(scaled(call, 1, shape, axes));
    }
    NodeAttribute scales =
        RefusedGraph.present(call.node().attributes().get("scales"), "has no scales");
    return call.gives(scaled(scales.reals(), shape, axes));
  }

  private static List<Long> scaled(Call call, int index, List<Long> shape, List<Integer> axes)
      throws RefusedGraph {
    List<Float> scales =
        RefusedGraph.present(call.in(index).reals(), "scales do not stand in the file");
    return scaled(scales, shape, axes);
  }

  private static List<Long> scaled(List<Float> scales, List<Long> shape, List<Integer> axes)
      throws RefusedGraph {
    require(scales.size() == axes.size(), "has %s scales for %s axes", scales.size(), axes.size());
    for (int i = 0; i < axes.size(); i++) {
      float scale = scales.get(i);
      require(scale >= 1e-4f && scale <= 1e4f, "has a scale of %s", scale);
      long size = shape.get(axes.get(i));
      long made = (long) Math.floor((double) size * scale);
      require(size == OPEN || made > 0, "gives nothing");
      shape.set(axes.get(i), size == OPEN ? OPEN : made);
    }
    return shape;
  }
}
