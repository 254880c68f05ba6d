package lapidary.search.http.space;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import lapidary.search.space.Drawing;
import lapidary.search.space.Method;
import lapidary.search.space.Space;
import lapidary.search.store.AttributeValue;
import org.jspecify.annotations.Nullable;

/** The JSON answers about spaces, documented in the OpenAPI document. */
final class SpaceAnswers {
  /** Records by the names of their schemas. */
  static final Map<String, Class<? extends Record>> ALL = Map.of(
      "Projection", Projection.class,
      "UmapLimits", UmapLimits.class,
      "Axis", Axis.class,
      "Legend", Legend.class,
      "LegendValue", LegendValue.class,
      "PlacedItems", PlacedItems.class,
      "PlacedItem", PlacedItem.class);

  private SpaceAnswers() {}

  /**
   * All items in space, but for their places.
   *
   * @param method pca or umap
   * @param state ready, or computing
   * @param count items; of a ready one those that it has, all there were
   * @param methods those that can place so many items
   * @param attributes names of those to colour by, beside the label
   * @param umap how many items UMAP takes
   * @param progress of the computing, 0 to 1; absent when it is over
   * @param version of the places; absent while they are computed
   * @param axes what each says; absent while they are computed
   */
  record Projection(
      String method,
      String state,
      int count,
      List<String> methods,
      List<String> attributes,
      UmapLimits umap,
      @Nullable Double progress,
      @Nullable String version,
      @Nullable List<Axis> axes) {
    static Projection of(Method method, Drawing drawing, Optional<Space> space) {
      int count = space.map(ready -> ready.points().count()).orElseGet(drawing::count);
      return new Projection(
          method.text(),
          space.isPresent() ? "ready" : "computing",
          count,
          Method.placing(count).stream().map(Method::text).toList(),
          drawing.attributes(),
          UmapLimits.USUAL,
          space.isPresent() ? null : drawing.progress(method).orElse(0),
          space.map(Space::version).orElse(null),
          space
              .map(ready -> ready.points().axes().stream().map(Axis::of).toList())
              .orElse(null));
    }
  }

  /**
   * How many items UMAP takes.
   *
   * @param sample of more than these as many are placed by it, and the rest by the nearest of those
   * @param most of more than these it places none
   */
  record UmapLimits(int sample, int most) {
    static final UmapLimits USUAL = new UmapLimits(Method.UMAP_SAMPLE, Method.UMAP.most());
  }

  /**
   * An axis.
   *
   * @param name such as PC 1
   * @param share of the variance along it; absent if that says nothing
   * @param least the place of a point's 0
   * @param most the place of a point's 65,535
   */
  record Axis(String name, @Nullable Double share, float least, float most) {
    static Axis of(lapidary.search.space.Axis axis) {
      OptionalDouble share = axis.share();
      return new Axis(
          axis.name(), share.isPresent() ? share.getAsDouble() : null, axis.least(), axis.most());
    }
  }

  /**
   * What codes mean.
   *
   * @param kind classes or scale
   * @param values of codes 1, 2, and so on; or of codes 1, 64, 128, 191 and 255 of a scale
   * @param others items of code 255 among classes
   * @param none items of code 0
   */
  record Legend(String kind, List<LegendValue> values, int others, int none) {
    static Legend of(lapidary.search.space.Legend legend) {
      return new Legend(
          legend.kind().name().toLowerCase(Locale.ROOT),
          legend.values().stream()
              .map(each -> new LegendValue(each.value(), each.count()))
              .toList(),
          legend.others(),
          legend.none());
    }
  }

  /**
   * One value.
   *
   * @param value the value
   * @param count items that have it
   */
  record LegendValue(AttributeValue value, int count) {}

  /**
   * Some items of a space.
   *
   * @param items as they were asked for, less those that are gone
   */
  record PlacedItems(List<PlacedItem> items) {
    static PlacedItems of(List<Drawing.Placed> placed) {
      return new PlacedItems(placed.stream().map(PlacedItem::of).toList());
    }
  }

  /**
   * One of them.
   *
   * @param index which point it is
   * @param id its id
   * @param label its label, empty when it has none
   * @param attributes by name
   */
  record PlacedItem(int index, String id, String label, Map<String, AttributeValue> attributes) {
    static PlacedItem of(Drawing.Placed placed) {
      return new PlacedItem(
          placed.index(),
          placed.item().id(),
          placed.item().label(),
          placed.item().attributes());
    }
  }
}
